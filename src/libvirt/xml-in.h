/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads XML documents by libxml2: no network, no entities, no document types. */
#pragma once

#include <libxml/tree.h>

#include "config/messages.h"

/* Bytes of one file: the largest message that libvirt sends or takes (VIR_NET_MESSAGE_MAX of its
 * virnetprotocol.x). What a domain's XML grows by when it is started is far below that. */
#define XML_IN_MAX (32U << 20)

/* Takes the root of a document; lines counts those before it in its file. Returns 0, or a negative
 * errno that ends the reading. */
typedef int (*xml_in_root_t)(const xmlNode *root, unsigned lines, void *context);

/* Reads the documents of a text, which may be several, one after the other, and hands on each one's
 * root. The first one that is not well-formed, or has a document type, is an error in messages, and what
 * follows it is not read; so is a text larger than XML_IN_MAX. Lines before, between and after documents
 * that do not begin with markup, the prompts of a shell, are passed over with a warning. file is for messages. Returns what on_root returned, or -ENOMEM. */
int xml_in_read(const char *file, const char *text, size_t size,
		struct messages *messages, xml_in_root_t on_root,
		void *context) _must_check_;

/* The same of a file, "-" being stdin; one that cannot be read, or is larger than XML_IN_MAX, is an error in
 * messages, under the name that xml_in_name() gives. A file in which needle (NULL: none) is nowhere is not
 * parsed: on_root is not called, and whatever it is made of is no error. */
int xml_in_read_file(const char *path, const char *needle, struct messages *messages,
		     xml_in_root_t on_root, void *context) _must_check_;
const char *xml_in_name(const char *path);

/* The line of an element, lines before its document included. */
unsigned xml_in_line(const xmlNode *element, unsigned lines);

/* The first element of this name among the children; with attribute and value that has it so. NULL:
 * none. parent may be NULL. */
const xmlNode *xml_in_child(const xmlNode *parent, const char *name);
const xmlNode *xml_in_child_with(const xmlNode *parent, const char *name,
				 const char *attribute, const char *value);

/* The text of an element, and of an attribute of it, without white space at its ends; *ret_text stays
 * NULL if there is none, or an empty one. The caller frees it. element may be NULL. -ENOMEM. */
int xml_in_text(const xmlNode *element, char **ret_text) _must_check_;
int xml_in_attribute(const xmlNode *element, const char *name,
		     char **ret_text) _must_check_;
