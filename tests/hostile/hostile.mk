# SPDX-License-Identifier: LGPL-2.1-or-later
# A sysfs that changes and lies while it is read.

HOSTILE_OUT := $(BUILD)/tests/hostile
HOSTILE_TESTS := $(HOSTILE_OUT)/test-scan

test-scan_SRC := tests/hostile/breaker.c tests/hostile/test-scan.c src/sys/attribute.c \
	src/sys/device.c src/sys/io.c src/sys/lun-read.c src/sys/port-read.c \
	src/sys/scan.c src/sys/sysfs.c src/sys/target-mode.c

$(HOSTILE_OUT)/test-scan: $(test-scan_SRC:%.c=$(BUILD)/%.o) $(CORE_LIB)
	$(call say,LD,$@)
	$(if $(filter 0,$(V)),@)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(patsubst tests/hostile/%.c,$(HOSTILE_OUT)/%.d,$(wildcard tests/hostile/*.c))

hostile-tests: $(HOSTILE_TESTS)

.PHONY: hostile-tests
