# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests: what runs in which target. The suites are scripts that count their own cases; tests/run adds
# the counts up.

# --- unit tests: one program a file of tests/unit, against the core alone --------------------
# test-NAME_SRC names what it is made of beside its own file, where that is not the core.
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/test-*.c)))

define unit_test_rule
$(BUILD)/tests/unit/$(1): $(BUILD)/tests/unit/$(1).o $$($(1)_SRC:%.c=$(BUILD)/%.o) $(CORE_LIB)
	$$(call say,LD,$$@)
	$$(if $$(filter 0,$$(V)),@)$$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$^ \
		$$(call pkg_libs,cmocka inih $$($(1)_LIBS)) $$(LDLIBS)
endef
$(foreach t,$(notdir $(UNIT_TESTS)),$(eval $(call unit_test_rule,$(t))))

-include $(UNIT_TESTS:=.d)

unit-tests: $(UNIT_TESTS)

# --- suites ----------------------------------------------------------------------------------
in_build = BUILD=$(BUILD) UNITDIR=$(systemdsystemunitdir) CC=$(CC)

SUITES_FAST = 'tests/unit/run $(UNIT_TESTS)' \
	'$(in_build) tests/golden/run-generator' \
	'$(in_build) tests/config/bad-input' \
	'$(in_build) tests/config/arguments' \
	'$(in_build) tests/static/layering' \
	'$(in_build) tests/static/units' \
	'$(in_build) tests/static/shell' \
	'$(in_build) tests/config/measure'

# The same tests, of programs that watch their own memory. Run by the sub-make that builds them.
SUITES_ASAN = 'tests/unit/run $(UNIT_TESTS)' \
	'$(in_build) tests/golden/run-generator' \
	'$(in_build) tests/config/bad-input'

check-fast: all unit-tests ## tests that need neither root nor a VM, under a minute
	@tests/run $(SUITES_FAST)

check-asan: ## unit and generator tests under ASan and UBSan
	@$(MAKE) --no-print-directory ASAN=1 check-asan-suites

check-asan-suites: $(BUILD)/npiv-generator unit-tests
	@tests/run $(SUITES_ASAN)

.PHONY: unit-tests check-fast check-asan check-asan-suites
