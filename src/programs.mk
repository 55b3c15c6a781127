# SPDX-License-Identifier: LGPL-2.1-or-later
# The programs: NAME_SRC is what a program is made of beside the core, NAME_LIBS the pkg-config
# names of the libraries that it links; the layering check holds each to exactly these.

PROGRAMS :=
