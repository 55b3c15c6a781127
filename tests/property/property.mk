# SPDX-License-Identifier: LGPL-2.1-or-later
# The property test of names, which holds them to their law, twice: over the code that names devices with what is
# around it in memory, and over the same code with the real modules over a tree of files.

PROPERTY_OUT := $(BUILD)/tests/property
PROPERTY_TESTS := $(PROPERTY_OUT)/test-names $(PROPERTY_OUT)/test-names-files

PROPERTY_OBJ := $(patsubst %,$(PROPERTY_OUT)/%.o,change change-vhba model sequence test-names udev world)

$(eval $(call link_rule,$(PROPERTY_OUT)/test-names,$(PROPERTY_OBJ) $(PROPERTY_OUT)/memory-system.o))
$(eval $(call link_rule,$(PROPERTY_OUT)/test-names-files,$(PROPERTY_OBJ) $(PROPERTY_OUT)/file-system.o))

-include $(patsubst tests/property/%.c,$(PROPERTY_OUT)/%.d,$(wildcard tests/property/*.c))

property-tests: $(PROPERTY_TESTS)

.PHONY: property-tests
