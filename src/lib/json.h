/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes JSON as a stream. */
#pragma once

#include "lib/util.h"

struct json {
	FILE *out;
	bool is_compact; /* one line; otherwise indented like libsmartcols */
	unsigned depth;
	bool has_members; /* of the open object or array */
};

/* Begin and end an object or array. key is NULL in an array and at the top level; the end of an item at the top
 * level also ends the line. */
void json_begin_object(struct json *json, const char *key);
void json_end_object(struct json *json);
void json_begin_array(struct json *json, const char *key);
void json_end_array(struct json *json);

/* Ends the open object and begins the next one of its array, both in one line. */
void json_next_object(struct json *json);

/* Write members. Keys are words of the program. A text that is NULL or "" becomes null. In texts, characters of
 * text_is_control() and bytes that are not UTF-8 become \uXXXX, so that the result is always valid and can be
 * shown. */
void json_text(struct json *json, const char *key, const char *text);
void json_text_format(struct json *json, const char *key, const char *format, ...)
	_printf_(3, 4);
void json_number(struct json *json, const char *key, uint64_t number);
void json_bool(struct json *json, const char *key, bool is);
