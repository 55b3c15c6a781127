# SPDX-License-Identifier: LGPL-2.1-or-later
# The property test of the law of names, twice: over the code that names devices with what is around it
# in memory, and over the same with the real src/sys and a tree of files.

LAW_OUT := $(BUILD)/tests/law
LAW_TESTS := $(LAW_OUT)/test-law $(LAW_OUT)/test-law-files

LAW_SRC := $(addprefix tests/law/,change.c change-vhba.c model.c sequence.c test-law.c udev.c world.c) \
	src/id-disk.c src/id-map.c src/id-names.c
test-law_SRC := $(LAW_SRC) tests/law/memory-system.c
test-law-files_SRC := $(LAW_SRC) tests/law/file-system.c src/sys/attribute.c src/sys/claim-dir.c \
	src/sys/claim-store.c src/sys/device.c src/sys/environment.c src/sys/io.c \
	src/sys/lun-read.c src/sys/roots.c src/sys/run-file.c src/sys/state-lookup.c src/sys/sysfs.c

define law_test_rule
$(LAW_OUT)/$(1): $$($(1)_SRC:%.c=$(BUILD)/%.o) $(CORE_LIB)
	$$(call say,LD,$$@)
	$$(if $$(filter 0,$$(V)),@)$$(CC) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach t,$(notdir $(LAW_TESTS)),$(eval $(call law_test_rule,$(t))))

-include $(patsubst tests/law/%.c,$(LAW_OUT)/%.d,$(wildcard tests/law/*.c))

law-tests: $(LAW_TESTS)

.PHONY: law-tests
