/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads XML documents with libxml2: no network, no entities, no document types. */
#pragma once

#include <libxml/tree.h>

#include "config/messages.h"

/* Maximum size of a file, in bytes: the largest message that libvirt sends or accepts (VIR_NET_MESSAGE_MAX of its
 * virnetprotocol.x). The additions to a domain's XML at its start are far smaller. */
#define XML_IN_MAX (32U << 20)

/* Called with the root of a document; lines is the number of lines before the document in its file. Returns 0, or a
 * negative errno, which ends the reading. */
typedef int (*xml_in_root_t)(const xmlNode *root, unsigned lines, void *context);

/* Reads a text of one or more documents, one after the other, and calls on_root with the root of each. The first
 * document that is not well-formed, or has a document type, is an error in messages, and the rest is not read; so
 * is a text larger than XML_IN_MAX. Lines outside documents that do not begin with markup, such as prompts of a
 * shell, are skipped with a warning. file is for messages. Returns the result of on_root, or -ENOMEM. */
int xml_in_read(const char *file, const char *text, size_t size,
		struct messages *messages, xml_in_root_t on_root,
		void *context) _must_check_;

/* Reads a file like xml_in_read(); "-" is stdin. A file that cannot be read, or is larger than XML_IN_MAX, is an
 * error in messages, with the name of xml_in_name(). A file that does not contain needle (unless it is NULL) is not
 * parsed: on_root is not called, and its contents are no error. */
int xml_in_read_file(const char *path, const char *needle, struct messages *messages,
		     xml_in_root_t on_root, void *context) _must_check_;
const char *xml_in_name(const char *path);

/* Returns the line of an element in its file. */
unsigned xml_in_line(const xmlNode *element, unsigned lines);

/* Return the first child element of this name; with attribute and value, the first that has this attribute with
 * this value. NULL if there is none. parent may be NULL. */
const xmlNode *xml_in_child(const xmlNode *parent, const char *name);
const xmlNode *xml_in_child_with(const xmlNode *parent, const char *name,
				 const char *attribute, const char *value);

/* Read the text of an element, or of one of its attributes, without white space at its ends. *ret_text is unchanged
 * (NULL) if there is no text or an empty one. The caller frees it. element may be NULL. Return 0 or -ENOMEM. */
int xml_in_text(const xmlNode *element, char **ret_text) _must_check_;
int xml_in_attribute(const xmlNode *element, const char *name,
		     char **ret_text) _must_check_;
