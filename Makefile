# SPDX-License-Identifier: LGPL-2.1-or-later
# npiv: build, install and test. `make help` lists the targets.

# The version of every program, of the archive that `make dist` makes, and of the newest entry in NEWS.
VERSION := 0.2

# --- what can be overridden ------------------------------------------------------------------
prefix ?= /usr
sysconfdir ?= /etc
bindir ?= $(prefix)/bin
# Programs that units run. SELinux on Fedora and RHEL lets a service execute what is below /usr/libexec, and nothing
# below /usr/lib; Debian has them in /usr/lib.
libexecdir ?= $(prefix)/$(if $(wildcard /etc/debian_version),lib,libexec)/npiv
mandir ?= $(prefix)/share/man
docdir ?= $(prefix)/share/doc/npiv
DESTDIR ?=
BUILD ?= build
PKG_CONFIG ?= pkg-config
STATIC ?= no
CC ?= cc
INSTALL ?= install
V ?= 0

# systemd and udev say themselves where their files go; the fall-backs are their defaults.
ask = $(or $(shell $(PKG_CONFIG) --variable=$(1) $(2) 2>/dev/null),$(3))
systemdsystemunitdir ?= $(call ask,systemdsystemunitdir,systemd,/usr/lib/systemd/system)
generatordir ?= $(call ask,systemdsystemgeneratordir,systemd,/usr/lib/systemd/system-generators)
presetdir ?= $(call ask,systemdsystempresetdir,systemd,/usr/lib/systemd/system-preset)
catalogdir ?= $(call ask,catalogdir,systemd,/usr/lib/systemd/catalog)
udevdir ?= $(call ask,udevdir,udev,/usr/lib/udev)
ocfdir ?= $(prefix)/lib/ocf/resource.d
completionsdir ?= $(call ask,completionsdir,bash-completion,$(prefix)/share/bash-completion/completions)
zshcompletionsdir ?= $(prefix)/share/zsh/site-functions
fishcompletionsdir ?= $(call ask,completionsdir,fish,$(prefix)/share/fish/vendor_completions.d)

# --- flags -----------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wformat=2 -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wcast-qual -Wvla -Wundef -Wswitch-enum -Wimplicit-fallthrough \
	-Wpointer-arith -Wdate-time -Wno-unused-parameter
ifneq ($(findstring clang,$(shell $(CC) --version 2>/dev/null)),clang)
WARNINGS += -Wlogical-op
endif
CFLAGS ?= -O2 -g
# Whoever builds a distribution may ask for another level.
FORTIFY := $(if $(findstring _FORTIFY_SOURCE,$(CC) $(CPPFLAGS) $(CFLAGS)),,-D_FORTIFY_SOURCE=2)
HARDENING := $(FORTIFY) -fstack-protector-strong -fPIE
LINK_HARDENING := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif
ifeq ($(ASAN),1)
override BUILD := $(BUILD)/asan
override STATIC := no
HARDENING := -fPIE -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
LINK_HARDENING := -pie -fsanitize=address,undefined
endif
ifeq ($(FUZZ),1)
override BUILD := $(BUILD)/fuzz
HARDENING := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer
LINK_HARDENING := -fsanitize=address,undefined
endif
ifeq ($(COVERAGE),1)
override BUILD := $(BUILD)/coverage
HARDENING := -fPIE -fprofile-instr-generate -fcoverage-mapping
endif
# Sizes of files have 64 bits also where a long has 32.
ALL_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Isrc $(CPPFLAGS)
ALL_CFLAGS = -std=gnu17 $(WARNINGS) $(HARDENING) $(CFLAGS) -MMD -MP
ALL_LDFLAGS = $(LINK_HARDENING) $(LDFLAGS)

ifeq ($(V),0)
say = @printf '  %-8s %s\n' $(1) $(2);
else
say =
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

# --- programs --------------------------------------------------------------------------------
include src/programs.mk

pkg_libs = $(if $(1),$(shell $(PKG_CONFIG) --libs $(1)))
in_archives = -Wl,--start-group $(1) -Wl,--end-group

all: $(PROGRAMS:%=$(BUILD)/%) ## build the programs

define compile
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(if $(filter 0,$(V)),@)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
endef

$(BUILD)/%.o: %.c
	$(compile)

$(BUILD)/test-bin/%.o: %.c
	$(compile)

