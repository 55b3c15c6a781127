/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words that stand for the enums of the configuration, in files and in state alike. */
#pragma once

#include "config/config.h"

/* A word for each value from 0 on; NULL ends the list. */
extern const char *const vhba_type_words[];
extern const char *const on_stop_words[];
extern const char *const on_busy_words[];
extern const char *const multipath_words[];
extern const char *const host_use_words[]; /* "" where it is not set */

/* The value that a word stands for, or -EINVAL. As bytes it can be copied to the enum: theirs are as
 * wide as int. */
int word_parse(const char *const *words, const char *text) _must_check_;
