# SPDX-License-Identifier: LGPL-2.1-or-later
# The programs: NAME_SRC is what a program is made of beside the core, NAME_LIBS the pkg-config
# names of the libraries that it links; the layering check holds each to exactly these.

PROGRAMS :=

PROGRAMS += npiv-id
npiv-id_SRC := src/npiv-id.c src/id-disk.c src/id-map.c src/id-names.c src/sys/claim-dir.c \
	src/sys/claim-store.c src/sys/device.c src/sys/environment.c src/sys/lun-read.c \
	src/sys/run-file.c src/sys/state-lookup.c src/sys/sysfs.c
npiv-id_LIBS :=

PROGRAMS += npiv-generator
npiv-generator_SRC := src/npiv-generator.c src/sys/boot.c src/sys/config-dir.c \
	src/sys/config-file.c src/sys/config-list.c src/sys/genout.c src/sys/kmsg.c
npiv-generator_LIBS := inih
$(BUILD)/src/npiv-generator.o: ALL_CPPFLAGS += \
	-DNPIV_SYSTEM_UNIT_DIR='"$(systemdsystemunitdir)"'