# An archive is made anew, so that it has no file that is gone.
define archive_rule
$(1): $(2)
	$$(call say,AR,$$@)
	@mkdir -p $$(@D) && rm -f $$@
	$$(if $$(filter 0,$$(V)),@)$$(AR) rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive_rule,$(BUILD)/src/$(f).a,$(call folder_objects,$(f)))))

# link_rule TARGET,OBJECTS,LIBRARIES: from objects, and what they call of the archives.
define link_rule
$(1): $(2) $(ARCHIVES)
	$$(call say,LD,$$@)
	@mkdir -p $$(@D)
	$$(if $$(filter 0,$$(V)),@)$$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$(filter %.o,$$^) \
		$$(call in_archives,$$(filter %.a,$$^)) $$(call pkg_libs,$(3)) $$(LDLIBS)
endef
$(foreach p,$(PROGRAMS),$(eval $(call link_rule,$(BUILD)/$(p),$($(p)_MAIN:%.c=$(BUILD)/%.o) $($(p)_OBJ),$($(p)_LIBS))))
$(foreach p,$(TEST_PROGRAMS),$(eval $(call link_rule,$(BUILD)/test-bin/$(p),$(or $($(p)_TEST_MAIN),$($(p)_MAIN:%.c=$(BUILD)/%.o)) $(OTHER_ROOTS),$($(p)_LIBS))))

# Compiled and not linked: where there are headers of the libraries, and no libraries.
objects: $(ARCHIVES) $(MAINS)

test-programs: $(TEST_PROGRAMS:%=$(BUILD)/test-bin/%) $(addprefix $(BUILD)/,$(filter npivctl-%,$(PROGRAMS)))

