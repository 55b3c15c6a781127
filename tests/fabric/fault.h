/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults that tests inject: refused or silent logins, lost and late frames. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAULT_RULES_MAX 64

enum fault_action {
	FAULT_ACCEPT,
	FAULT_REJECT,
	FAULT_IGNORE,
};

/* What happens to the FDISC of one WWPN, or of every one that has no rule of its own (0). */
struct fault_rule {
	uint64_t wwpn;
	enum fault_action action;
	uint8_t reason;
	uint8_t explanation;
};

struct fault {
	size_t n_rules;
	struct fault_rule rules[FAULT_RULES_MAX];
	uint32_t fdisc_delay_msec;
	uint32_t frame_delay_msec;
	unsigned int drop_percent;
	uint32_t random;
};

/*
 * Sets the rule for rule->wwpn. FAULT_ACCEPT for WWPN 0 forgets every rule.
 * -ENOSPC when there are too many.
 */
int fault_set_rule(struct fault *fault, const struct fault_rule *rule);

/* The rule for the FDISC of this WWPN. */
struct fault_rule fault_rule_for(const struct fault *fault, uint64_t wwpn);

/* Shall the next frame be lost? The same sequence in every run: tests can be repeated. */
bool fault_drops_frame(struct fault *fault);
