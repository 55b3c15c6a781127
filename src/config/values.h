/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kinds of values that keys have: each is read, checked and stored by one function. */
#pragma once

#include "config/build.h"

/* One "key = value" on its way into a section. */
struct config_value {
	struct config_reader *reader; /* for messages, and with the section */
	const char *key; /* as it stands in the file */
	const char *text;
	void *field; /* of the section's struct, where the key's table entry says */
	const char *const *words; /* of an enum */
};

/* Stores the value in its field, or says with config_error() what it should be. */
typedef void (*config_value_read_t)(const struct config_value *value);

void config_read_word(const struct config_value *value); /* enum */
void config_read_yes_no(const struct config_value *value); /* bool */
void config_read_port_name(
	const struct config_value *value); /* uint64_t, of a port to be made */
void config_read_wwn(const struct config_value *value); /* uint64_t, of what exists */
void config_read_pool_name(const struct config_value *value); /* char * */
void config_read_parent(const struct config_value *value); /* struct parent_rule */
void config_read_luns(const struct config_value *value); /* struct lun_set */
void config_read_min_luns(const struct config_value *value); /* unsigned */
void config_read_timeout(
	const struct config_value *value); /* uint64_t, microseconds, not 0 */
void config_read_settle(const struct config_value *value); /* uint64_t, microseconds */
void config_read_symbolic_name(const struct config_value *value); /* char * */
void config_read_dev_loss(
	const struct config_value *value); /* int, seconds or TMO_INFINITY */
void config_read_fast_io_fail(
	const struct config_value *value); /* int, seconds or TMO_OFF */
void config_read_owner(const struct config_value *value); /* char * */
void config_read_mode(const struct config_value *value); /* int */
void config_read_guest(const struct config_value *value); /* char * */
void config_read_host_use(const struct config_value *value); /* enum host_use */
void config_read_alias(const struct config_value *value); /* the section's aliases */