-include $(patsubst %.c,$(BUILD)/%.d,$(wildcard src/*/*.c)) $(BUILD)/test-bin/src/ctl/main.d

# --- install ---------------------------------------------------------------------------------
UNITS := $(wildcard units/*.service units/*.target units/*.timer)
RULES := $(wildcard rules.d/*.rules)
EXAMPLES := $(wildcard etc/npiv.d/*)
MAN := $(wildcard man/*.[1-8])
CATALOG := $(wildcard units/*.catalog)
PRESETS := $(wildcard units/*.preset)

# fill_in FILE,TARGET,MODE: install a text that names folders.
define fill_in
$(INSTALL) -D -m $(3) /dev/null $(2) && \
	sed 's|@bindir@|$(bindir)|g; s|@libexecdir@|$(libexecdir)|g; s|@docdir@|$(docdir)|g' $(1) >$(2)
endef

install: all ## install below $(DESTDIR)
	$(INSTALL) -D -m 755 -t $(DESTDIR)$(generatordir) $(BUILD)/npiv-generator
	$(INSTALL) -D -m 755 -t $(DESTDIR)$(libexecdir) $(BUILD)/npiv-vport \
		$(addprefix $(BUILD)/,$(filter npiv-guest npivctl-libvirt,$(PROGRAMS)))
	$(INSTALL) -D -m 755 -t $(DESTDIR)$(udevdir) $(BUILD)/npiv-id
	$(INSTALL) -D -m 755 -t $(DESTDIR)$(bindir) $(BUILD)/npivctl
	$(call fill_in,etc/libvirt/npiv-qemu-hook,$(DESTDIR)$(bindir)/npiv-qemu-hook,755)
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(udevdir)/rules.d $(RULES)
	$(INSTALL) -d $(DESTDIR)$(systemdsystemunitdir)
	for unit in $(UNITS); do \
		sed -f units/assemble.sed -e 's|@bindir@|$(bindir)|g; s|@libexecdir@|$(libexecdir)|g' $$unit \
			>$(DESTDIR)$(systemdsystemunitdir)/$$(basename $$unit) && \
		chmod 644 $(DESTDIR)$(systemdsystemunitdir)/$$(basename $$unit) || exit 1; \
	done
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(presetdir) $(PRESETS)
	$(INSTALL) -d $(DESTDIR)$(sysconfdir)/npiv.d
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(docdir)/examples $(EXAMPLES)
	$(if $(CATALOG),$(INSTALL) -D -m 644 -t $(DESTDIR)$(catalogdir) $(CATALOG))
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(completionsdir) completions/npivctl
	$(INSTALL) -D -m 755 -t $(DESTDIR)$(ocfdir)/npiv ocf/vhba
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(zshcompletionsdir) completions/_npivctl
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(fishcompletionsdir) completions/npivctl.fish
	for page in $(MAN); do \
		$(call fill_in,$$page,$(DESTDIR)$(mandir)/man$${page##*.}/$$(basename $$page),644) || exit 1; \
	done
ifeq ($(DESTDIR),)
	-journalctl --update-catalog
endif

uninstall: ## remove what install put there; leaves your files in npiv.d
	rm -f $(DESTDIR)$(generatordir)/npiv-generator $(DESTDIR)$(libexecdir)/npiv-vport \
		$(DESTDIR)$(libexecdir)/npiv-guest $(DESTDIR)$(libexecdir)/npivctl-libvirt \
		$(DESTDIR)$(udevdir)/npiv-id $(DESTDIR)$(bindir)/npivctl $(DESTDIR)$(bindir)/npiv-qemu-hook \
		$(RULES:rules.d/%=$(DESTDIR)$(udevdir)/rules.d/%) \
		$(UNITS:units/%=$(DESTDIR)$(systemdsystemunitdir)/%) \
		$(PRESETS:units/%=$(DESTDIR)$(presetdir)/%) \
		$(CATALOG:units/%=$(DESTDIR)$(catalogdir)/%) \
		$(EXAMPLES:etc/npiv.d/%=$(DESTDIR)$(docdir)/examples/%) \
		$(DESTDIR)$(completionsdir)/npivctl $(DESTDIR)$(zshcompletionsdir)/_npivctl \
		$(DESTDIR)$(fishcompletionsdir)/npivctl.fish $(DESTDIR)$(ocfdir)/npiv/vhba \
		$(foreach p,$(MAN),$(DESTDIR)$(mandir)/man$(subst .,,$(suffix $(p)))/$(notdir $(p)))
	-rmdir $(DESTDIR)$(libexecdir) $(DESTDIR)$(ocfdir)/npiv $(DESTDIR)$(docdir)/examples $(DESTDIR)$(docdir) \
		$(DESTDIR)$(sysconfdir)/npiv.d 2>/dev/null
ifeq ($(DESTDIR),)
	-journalctl --update-catalog
endif

# --- tests and tools -------------------------------------------------------------------------
include tests/tests.mk
-include tests/fabric/fabric.mk
-include tests/vm/vm.mk

# The same bytes from the same commit: git sorts the files and gives them to root, with the time of the commit.
dist: ## pack the last commit as npiv-VERSION.tar.xz in BUILD
	@mkdir -p $(BUILD)
	git -c tar.umask=0022 archive --format=tar --prefix=npiv-$(VERSION)/ -o $(BUILD)/npiv-$(VERSION).tar HEAD
	XZ_OPT= XZ_DEFAULTS= xz -6 -T1 -f $(BUILD)/npiv-$(VERSION).tar

# What make would run if everything were old.
COMPILED := all test-programs unit-tests property-tests replays hostile-tests fabric
compile_commands.json: ## tell clangd and clang-tidy how each file is compiled
	@mkdir -p $(BUILD)
	@$(MAKE) -nB V=1 --no-print-directory $(COMPILED) >$(BUILD)/commands
	@awk -v folder='$(CURDIR)' \
		'/ -c -o [^ ]+ [^ ]+[.]c$$/ { \
			gsub(/["\\]/, "\\\\&"); \
			printf "%s\n{ \"directory\": \"%s\", \"file\": \"%s\", \"command\": \"%s\" }", n++ ? "," : "[", folder, $$NF, $$0 \
		} END { print "\n]" }' $(BUILD)/commands >$@

lint: ## look for faults of style, spelling and code with the tools that are there
	@tests/run tests/static/lint

format: ## reformat the C sources
	clang-format -i $$(git ls-files '*.c' '*.h')

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@grep -hE '^[a-z_.-]+:.*##' $(MAKEFILE_LIST) | sort | \
		awk -F ':.*## ' '{ printf "  make %-22s %s\n", $$1, $$2 }'
	@echo 'Variables: prefix sysconfdir systemdsystemunitdir generatordir udevdir DESTDIR BUILD CC' \
		'CFLAGS STATIC=yes ASAN=1 WERROR=1 V=1'

.PHONY: all objects test-programs install uninstall dist compile_commands.json lint format clean help
