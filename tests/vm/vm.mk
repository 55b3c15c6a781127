# SPDX-License-Identifier: LGPL-2.1-or-later
# The test VM: build its image, start and stop it, play in it.

VM := NPIV_VM_DIR=$(abspath $(BUILD)/vm) tests/vm/vm

vm-image: ## build the test VM's disk image unless it is cached
	@tests/vm/image

vm-start: ## start the test VM, restored in seconds when it has booted before
	@$(VM) status >/dev/null || $(VM) start

vm-stop: ## power the test VM off
	@$(VM) stop

demo-shell: vm-start ## a root shell in the test VM
	@$(VM) shell

.PHONY: vm-image vm-start vm-stop demo-shell
