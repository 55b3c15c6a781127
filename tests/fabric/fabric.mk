# SPDX-License-Identifier: LGPL-2.1-or-later
# The software fabric of the tests and the demo. Included by the top Makefile, or alone:
#   make -f tests/fabric/fabric.mk [check-fabric | install-fabric DESTDIR=...]

BUILD ?= build
INSTALL ?= install
FABRIC := tests/fabric
FABRIC_OUT := $(BUILD)/fabric
FABRIC_CFLAGS = $(or $(ALL_CFLAGS),-std=gnu17 -O2 -g -Wall -Wextra -MMD -MP $(CFLAGS))

# Bytes in, bytes out; the tests link only these.
FABRIC_CORE := crc32 frame fip els port zone fault name-server fabric fabric-login \
	fabric-service fabric-notify delay-queue
FABRIC_EDGE := interface control command switchboard npiv-fcf
FABRIC_TESTS := $(patsubst $(FABRIC)/%.c,$(FABRIC_OUT)/%,$(sort $(wildcard $(FABRIC)/test-*.c)))
FABRIC_CORE_OBJ := $(FABRIC_CORE:%=$(FABRIC_OUT)/%.o)

fabric: $(FABRIC_OUT)/npiv-fcf $(FABRIC_OUT)/configfs-apply ## build the switch of the test fabric

$(FABRIC_OUT)/%.o: $(FABRIC)/%.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(if $(filter 0,$(V)),@)$(CC) -D_GNU_SOURCE $(FABRIC_CFLAGS) -c -o $@ $<

$(FABRIC_OUT)/npiv-fcf: $(FABRIC_CORE_OBJ) $(FABRIC_EDGE:%=$(FABRIC_OUT)/%.o)
	$(call say,LD,$@)
	$(if $(filter 0,$(V)),@)$(CC) $(FABRIC_CFLAGS) $(ALL_LDFLAGS) -o $@ $^

$(FABRIC_OUT)/configfs-apply: $(FABRIC_OUT)/configfs-apply.o
	$(call say,LD,$@)
	$(if $(filter 0,$(V)),@)$(CC) $(FABRIC_CFLAGS) $(ALL_LDFLAGS) -o $@ $^

$(FABRIC_OUT)/test-%: $(FABRIC_OUT)/test-%.o $(FABRIC_OUT)/enode.o $(FABRIC_CORE_OBJ)
	$(call say,LD,$@)
	$(if $(filter 0,$(V)),@)$(CC) $(FABRIC_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ -lcmocka

check-fabric: $(FABRIC_TESTS) ## run the unit tests of the test fabric
	@for test in $^; do ./$$test || exit 1; done

# Into a machine that becomes a test fabric, not into one that people use.
install-fabric: fabric
	$(INSTALL) -D -m 755 -t $(DESTDIR)/usr/local/sbin \
		$(FABRIC_OUT)/npiv-fcf $(FABRIC_OUT)/configfs-apply $(FABRIC)/guest/fabricctl
	ln -sf npiv-fcf $(DESTDIR)/usr/local/sbin/fcfctl
	$(INSTALL) -D -m 644 -t $(DESTDIR)/usr/local/lib/fabric $(FABRIC)/guest/lib/*.sh
	$(INSTALL) -D -m 644 -t $(DESTDIR)/etc/systemd/system $(FABRIC)/guest/*.service
	$(INSTALL) -d $(DESTDIR)/etc/systemd/system/sysinit.target.wants \
		$(DESTDIR)/etc/systemd/system/final.target.wants
	ln -sf ../fabric.service $(DESTDIR)/etc/systemd/system/sysinit.target.wants
	ln -sf ../fabric-shutdown.service $(DESTDIR)/etc/systemd/system/final.target.wants

.PHONY: fabric check-fabric install-fabric
-include $(wildcard $(FABRIC_OUT)/*.d)
