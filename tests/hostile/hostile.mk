# SPDX-License-Identifier: LGPL-2.1-or-later
# A sysfs that changes and lies while it is read.

HOSTILE_OUT := $(BUILD)/tests/hostile
HOSTILE_TESTS := $(HOSTILE_OUT)/test-scan

$(eval $(call link_rule,$(HOSTILE_OUT)/test-scan,$(HOSTILE_OUT)/breaker.o $(HOSTILE_OUT)/test-scan.o))

-include $(patsubst tests/hostile/%.c,$(HOSTILE_OUT)/%.d,$(wildcard tests/hostile/*.c))

hostile-tests: $(HOSTILE_TESTS)

.PHONY: hostile-tests
