# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests: what runs in which target. The suites are scripts that count their own cases; tests/run adds
# the counts up.

# --- unit tests: one program a file of tests/unit ---------------------------------------------
# A test links what it calls, unless it has a stand-in of its own; test-NAME_LIBS are libraries beside inih.
UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/*/test-*.c)))

libvirt/test-disk-xml_LIBS := libxml-2.0
block/test-users_LIBS := mount
ctl/test-jobs_LIBS := libsystemd
event/test-log_LIBS := libsystemd
vport/test-make_LIBS := libsystemd
vport/test-unit_LIBS := libsystemd
$(BUILD)/tests/unit/state/test-state-dir: LDLIBS += -ldl # of a C library before 2.34

$(foreach t,$(UNIT_TESTS:$(BUILD)/tests/unit/%=%),\
	$(eval $(call link_rule,$(BUILD)/tests/unit/$(t),$(BUILD)/tests/unit/$(t).o,cmocka inih $($(t)_LIBS))))
$(UNIT_TESTS:=.o): ALL_CPPFLAGS += -Itests/unit

-include $(UNIT_TESTS:=.d)

unit-tests: $(UNIT_TESTS)

include tests/property/property.mk
include tests/fuzz/fuzz.mk
include tests/hostile/hostile.mk

# --- suites ----------------------------------------------------------------------------------
in_build = BUILD=$(BUILD) UNITDIR=$(systemdsystemunitdir) CC="$(CC)"

# Those of the software fabric; fabric.mk, which is read later, has the rules.
FABRIC_TESTS := $(patsubst tests/fabric/%.c,$(BUILD)/fabric/%,$(sort $(wildcard tests/fabric/test-*.c)))

SUITES_FAST = 'tests/unit/run $(UNIT_TESTS) $(FABRIC_TESTS)' \
	'$(in_build) tests/golden/run-generator' \
	'$(in_build) tests/golden/run-lookup' \
	'$(in_build) tests/golden/run-large' \
	'$(in_build) tests/golden/run-terminal' \
	'$(in_build) tests/schema/run' \
	'$(in_build) tests/config/bad-input' \
	'$(in_build) tests/config/arguments' \
	'$(in_build) tests/property/run 5000 50' \
	'$(in_build) tests/fuzz/replay' \
	'$(in_build) tests/hostile/run 50 2' \
	'$(in_build) tests/rules/run' \
	'$(in_build) tests/static/layering' \
	'$(in_build) tests/static/hardening' \
	'$(in_build) tests/static/units' \
	'$(in_build) tests/static/install' \
	'$(in_build) tests/static/manual' \
	'$(in_build) tests/static/completion' \
	'$(in_build) tests/cluster/run' \
	'$(in_build) tests/static/contrib' \
	'tests/static/lint' \
	'CC="$(CC)" tests/static/dist' \
	'$(in_build) tests/static/documents' \
	'tests/static/check' \
	'$(in_build) tests/config/measure'

# The same tests, of programs that watch their own memory.
asan_build = $(BUILD)/asan
in_asan_build = NPIV_TEST_PREFIX=asan/ BUILD=$(asan_build) UNITDIR=$(systemdsystemunitdir)

SUITES_ASAN = '$(in_asan_build) tests/unit/run $(UNIT_TESTS:$(BUILD)/%=$(asan_build)/%)' \
	'$(in_asan_build) tests/golden/run-generator' \
	'$(in_asan_build) tests/golden/run-lookup' \
	'$(in_asan_build) tests/config/bad-input' \
	'$(in_asan_build) tests/property/run 2000 50' \
	'$(in_asan_build) tests/fuzz/replay' \
	'$(in_asan_build) tests/hostile/run 1500'

SUITES_VM = 'NPIV_VM_LONG=$(NPIV_VM_LONG) NPIV_VM_RELEASES=$(NPIV_VM_RELEASES) BUILD=$(BUILD) tests/vm/check'
NPIV_VM_LONG ?= no
NPIV_VM_RELEASES ?= one

# Of what the VMs leave of the processors.
SUITES_BESIDE = '& $(in_build) tests/property/run 50000 1000' \
	'& BUILD=$(BUILD)/coverage tests/fuzz/coverage' \
	'& BUILD=$(BUILD) tests/static/compilers' \
	'& CC="$(CC)" tests/static/dist build' \
	'& BUILD=$(BUILD) tests/package/run' \
	'& BUILD=$(BUILD) tests/fuzz/run 10'

FAST_PROGRAMS := all test-programs unit-tests $(PROPERTY_TESTS) $(REPLAYS) $(HOSTILE_TESTS) $(FABRIC_TESTS)

check-fast: $(FAST_PROGRAMS) ## tests that need neither root nor a VM, under a minute
	@tests/run $(SUITES_FAST)

check-unit: unit-tests ## the unit tests alone
	@tests/run 'tests/unit/run $(UNIT_TESTS)'

packages: ## the packages of Debian of the last commit, in BUILD/packages
	@tests/package/build $(BUILD)/packages

check-asan: asan ## unit and generator tests under ASan and UBSan
	@tests/run $(SUITES_ASAN)

asan:
	@$(MAKE) --no-print-directory ASAN=1 unit-tests property-tests replays hostile-tests asan-programs

asan-programs: test-programs $(BUILD)/npiv-generator $(BUILD)/npiv-id $(BUILD)/npivctl

# Where nobody can become root, as in a build daemon, or NPIV_CHECK says so, nothing is installed and no VM starts.
NPIV_CHECK ?= $(if $(shell [ "$$(id -u)" = 0 ] && echo root || command -v sudo),all,build)

check: check-$(NPIV_CHECK) ## all tests but the long VM cases; installs what it needs, unless NPIV_CHECK=build

check-long: ## everything: the VM cases that take long, and the other release of Debian
	@$(MAKE) --no-print-directory check NPIV_VM_LONG=yes NPIV_VM_RELEASES=both

# A make of its own after the installation: this one asked pkg-config before it was there. And one more
# for the tests, which start others that are not to hear of its jobs.
check-all:
	@tests/install-packages tests/packages.build tests/packages.check tests/vm/packages.host
	@$(MAKE) --no-print-directory -j$(shell nproc) check-programs
	@$(MAKE) --no-print-directory check-run

check-programs: $(FAST_PROGRAMS) fabric asan build-fuzzers build-coverage

check-build: $(FAST_PROGRAMS)
	@tests/run $(SUITES_FAST) 'tests/leave-out "NPIV_CHECK=all runs it, which takes root or sudo, the network and a VM" \
		asan coverage compilers dist/build fuzz package vm'

check-run:
	@tests/run $(SUITES_FAST) $(SUITES_ASAN) $(SUITES_VM) $(SUITES_BESIDE)

compilers: ## build with every compiler and in every way that this machine has; lists them
	@BUILD=$(BUILD) tests/run 'tests/static/compilers all'

.PHONY: unit-tests check-unit packages check-fast check-asan asan asan-programs check check-long check-all check-build check-programs check-run compilers
