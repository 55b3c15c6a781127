# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What cases with guests of libvirt's share inside the VM, beside guest-lib.sh. Their guest is the tiny one
# of tests/vm/tiny-guest.

tiny_image=/usr/local/lib/npiv-test/tiny-guest
# Where host and guest write to each other, in sectors of 512 bytes (tiny-guest/layout.h).
host_sector=32
# shellcheck disable=SC2034 # for the cases
guest_sector=40 tick_sector=48

# install_guest DEVICE TEXT: put the tiny guest on a LUN, with what the host has to say to it.
install_guest() {
    dd "if=$tiny_image" "of=$1" bs=4k oflag=direct conv=nocreat status=none
    tell_guest "$1" "$2"
}

# tell_guest DEVICE TEXT: write what the guest reads, past every cache of this host.
tell_guest() {
    printf %s "$2" | dd "of=$1" bs=512 seek=$host_sector oflag=direct conv=sync,nocreat status=none
}

# A logical unit of an array that has a name of its own.
acme() {
    [ -e "/var/lib/fabric/$1.img" ] || fabricctl lun "$1" vendor=ACME product='Array 9000'
}

# The words that stand in the array's own file of a logical unit, at a sector.
array_has() {
    dd "if=/var/lib/fabric/$1.img" bs=512 skip="$2" count=1 status=none | tr -d '\0'
}

# domain NAME < DEVICES: define a guest with these devices. It boots from the first one; but SeaBIOS only
# shows those that may be booted from, so all may.
domain() {
    local name=$1
    cat > "/run/$name.xml" <<XML
<domain type='qemu'>
  <name>$name</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <controller type='usb' model='none'/>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    $(awk '/<\/(disk|hostdev)>/ { printf "<boot order=\"%d\"/>", ++n } { print }')
    <serial type='file'><source path='$(console_of "$name")'/></serial>
    <memballoon model='none'/>
  </devices>
</domain>
XML
    virsh -q define --validate "/run/$name.xml"
}

console_of() {
    echo "/var/log/libvirt/qemu/$1.console"
}

# What the guest has said since its start.
said_by() {
    [ -e "$(console_of "$1")" ] || return 0
    tr -d '\r' < "$(console_of "$1")"
}

# boot NAME: start a guest and wait for its own end.
boot() {
    local began=${EPOCHREALTIME/./}
    virsh -q start "$1"
    echo "figure: virsh start $1 took $(seconds $((${EPOCHREALTIME/./} - began))) s"
    within 120 'the guest has done all' "has \"\$(said_by $1)\" '^power off'"
    echo "figure: it booted, did its work and was off after $(seconds $((${EPOCHREALTIME/./} - began))) s"
    said_by "$1" | sed 's/^/    | /'
    within 20 'libvirt knows' "[ \"\$(virsh -q domstate $1)\" = 'shut off' ]"
}

# No guest of this name, whatever it does now.
undefine() {
    local name
    for name; do
        virsh -q destroy "$name" 2> /dev/null || true
        virsh -q undefine "$name" 2> /dev/null || true
        rm -f "$(console_of "$name")" "/run/$name.xml"
    done
}

# in_order JOURNAL PATTERN...: the journal, with monotonic times, has a line of each pattern, and each comes
# after that of the pattern before.
in_order() {
    local journal=$1 before=0 pattern line at
    shift
    for pattern; do
        line=$(grep -m 1 -e "$pattern" <<< "$journal") || broken "the journal has no '$pattern'"
        at=${line#\[} at=${at%%\]*}
        echo "    $line"
        awk -v a="$before" -v b="$at" 'BEGIN { exit !(a <= b) }' || broken "too early: $line"
        before=$at
    done
}

# pool_xml NAME N: libvirt's own pool for vHBA number N, which is to come and go with it.
pool_xml() {
    cat <<XML
<pool type='scsi'><name>$1</name>
<source><adapter type='fc_host' managed='yes' parent='scsi_$(fabricctl host hba-a)' wwnn='$(wwnn "$2")' wwpn='$(wwpn "$2")'/></source>
<target><path>/dev/disk/by-id</path></target></pool>
XML
}

drop_pool() {
    local name
    for name; do
        virsh -q pool-destroy "$name" 2> /dev/null || true
        virsh -q pool-undefine "$name" 2> /dev/null || true
    done
}
