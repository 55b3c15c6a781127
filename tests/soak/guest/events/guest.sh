# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# guest.on, guest.off: the guest that has a pool of its own starts, is ended.
weight[guest]=2

draw_guest() {
    any on off
}

# It has nothing to boot, and would take a whole processor for that: so it stays paused.
play_guest() {
    if [ "$1" = on ] && [ $guest_runs = no ]; then
        [ -e $soak/db.xml ] || write_domain
        virsh -q start --paused db || { echo '  libvirt does not start it'; return 0; }
        guest_runs=yes
    elif [ "$1" = off ] && [ $guest_runs = yes ]; then
        virsh -q destroy db
        guest_runs=no
    fi
}

write_domain() {
    mkdir -p /etc/libvirt/hooks/qemu.d
    ln -sf /usr/bin/npiv-qemu-hook /etc/libvirt/hooks/qemu.d/npiv
    systemctl restart libvirtd
    cat > $soak/db.xml <<'X'
<domain type='qemu'><name>db</name><memory>65536</memory><os><type arch='x86_64' machine='q35'>hvm</type></os>
<devices><controller type='scsi' model='virtio-scsi'/></devices></domain>
X
    virsh -q define $soak/db.xml
}
