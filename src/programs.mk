# SPDX-License-Identifier: LGPL-2.1-or-later
# The programs: NAME_SRC is what a program is made of beside the core, NAME_LIBS the pkg-config
# names of the libraries that it links; the layering check holds each to exactly these.

PROGRAMS :=
VERSION ?= 0.1

PROGRAMS += npiv-id
npiv-id_SRC := src/npiv-id.c src/id-disk.c src/id-dispute.c src/id-guest.c src/id-map.c \
	src/id-names.c src/id-vhba.c \
	src/sys/attribute.c src/sys/claim-dir.c src/sys/claim-store.c src/sys/device.c \
	src/sys/environment.c src/sys/lun-read.c src/sys/io.c src/sys/roots.c src/sys/run-file.c \
	src/sys/state-lookup.c src/sys/sysfs.c
npiv-id_LIBS :=
# udev runs it once a disk and event: with the C library in it, a part of what the start of a process costs
# is spared. Where there is no such library, or memory is watched, it goes without.
ifneq ($(filter /%,$(shell $(CC) -print-file-name=libc.a)),)
ifneq ($(ASAN),1)
$(BUILD)/npiv-id: LINK_HARDENING := $(LINK_HARDENING:-pie=-static-pie)
endif
endif

PROGRAMS += npiv-generator
npiv-generator_SRC := src/npiv-generator.c src/sys/boot.c src/sys/config-dir.c \
	src/sys/config-file.c src/sys/config-list.c src/sys/genout.c src/sys/io.c \
	src/sys/kmsg.c src/sys/roots.c
npiv-generator_LIBS := inih
$(BUILD)/src/npiv-generator.o: ALL_CPPFLAGS += \
	-DNPIV_SYSTEM_UNIT_DIR='"$(systemdsystemunitdir)"'

PROGRAMS += npiv-vport
npiv-vport_SRC := src/npiv-vport.c src/vport-arrival.c src/vport-config.c src/vport-conflict.c \
	src/vport-delete.c src/vport-fail.c src/vport-guest.c src/vport-login.c src/vport-make.c src/vport-refresh.c \
	src/vport-reload.c src/vport-rescan.c src/vport-start.c \
	src/vport-stop.c src/vport-takedown.c src/vport-task.c src/vport-timeouts.c src/vport-users.c \
	src/vport-wake.c src/vport-write.c src/sys/attribute.c src/sys/block-tree.c src/sys/bus-job.c src/sys/bus.c \
	src/sys/claim-dir.c src/sys/claim-store.c src/sys/config-dir.c src/sys/config-file.c \
	src/sys/config-list.c src/sys/device.c src/sys/disk-lock.c src/sys/dm-map.c \
	src/sys/environment.c \
	src/sys/in-use.c src/sys/io.c src/sys/lock.c src/sys/log.c src/sys/loop-users.c \
	src/sys/lun-read.c src/sys/map-owner.c src/sys/monitor.c src/sys/mount-users.c src/sys/notify.c \
	src/sys/poke.c src/sys/port-read.c src/sys/process-users.c src/sys/progress.c \
	src/sys/roots.c src/sys/rport.c \
	src/sys/run-file.c src/sys/scan.c src/sys/scsi-chars.c src/sys/scsi-device.c src/sys/scsi-inquiry.c \
	src/sys/state-dir.c \
	src/sys/state-lookup.c src/sys/sysfs.c src/sys/target-mode.c src/sys/vport.c \
	src/sys/vport-mark.c src/sys/watch.c src/sys/worker.c
npiv-vport_LIBS := libudev libsystemd inih mount

# Only where there is libvirt, whose guests it serves.
ifeq ($(shell $(PKG_CONFIG) --exists libvirt libxml-2.0 && echo yes),yes)
PROGRAMS += npiv-guest
endif
npiv-guest_SRC := src/npiv-guest.c src/guest-carry.c src/guest-daemon.c src/guest-domain.c \
	src/guest-host.c src/guest-note.c \
	src/guest-settle.c src/guest-source.c src/guest-use.c src/guest-xml.c src/sys/attribute.c \
	src/sys/block-tree.c src/sys/bus.c src/sys/device.c src/sys/dm-map.c src/sys/environment.c src/sys/in-use.c \
	src/sys/io.c src/sys/lock.c src/sys/log.c src/sys/loop-users.c src/sys/lun-read.c \
	src/sys/map-owner.c src/sys/mount-users.c src/sys/notify.c src/sys/process-users.c \
	src/sys/roots.c src/sys/run-file.c \
	src/sys/scsi-chars.c src/sys/scsi-inquiry.c src/sys/state-dir.c src/sys/state-lookup.c \
	src/sys/sysfs.c src/sys/worker.c src/sys/xml-in.c src/sys/xml-out.c
npiv-guest_LIBS := libsystemd libvirt libxml-2.0 mount

