# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the VM's kernel says on the serial console: its log by marks, its complaints, its death. Uses vm_dir.
# shellcheck disable=SC2154

# A kernel that says one of these is broken, whatever it does afterwards.
kernel_fatal='BUG: |kernel BUG at|Oops|general protection|Kernel panic|blocked for more than|WARNING: CPU'

# A flush, a read or a write has failed.
kernel_io='Synchronize Cache.*failed|error, dev [^ ]+, (sector|logical block)|lost (a?sync )?page write'

# How long the serial log is now: a mark to read it from later.
kernel_mark() {
    stat -c %s "$vm_dir/serial.log" 2> /dev/null || echo 0
}

# kernel_log MARK: what was added since, without the console's carriage returns. A log that is shorter than the
# mark belongs to a VM that was started since.
kernel_log() {
    local mark=$1
    [ "$mark" -le "$(kernel_mark)" ] || mark=0
    tail -c "+$((mark + 1))" "$vm_dir/serial.log" 2> /dev/null | tr -d '\r'
}

# kernel_complaints MARK: the lines since in which the kernel tells of a fault.
kernel_complaints() {
    kernel_log "$1" | grep -aE "$kernel_fatal|$kernel_io" || true
}

# Has the kernel ended by itself? Any fatal fault is a panic (qemu_kernel_arguments), which ends QEMU. The
# connections of QEMU end before its process does.
kernel_died() {
    kernel_log "$(cat "$vm_dir/boot-mark")" | grep -a 'Kernel panic' > /dev/null &&
        wait_for 20 "QEMU to end" or_qemu_ended false && ! qemu_pid > /dev/null
}

# At the end of a command that has failed: say whether that was the kernel's fault, and what it said from its
# first complaint on.
kernel_tell_death() {
    local status=$?
    if [ $status -ne 0 ] && kernel_died; then
        say "the kernel of the VM has crashed; $vm_dir/serial.log has:"
        kernel_log "$(cat "$vm_dir/boot-mark")" | grep -aE -A 80 "$kernel_fatal" | head -n 80 >&2 || true
    fi
    exit $status
}
