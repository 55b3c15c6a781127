/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes any text fit for an XML document. */
#pragma once

#include "lib/util.h"

/* A copy in which every byte that is no character of XML 1.0 is '?': control characters, and bytes
 * that are no UTF-8 (XML 1.0, production 2). Markup ("<", "&") stays: the writer of XML escapes that.
 * The caller frees it; NULL without memory. */
char *xml_text_clean(const char *text) _must_check_;

/* The same for a comment, where "--" and a "-" at the end end it before its time (production 15): a
 * blank goes between two dashes and after the last. */
char *xml_comment_clean(const char *text) _must_check_;
