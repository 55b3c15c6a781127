# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzz targets: with libFuzzer and sanitizers below $(BUILD)/fuzz, and as programs that run each target over
# files, in any build. fuzz-NAME_SRC names what one is made of beside its own file and the core.

FUZZ_TARGETS := $(sort $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c)))
FUZZ_OUT := $(BUILD)/tests/fuzz
FUZZ_SECONDS ?= 600

FUZZERS := $(FUZZ_TARGETS:%=$(FUZZ_OUT)/fuzz-%)
REPLAYS := $(FUZZ_TARGETS:%=$(FUZZ_OUT)/replay-%)

fuzz-guest-xml_SRC := src/guest-xml.c src/sys/io.c src/sys/xml-in.c src/sys/xml-out.c
fuzz-guest-xml_LIBS := libxml-2.0
fuzz-libvirt-xml_SRC := src/sys/io.c src/sys/xml-in.c src/sys/xml-libvirt.c
fuzz-libvirt-xml_LIBS := libxml-2.0
$(FUZZ_OUT)/%-xml.o: ALL_CPPFLAGS += $(LIBXML_CPPFLAGS)

link_target = $(if $(filter 0,$(V)),@)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(1) -o $@ \
	$(filter %.o %.a,$^) $(call pkg_libs,inih $(2)) $(LDLIBS)

define fuzz_target_rules
$(FUZZ_OUT)/fuzz-$(1): $(FUZZ_OUT)/fuzz-$(1).o $(fuzz-$(1)_SRC:%.c=$(BUILD)/%.o) $(CORE_LIB)
	$$(call say,LD,$$@)
	$$(call link_target,-fsanitize=fuzzer,$(fuzz-$(1)_LIBS))

$(FUZZ_OUT)/replay-$(1): $(FUZZ_OUT)/fuzz-$(1).o $(FUZZ_OUT)/replay.o \
		$(fuzz-$(1)_SRC:%.c=$(BUILD)/%.o) $(CORE_LIB)
	$$(call say,LD,$$@)
	$$(call link_target,,$(fuzz-$(1)_LIBS))
endef
$(foreach t,$(FUZZ_TARGETS),$(eval $(call fuzz_target_rules,$(t))))

.SECONDARY: $(FUZZERS:=.o)
-include $(FUZZERS:=.d) $(FUZZ_OUT)/replay.d

fuzzers: $(FUZZERS)

replays: $(REPLAYS)

build-fuzzers:
	@$(MAKE) --no-print-directory FUZZ=1 CC=clang fuzzers

build-coverage:
	@$(MAKE) --no-print-directory COVERAGE=1 CC=clang unit-tests replays

fuzz: build-fuzzers ## fuzz each target for FUZZ_SECONDS (600)
	@BUILD=$(BUILD) tests/run 'tests/fuzz/run $(FUZZ_SECONDS)'

.PHONY: fuzzers replays build-fuzzers build-coverage fuzz
