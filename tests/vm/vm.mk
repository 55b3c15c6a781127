# SPDX-License-Identifier: LGPL-2.1-or-later
# The test VM: build its image, start and stop it, play in it.

VM := NPIV_VM_DIR=$(abspath $(BUILD)/vm) tests/vm/vm

vm-image: ## build the test VM's disk image unless it is cached
	@tests/vm/image

kmod: ## build the test driver for the VM's kernel unless it is built
	@BUILD=$(abspath $(BUILD)) tests/kmod/build

vm-start: ## start the test VM, restored in seconds when it has booted before
	@$(VM) status >/dev/null || $(VM) start

vm-stop: ## power the test VM off
	@$(VM) stop

# What cases run inside it beside npiv and the fabric.
VM_TOOLS := $(patsubst tests/vm/tools/%.c,$(BUILD)/vm-tools/%,$(wildcard tests/vm/tools/*.c))

$(BUILD)/vm-tools/%: tests/vm/tools/%.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(if $(filter 0,$(V)),@)$(CC) -D_GNU_SOURCE $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< \
		$(call pkg_libs,libudev)

# The guest inside the guest: no program for an operating system, so none of the usual flags.
TINY_GUEST := $(BUILD)/tiny-guest
TINY_GUEST_OBJ := $(patsubst tests/vm/tiny-guest/%,$(TINY_GUEST)/%.o, \
	$(sort $(wildcard tests/vm/tiny-guest/*.[cS])))
TINY_GUEST_CFLAGS := -m16 -march=i386 -std=gnu17 -Os -ffreestanding -fno-pic -fno-pie \
	-fno-stack-protector -fcf-protection=none -fno-asynchronous-unwind-tables

$(TINY_GUEST)/%.o: tests/vm/tiny-guest/%
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(if $(filter 0,$(V)),@)$(CC) $(TINY_GUEST_CFLAGS) $(filter -W%,$(ALL_CFLAGS)) -MMD -MP -c -o $@ $<

$(TINY_GUEST)/tiny-guest: $(TINY_GUEST_OBJ) tests/vm/tiny-guest/tiny-guest.ld
	$(call say,LD,$@)
	$(if $(filter 0,$(V)),@)$(LD) -m elf_i386 -z noexecstack --no-warn-rwx-segments \
		-T tests/vm/tiny-guest/tiny-guest.ld -o $@.elf $(TINY_GUEST_OBJ)
	$(if $(filter 0,$(V)),@)objcopy -O binary -j .image -j .cd $@.elf $@

vm-tools: $(VM_TOOLS) $(TINY_GUEST)/tiny-guest ## build what cases run inside the test VM

install-vm-tools: vm-tools
	$(INSTALL) -D -m 755 -t $(DESTDIR)/usr/local/sbin $(VM_TOOLS)
	$(INSTALL) -D -m 644 -t $(DESTDIR)/usr/local/lib/npiv-test $(TINY_GUEST)/tiny-guest

-include $(VM_TOOLS:=.d) $(TINY_GUEST_OBJ:.o=.d)

# A make of its own after the installation: this one asked pkg-config before it was there.
bench demo demo-shell soak:
	@tests/install-packages tests/packages.build tests/vm/packages.host
	@$(MAKE) --no-print-directory $@-run

demo-run: all fabric
	@NPIV_VM_DIR=$(abspath $(BUILD)/demo-vm) BUILD=$(abspath $(BUILD)) tests/demo/demo

demo-shell-run: all fabric
	@NPIV_VM_DIR=$(abspath $(BUILD)/demo-vm) BUILD=$(abspath $(BUILD)) tests/demo/demo --shell

bench-run: all fabric
	@BUILD=$(abspath $(BUILD)) tests/bench/run

soak-run: all fabric
	@BUILD=$(abspath $(BUILD)) tests/soak/run

bench: ## measure beside systemd, udev, libvirt and lsblk in a VM: table, JSON and plot
demo: ## watch the main job in a VM: create, use, reboot, stop
soak: ## random events against all promises for MINUTES=60, in a VM; SEED=n STEPS='...' plays a run again
demo-shell: ## a root shell in the demo's VM, with a vHBA to play with

.PHONY: bench bench-run kmod vm-image vm-start vm-stop vm-tools install-vm-tools demo demo-shell demo-run
.PHONY: demo-shell-run soak soak-run
