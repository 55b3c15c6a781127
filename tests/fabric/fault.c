// SPDX-License-Identifier: LGPL-2.1-or-later
/* Decides which logins and frames suffer an injected fault. */
#include "fault.h"

#include <errno.h>

static struct fault_rule *find_rule(struct fault *fault, uint64_t wwpn)
{
	for (size_t i = 0; i < fault->n_rules; i++)
		if (fault->rules[i].wwpn == wwpn)
			return &fault->rules[i];
	return NULL;
}

int fault_set_rule(struct fault *fault, const struct fault_rule *rule)
{
	struct fault_rule *old = find_rule(fault, rule->wwpn);

	if (rule->wwpn == 0 && rule->action == FAULT_ACCEPT) {
		fault->n_rules = 0;
		return 0;
	}
	if (!old && fault->n_rules == FAULT_RULES_MAX)
		return -ENOSPC;
	if (!old)
		old = &fault->rules[fault->n_rules++];
	*old = *rule;
	return 0;
}

struct fault_rule fault_rule_for(const struct fault *fault, uint64_t wwpn)
{
	struct fault_rule found = { .wwpn = wwpn, .action = FAULT_ACCEPT };

	for (size_t i = 0; i < fault->n_rules; i++) {
		if (fault->rules[i].wwpn == wwpn)
			return fault->rules[i];
		if (fault->rules[i].wwpn == 0)
			found = fault->rules[i];
	}
	return found;
}

bool fault_drops_frame(struct fault *fault)
{
	if (fault->drop_percent == 0)
		return false;
	/* The linear congruential generator of the C standard's example, good enough here. */
	fault->random = fault->random * 1103515245u + 12345u;
	return (fault->random >> 16) % 100 < fault->drop_percent;
}