PROGRAMS += npivctl
# One a line, in order of names: the verbs and what they share, then the outside things.
npivctl_SRC := src/npivctl.c
npivctl_SRC += src/ctl-adopt.c
npivctl_SRC += src/ctl-apply.c
npivctl_SRC += src/ctl-cells.c
npivctl_SRC += src/ctl-check.c
npivctl_SRC += src/ctl-conflicts.c
npivctl_SRC += src/ctl-create.c
npivctl_SRC += src/ctl-delete.c
npivctl_SRC += src/ctl-draft.c
npivctl_SRC += src/ctl-enable.c
npivctl_SRC += src/ctl-fresh.c
npivctl_SRC += src/ctl-hbas.c
npivctl_SRC += src/ctl-health.c
npivctl_SRC += src/ctl-import.c
npivctl_SRC += src/ctl-jobs.c
npivctl_SRC += src/ctl-list.c
npivctl_SRC += src/ctl-lun-cells.c
npivctl_SRC += src/ctl-lun-links.c
npivctl_SRC += src/ctl-lun-progress.c
npivctl_SRC += src/ctl-lun.c
npivctl_SRC += src/ctl-luns.c
npivctl_SRC += src/ctl-monitor.c
npivctl_SRC += src/ctl-options.c
npivctl_SRC += src/ctl-prepare.c
npivctl_SRC += src/ctl-progress.c
npivctl_SRC += src/ctl-select.c
npivctl_SRC += src/ctl-sources.c
npivctl_SRC += src/ctl-status-print.c
npivctl_SRC += src/ctl-status.c
npivctl_SRC += src/ctl-tree-lines.c
npivctl_SRC += src/ctl-tree.c
npivctl_SRC += src/ctl-units.c
npivctl_SRC += src/ctl-wwn.c
npivctl_SRC += src/ctl-xml-choice.c
npivctl_SRC += src/ctl-xml-disk.c
npivctl_SRC += src/ctl-xml-hostdev.c
npivctl_SRC += src/ctl-xml-luns.c
npivctl_SRC += src/ctl-xml-nodedev.c
npivctl_SRC += src/ctl-xml-pool.c
npivctl_SRC += src/ctl-xml.c
npivctl_SRC += src/ctl-zoning.c
npivctl_SRC += src/sys/attribute.c
npivctl_SRC += src/sys/block-tree.c
npivctl_SRC += src/sys/bus-job.c
npivctl_SRC += src/sys/bus.c
npivctl_SRC += src/sys/claim-dir.c
npivctl_SRC += src/sys/claim-store.c
npivctl_SRC += src/sys/config-dir.c
npivctl_SRC += src/sys/config-file.c
npivctl_SRC += src/sys/config-list.c
npivctl_SRC += src/sys/config-write.c
npivctl_SRC += src/sys/device-links.c
npivctl_SRC += src/sys/device.c
npivctl_SRC += src/sys/dm-map.c
npivctl_SRC += src/sys/environment.c
npivctl_SRC += src/sys/in-use.c
npivctl_SRC += src/sys/io.c
npivctl_SRC += src/sys/link-list.c
npivctl_SRC += src/sys/link-target.c
npivctl_SRC += src/sys/loop-users.c
npivctl_SRC += src/sys/lun-read.c
npivctl_SRC += src/sys/monitor.c
npivctl_SRC += src/sys/mount-users.c
npivctl_SRC += src/sys/port-read.c
npivctl_SRC += src/sys/probe.c
npivctl_SRC += src/sys/process-users.c
npivctl_SRC += src/sys/progress.c
npivctl_SRC += src/sys/roots-environment.c
npivctl_SRC += src/sys/run-file.c
npivctl_SRC += src/sys/scan.c
npivctl_SRC += src/sys/scsi-chars.c
npivctl_SRC += src/sys/seed.c
npivctl_SRC += src/sys/state-lookup.c
npivctl_SRC += src/sys/sysfs.c
npivctl_SRC += src/sys/table.c
npivctl_SRC += src/sys/target-mode.c
npivctl_SRC += src/sys/terminal.c
npivctl_SRC += src/sys/watch.c
npivctl_SRC += src/sys/worker.c
npivctl_SRC += src/sys/xml-in.c
npivctl_SRC += src/sys/xml-libvirt.c
npivctl_SRC += src/sys/xml-out.c
npivctl_LIBS := blkid inih libsystemd libudev libxml-2.0 mount smartcols
$(BUILD)/src/npivctl.o: ALL_CPPFLAGS += -DNPIV_VERSION='"$(VERSION)"'
# libxml2 alone keeps its headers in a folder of its own.
LIBXML_CPPFLAGS := $(shell $(PKG_CONFIG) --cflags libxml-2.0 2>/dev/null)
$(BUILD)/src/ctl-%.o $(BUILD)/src/guest-%.o $(BUILD)/src/sys/xml-%.o: ALL_CPPFLAGS += $(LIBXML_CPPFLAGS)

# The same with roots that the environment names, for tests alone: build/test-bin/NAME.
TEST_PROGRAMS := npiv-generator npiv-id npiv-vport
