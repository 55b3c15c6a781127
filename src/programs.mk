# SPDX-License-Identifier: LGPL-2.1-or-later
# The folders of src, and the programs made of them. A folder becomes an archive. A program is its main file and
# what the linker takes from the archives because it is called.

FOLDERS := lib fc config state names diagnose block event generator id vport ctl libvirt
ARCHIVES := $(FOLDERS:%=$(BUILD)/src/%.a)

# The roots of the machine (roots.c) are what a program gets unless it names the others.
folder_sources = $(filter-out %/main.c %/verbs-main.c %/roots-environment.c,$(sort $(wildcard src/$(1)/*.c)))
folder_objects = $(patsubst %.c,$(BUILD)/%.o,$(call folder_sources,$(1)))
OTHER_ROOTS := $(BUILD)/src/lib/roots-environment.o

# note_rule FILE,VARIABLE: a file in BUILD that changes when the value of the variable does.
define note_rule
$$(BUILD)/$(1): FORCE
	@mkdir -p $$(@D)
	@echo '$$($(2))' | cmp -s - $$@ || echo '$$($(2))' >$$@
endef
FORCE:

# NAME_MAIN is the file with main(), NAME_LIBS the pkg-config names of the libraries that a program may link, NAME_OBJ
# what it has beside that. The layering check holds each program to exactly these libraries.
PROGRAMS := npiv-id npiv-generator npiv-vport npivctl

npiv-id_MAIN := src/id/main.c
npiv-id_LIBS :=
# udev runs it once for each event of a disk. STATIC=yes links the C library into it, which saves a part of what the
# start of a process costs. Then an update of the C library reaches it only when npiv is built again.
ifeq ($(STATIC),yes)
$(BUILD)/npiv-id: LINK_HARDENING := $(LINK_HARDENING:-pie=-static-pie)
endif
$(BUILD)/npiv-id: $(BUILD)/static
$(eval $(call note_rule,static,STATIC))

npiv-generator_MAIN := src/generator/main.c
npiv-generator_LIBS := inih
$(npiv-generator_MAIN:%.c=$(BUILD)/%.o): ALL_CPPFLAGS += \
	-DNPIV_SYSTEM_UNIT_DIR='"$(systemdsystemunitdir)"'

npiv-vport_MAIN := src/vport/main.c
npiv-vport_LIBS := libudev libsystemd inih mount

npivctl_MAIN := src/ctl/main.c
npivctl_LIBS := blkid inih libsystemd libudev mount smartcols
npivctl_OBJ := $(OTHER_ROOTS)
# The program of those verbs that npivctl does not have itself: where it is installed, or where it was built.
npivctl_CPPFLAGS = -DNPIV_VERB_PROGRAM='"$(1)/npivctl-libvirt"'
$(npivctl_MAIN:%.c=$(BUILD)/%.o): ALL_CPPFLAGS += $(call npivctl_CPPFLAGS,$(libexecdir))
$(npivctl_MAIN:%.c=$(BUILD)/%.o): $(BUILD)/libexecdir
# `make install` may name another folder than `make` did.
$(eval $(call note_rule,libexecdir,libexecdir))
$(npivctl_MAIN:%.c=$(BUILD)/test-bin/%.o): ALL_CPPFLAGS += $(call npivctl_CPPFLAGS,$(abspath $(BUILD)))

# Only where there is libvirt, whose guests it serves, and libxml2.
ifeq ($(shell $(PKG_CONFIG) --exists libxml-2.0 && echo yes),yes)
PROGRAMS += npivctl-libvirt
ifeq ($(shell $(PKG_CONFIG) --exists libvirt && echo yes),yes)
PROGRAMS += npiv-guest
endif
endif
npivctl-libvirt_MAIN := src/libvirt/verbs-main.c
npivctl-libvirt_LIBS := inih libsystemd libudev libxml-2.0 mount
npivctl-libvirt_OBJ := $(OTHER_ROOTS)
npiv-guest_MAIN := src/libvirt/main.c
npiv-guest_LIBS := libsystemd libvirt libxml-2.0 mount

# libxml2 alone keeps its headers in a folder of its own.
LIBXML_CPPFLAGS := $(shell $(PKG_CONFIG) --cflags libxml-2.0 2>/dev/null)
$(BUILD)/src/libvirt/%.o: ALL_CPPFLAGS += $(LIBXML_CPPFLAGS)

# What --version prints. A main file is compiled again when the makefile, which has the version, changes.
MAINS := $(foreach p,$(PROGRAMS),$($(p)_MAIN:%.c=$(BUILD)/%.o)) $(npivctl_MAIN:%.c=$(BUILD)/test-bin/%.o)
$(MAINS): ALL_CPPFLAGS += -DNPIV_VERSION='"$(VERSION)"'
$(MAINS): Makefile

# The same with roots that the environment names, for tests alone: build/test-bin/NAME. npivctl has those in any case;
# the one of the tests runs the other program of its verbs from where it was built.
TEST_PROGRAMS := npiv-generator npiv-id npiv-vport npivctl
npivctl_TEST_MAIN := $(npivctl_MAIN:%.c=$(BUILD)/test-bin/%.o)
