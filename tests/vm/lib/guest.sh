# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The guest behind ssh: commands, files, boots. Uses vm_dir and image.
# shellcheck disable=SC2029,SC2154 # commands are for the guest as they stand

# One master connection carries every later command: a login costs a second under emulation.
guest_ssh_options() {
    ssh_options=(-F none -i "$image/ssh_key" -p "$(cat "$vm_dir/port")"
        -o ControlMaster=auto -o "ControlPath=$vm_dir/ssh.sock" -o ControlPersist=600
        -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR
        -o IdentitiesOnly=yes -o ConnectTimeout=3 -o ServerAliveInterval=15)
}

guest_ssh() {
    guest_ssh_options
    ssh "${ssh_options[@]}" root@127.0.0.1 "$@"
}

# A script on stdin, strict and with an empty stdin of its own; its exit code is ours.
guest_run() {
    # shellcheck disable=SC2016 # expands in the guest
    guest_ssh 'exec bash --norc -euo pipefail -c "$(cat)" vm-run </dev/null'
}

# Copy a file to a file (or into a folder: TARGET/), or what is in a folder into a folder. All is
# root's there. Folders that exist keep their mode, so that a DESTDIR tree can be laid over /.
guest_push() {
    local source=$1 target=$2 mode
    if [ -d "$source" ]; then
        tar -C "$source" -c . | guest_ssh "$(printf 'mkdir -p %q && tar -C %q -x \
            --no-same-owner --no-overwrite-dir --keep-directory-symlink' "$target" "$target")"
    else
        [ "${target%/}" = "$target" ] || target+=${source##*/}
        mode=$(stat -c %a "$source")
        guest_ssh "$(printf 'rm -f %q && install -D -m %s /dev/stdin %q' \
            "$target" "$mode" "$target")" < "$source"
    fi
}

guest_pull() {
    local source=$1 target=$2
    if guest_ssh "$(printf '[ -d %q ]' "$source")" < /dev/null; then
        mkdir -p "$target"
        guest_ssh "$(printf 'tar -C %q -c .' "$source")" | tar -C "$target" -x --no-same-owner
    else
        [ ! -d "$target" ] || target=${target%/}/${source##*/}
        guest_ssh "$(printf 'cat %q' "$source")" > "$target"
    fi
}

# Forget a master whose guest is another boot now.
guest_disconnect() {
    guest_ssh_options
    timeout 5 ssh "${ssh_options[@]}" -O exit root@127.0.0.1 2>/dev/null || true
    rm -f "$vm_dir/ssh.sock"
}

guest_answers() {
    guest_ssh_options
    timeout 15 ssh -n "${ssh_options[@]}" root@127.0.0.1 true 2>/dev/null
}

# QEMU accepts a connection long before sshd does, and ssh would sit out a timeout at each try. So
# wait for the guest's word on the console (guest/etc/systemd/system/ssh.service.d).
guest_is_up() {
    kernel_log "$(< "$vm_dir/boot-mark")" | grep -a 'npiv-vm: ssh answers' > /dev/null && guest_answers
}

guest_wait() {
    wait_for "${NPIV_VM_TIMEOUT:-480}" "ssh" or_qemu_ended guest_is_up || die_with_log "no ssh"
    qemu_pid > /dev/null || die_with_log "QEMU has ended: $(cat "$vm_dir/qemu.log")"
}

guest_set_clock() {
    guest_ssh "date -s @$(date +%s.%N) >/dev/null; hwclock -w 2>/dev/null || true"
}

# What systemctl $1 asks logind to do, without starting logind for it.
guest_begin_shutdown() {
    guest_ssh_options
    timeout 20 ssh -n "${ssh_options[@]}" root@127.0.0.1 \
        systemctl --no-block --job-mode=replace-irreversibly start "$1.target" || true
    guest_disconnect
}

# A reboot is a new QEMU on the same disk: one that is merely reset keeps the old kernel's
# translated code, and the next boot takes twice as long under emulation.
guest_reboot() {
    local pid
    pid=$(qemu_pid) || die "it does not run"
    guest_begin_shutdown reboot
    wait_for "${NPIV_VM_STOP_TIMEOUT:-90}" "shutdown" qemu_gone "$pid" ||
        die_with_log "the shutdown hangs"
    ! kernel_died || exit 1
    qemu_start "$(readlink "$vm_dir/disk")"
    guest_wait
}

# Ask politely, for as long as a shutdown may take, then end QEMU.
guest_poweroff() {
    local pid
    pid=$(qemu_pid) || return 0
    guest_begin_shutdown poweroff
    wait_for "${NPIV_VM_STOP_TIMEOUT:-90}" "power off" qemu_gone "$pid" ||
        say "the shutdown hangs: pulling the plug"
    ! kernel_died || exit 1
    qemu_kill
}
