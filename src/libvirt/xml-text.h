/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes any text valid in an XML document. */
#pragma once

#include "lib/util.h"

/* Copies a text, and replaces every byte that is no character of XML 1.0 by '?': control characters, and bytes that
 * are not UTF-8 (XML 1.0, production 2). Markup ("<", "&") is unchanged: the writer of XML escapes it. The caller
 * frees the copy; NULL if out of memory. */
char *xml_text_clean(const char *text) _must_check_;

/* Copies a text for a comment. "--", or a "-" at the end, would end the comment too early (production 15): inserts
 * a blank between two dashes and after the last. */
char *xml_comment_clean(const char *text) _must_check_;
