# SPDX-License-Identifier: LGPL-2.1-or-later
# The property test of the law of names, twice: over the code that names devices with what is around it
# in memory, and over the same with the real modules over a tree of files.

LAW_OUT := $(BUILD)/tests/law
LAW_TESTS := $(LAW_OUT)/test-law $(LAW_OUT)/test-law-files

LAW_OBJ := $(patsubst %,$(LAW_OUT)/%.o,change change-vhba model sequence test-law udev world)

$(eval $(call link_rule,$(LAW_OUT)/test-law,$(LAW_OBJ) $(LAW_OUT)/memory-system.o))
$(eval $(call link_rule,$(LAW_OUT)/test-law-files,$(LAW_OBJ) $(LAW_OUT)/file-system.o))

-include $(patsubst tests/law/%.c,$(LAW_OUT)/%.d,$(wildcard tests/law/*.c))

law-tests: $(LAW_TESTS)

.PHONY: law-tests
