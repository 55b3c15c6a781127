/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes XML with libxml2, which escapes texts; several elements may follow each other. */
#pragma once

#include <libxml/xmlwriter.h>

#include "lib/util.h"

struct xml_out {
	xmlBuffer *buffer;
	xmlTextWriter *writer;
	bool failed; /* something was not written: out of memory */
};

/* Returns 0 or -ENOMEM. Free it with xml_out_done(). */
int xml_out_init(struct xml_out *xml) _must_check_;

/* Write an element and its end, or an element that contains only text. Names are words of the program, texts may be
 * anything. Failures are kept for xml_out_print(). */
void xml_out_open(struct xml_out *xml, const char *name);
void xml_out_close(struct xml_out *xml);
void xml_out_text(struct xml_out *xml, const char *name, const char *text);

/* Write an attribute of the element that was just opened. */
void xml_out_attribute(struct xml_out *xml, const char *name, const char *value);
void xml_out_attribute_number(struct xml_out *xml, const char *name, uint64_t value);

void xml_out_comment(struct xml_out *xml, const char *format, ...) _printf_(2, 3);

/* Prints everything that was written to stdout; nothing if a part of it failed. Returns 0, -ENOMEM or -EIO. */
int xml_out_print(struct xml_out *xml) _must_check_;

/* Returns everything that was written, valid until the next call. Returns -ENOMEM if a part of it failed. */
int xml_out_read(struct xml_out *xml, const char **ret_text) _must_check_;

void xml_out_done(struct xml_out *xml);
