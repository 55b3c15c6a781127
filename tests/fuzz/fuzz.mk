# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzz targets: with libFuzzer and sanitizers below $(BUILD)/fuzz, and as programs that run each target over
# files, in any build. fuzz-NAME_LIBS are libraries beside inih.

FUZZ_TARGETS := $(sort $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c)))
FUZZ_OUT := $(BUILD)/tests/fuzz
FUZZ_SECONDS ?= 600

FUZZERS := $(FUZZ_TARGETS:%=$(FUZZ_OUT)/fuzz-%)
REPLAYS := $(FUZZ_TARGETS:%=$(FUZZ_OUT)/replay-%)

fuzz-guest-xml_LIBS := libxml-2.0
fuzz-libvirt-xml_LIBS := libxml-2.0
$(FUZZ_OUT)/%-xml.o: ALL_CPPFLAGS += $(LIBXML_CPPFLAGS)

define fuzz_target_rules
$(call link_rule,$(FUZZ_OUT)/fuzz-$(1),$(FUZZ_OUT)/fuzz-$(1).o,inih $(fuzz-$(1)_LIBS))
$(FUZZ_OUT)/fuzz-$(1): LINK_HARDENING += -fsanitize=fuzzer
$(call link_rule,$(FUZZ_OUT)/replay-$(1),$(FUZZ_OUT)/fuzz-$(1).o $(FUZZ_OUT)/replay.o,inih $(fuzz-$(1)_LIBS))
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
