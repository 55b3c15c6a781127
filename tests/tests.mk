# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that need neither root nor a virtual machine.

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/test-*.c)))

$(BUILD)/tests/unit/%: tests/unit/%.c $(CORE_LIB)
	$(call say,TEST,$<)
	@mkdir -p $(@D)
	$(if $(filter 0,$(V)),@)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< \
		$(CORE_LIB) $(call pkg_libs,cmocka inih) $(LDLIBS)

-include $(UNIT_TESTS:=.d)

unit-tests: $(UNIT_TESTS)

.PHONY: unit-tests
