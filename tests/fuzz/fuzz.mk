# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzz targets of the core: with libFuzzer and sanitizers below $(BUILD)/fuzz, and as programs that run
# each target over files, in any build.

FUZZ_TARGETS := $(sort $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c)))
FUZZ_OUT := $(BUILD)/tests/fuzz
FUZZ_SECONDS ?= 600

FUZZERS := $(FUZZ_TARGETS:%=$(FUZZ_OUT)/fuzz-%)
REPLAYS := $(FUZZ_TARGETS:%=$(FUZZ_OUT)/replay-%)

link_target = $(if $(filter 0,$(V)),@)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(1) -o $@ \
	$(filter %.o %.a,$^) $(call pkg_libs,inih) $(LDLIBS)

$(FUZZERS): %: %.o $(CORE_LIB)
	$(call say,LD,$@)
	$(call link_target,-fsanitize=fuzzer)

$(FUZZ_OUT)/replay-%: $(FUZZ_OUT)/fuzz-%.o $(FUZZ_OUT)/replay.o $(CORE_LIB)
	$(call say,LD,$@)
	$(call link_target)

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
