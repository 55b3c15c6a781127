/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The types of values of keys: one function reads, checks and stores a value, another prints it. They know nothing
 * of files and sections, so that the state of a vHBA is read and written by the same functions. */
#pragma once

#include "config/config.h"

/* --- words ----------------------------------------------------------------------------------- */

/* A word for each value of an enum, from 0 on; NULL ends the list. */
extern const char *const vhba_type_words[];
extern const char *const on_stop_words[];
extern const char *const on_busy_words[];
extern const char *const multipath_words[];
extern const char *const host_use_words[]; /* "" if it is not set */

/* Returns the value of a word in the list, or -EINVAL. Its bytes can be copied to the enum, because each enum has
 * the size of int. */
int word_parse(const char *const *words, const char *text) _must_check_;

/* --- reading --------------------------------------------------------------------------------- */

/* Size of a value of the longest line, twice, and of the words around it. */
#define VALUE_NOTE_SIZE 640U

/* A value to be stored in a field. */
struct config_value {
	const char *text;
	const char *const *words; /* for an enum */
	void *field; /* of the type that is given at the reading function */
	char note[VALUE_NOTE_SIZE]; /* "" for none */
};

/* Stores the value in its field. Returns 0, with a warning in note if there is one; -EINVAL if no key of this type
 * can have the value: nothing is stored, and the note has the reason; or -ENOMEM. */
typedef int (*config_value_read_t)(struct config_value *value);

int value_read_word(struct config_value *value) _must_check_; /* enum */
int value_read_yes_no(struct config_value *value) _must_check_; /* bool */
int value_read_port_name(struct config_value *value)
	_must_check_; /* uint64_t, of a port that npiv creates */
int value_read_wwn(struct config_value *value) _must_check_; /* uint64_t, of any port */
int value_read_name(struct config_value *value) _must_check_; /* char * */
int value_read_parent(struct config_value *value) _must_check_; /* struct parent_rule */
int value_read_luns(struct config_value *value) _must_check_; /* struct lun_set */
int value_read_lun_count(struct config_value *value) _must_check_; /* unsigned */
int value_read_timeout(struct config_value *value)
	_must_check_; /* uint64_t, microseconds, not 0 */
int value_read_span(struct config_value *value) _must_check_; /* uint64_t, microseconds */
int value_read_symbolic_name(struct config_value *value) _must_check_; /* char * */
int value_read_dev_loss(struct config_value *value)
	_must_check_; /* int, seconds or TMO_INFINITY */
int value_read_fast_io_fail(struct config_value *value)
	_must_check_; /* int, seconds or TMO_OFF */
int value_read_owner(struct config_value *value) _must_check_; /* char * */
int value_read_mode(struct config_value *value) _must_check_; /* int */
int value_read_guest(struct config_value *value) _must_check_; /* char * */
int value_read_hosts(struct config_value *value) _must_check_; /* char * */
int value_read_host_use(struct config_value *value) _must_check_; /* enum host_use */

/* --- printing -------------------------------------------------------------------------------- */

/* Prints a field of the type that the reading function stores; nothing if it is not set. words is for an enum. */
typedef void (*config_value_print_t)(const void *field, const char *const *words,
				     FILE *out);

void value_print_wwn(const void *field, const char *const *words, FILE *out);
void value_print_text(const void *field, const char *const *words, FILE *out);
void value_print_word(const void *field, const char *const *words, FILE *out);
void value_print_yes_no(const void *field, const char *const *words, FILE *out);
void value_print_parent(const void *field, const char *const *words, FILE *out);
void value_print_luns(const void *field, const char *const *words, FILE *out);
void value_print_lun_count(const void *field, const char *const *words, FILE *out);
void value_print_span(const void *field, const char *const *words, FILE *out);
void value_print_tmo(const void *field, const char *const *words, FILE *out);
void value_print_mode(const void *field, const char *const *words, FILE *out);
