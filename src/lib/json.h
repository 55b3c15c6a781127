/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes JSON as a stream. */
#pragma once

#include "lib/util.h"

struct json {
	FILE *out;
	bool is_compact; /* one line; else indented as libsmartcols does */
	unsigned depth;
	bool has_members; /* of the object or array that is open */
};

/* Begin and end an object or array. key is NULL in an array and at the top; the end of what is open
 * at the top ends the line. */
void json_begin_object(struct json *json, const char *key);
void json_end_object(struct json *json);
void json_begin_array(struct json *json, const char *key);
void json_end_array(struct json *json);

/* Ends the object that is open and begins the next one of its array, both in one line. */
void json_next_object(struct json *json);

/* Members. Keys are the program's own words. NULL and "" are null. In texts, what text_is_control() and
 * bytes that are no UTF-8 come out as \uXXXX, so that the result is always valid and can be shown. */
void json_text(struct json *json, const char *key, const char *text);
void json_text_format(struct json *json, const char *key, const char *format, ...)
	_printf_(3, 4);
void json_number(struct json *json, const char *key, uint64_t number);
void json_bool(struct json *json, const char *key, bool is);
