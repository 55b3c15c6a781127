# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The running state of a VM that has just booted: saved once for an image and a machine, restored
# by every later start. It is a migration to a file, and the disk as it was at that moment, which
# becomes the backing file of every VM restored from it: nothing is copied.
# shellcheck disable=SC2154 # image comes from vm

snapshot_folder() {
    local accel key
    accel=$(qemu_accel)
    key=$({
        qemu_machine "$accel"
        qemu_kernel_arguments
        qemu-system-x86_64 --version
        [ "$accel" = tcg ] || grep -m 1 'model name' /proc/cpuinfo
    } | sha256sum | cut -c1-16)
    echo "$image/snapshot-$key"
}

snapshot_exists() {
    [ -e "$(snapshot_folder)/state" ]
}

# Does the guest sit still? A system that failed a unit has booted, too.
snapshot_guest_settled() {
    guest_ssh 'systemctl is-system-running --wait >/dev/null || true; udevadm settle; sync'
}

# Save the VM that runs on disk $1 and end it. One saver at a time; who comes second goes without.
snapshot_save() {
    local disk=$1 folder lock done=1
    folder=$(snapshot_folder)
    exec {lock}> "$folder.lock"
    if flock -n "$lock" && ! snapshot_exists; then
        say "saving the state for later starts"
        mkdir -p "$folder"
        snapshot_guest_settled
        guest_disconnect
        if snapshot_write_state "$folder/state.new"; then
            qemu_kill
            snapshot_publish "$disk" "$folder"
            done=0
        else
            say "saving failed; the VM goes on"
            qemu_command cont > /dev/null
        fi
    fi
    exec {lock}>&-
    return "$done"
}

snapshot_write_state() {
    qemu_command stop > /dev/null
    qemu_command migrate-set-parameters '{"max-bandwidth":100000000000}' > /dev/null
    qemu_command migrate "{\"uri\":\"exec:cat > '$1'\"}" > /dev/null
    wait_for 60 "the state to be written" or_qemu_ended qemu_says query-migrate \
        '"status": "(completed|failed)"' &&
        qemu_says query-migrate '"status": "completed"'
}

# The state's file comes last: it says that the snapshot is whole. An older disk stays, because VMs
# may run on it.
snapshot_publish() {
    local disk=$1 folder=$2 name
    name=disk-$(date +%s)-$$.qcow2
    mv "$disk" "$folder/$name"
    ln -sfn "$name" "$folder/disk"
    mv "$folder/state.new" "$folder/state"
}

# Start on the new disk $1 from the snapshot. A state that QEMU refuses is not tried again.
snapshot_restore() {
    local disk=$1 folder
    folder=$(snapshot_folder)
    qemu-img create -q -f qcow2 -F qcow2 -b "$(realpath "$folder/disk")" "$disk"
    if qemu_start "$disk" -incoming "exec:cat '$folder/state'" &&
        wait_for 30 "the saved state" or_qemu_ended qemu_says query-status '"paused"' &&
        qemu_command cont > /dev/null &&
        wait_for 60 "ssh" or_qemu_ended guest_answers && qemu_pid > /dev/null; then
        guest_set_clock
        return 0
    fi
    say "the saved state cannot be restored: booting instead"
    qemu_pid > /dev/null || rm -f "$folder/state"
    qemu_kill
    rm -f "$disk"
    return 1
}
