# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The QEMU process of one VM: its command line, its monitor, its end. Uses vm_dir and image.
# shellcheck disable=SC2154

# KVM only where a hardware driver is loaded: elsewhere /dev/kvm may exist and hang stock kernels.
qemu_accel() {
    if [ -n "${NPIV_VM_ACCEL:-}" ]; then
        echo "$NPIV_VM_ACCEL"
    elif [ -w /dev/kvm ] && { [ -e /sys/module/kvm_intel ] || [ -e /sys/module/kvm_amd ]; }; then
        echo kvm
    else
        echo tcg
    fi
}

# A virtio NIC at a fixed PCI slot: tests choose an HBA by its PCI address. $1 id, $2 slot, $3 the
# last two bytes of its MAC, by which guest/etc/systemd/network names the interface, $4 its MTU.
qemu_nic() {
    echo -device "virtio-net-pci,netdev=$1,addr=$2,mac=52:54:00:6e:$3,host_mtu=$4,romfile="
}

# A fabric is a hub with two ports: the initiator's NIC and the switch's. $1 fabric, $2 hub number,
# $3 and $4 the two slots. Frames carry 2112 bytes of FC payload, hence the MTU.
qemu_fabric() {
    echo -netdev "hubport,id=hba-$1,hubid=$2" -netdev "hubport,id=fcf-$1,hubid=$2"
    qemu_nic "hba-$1" "$3" "70:${1}1" 2500
    qemu_nic "fcf-$1" "$4" "70:${1}2" 2500
}

# What the guest sees: this text is part of a snapshot's key, so it holds no path of this run.
qemu_machine() {
    local accel=$1 cpu
    # Without AVX and newer: emulated, they make a boot slower, and the kernel loads more modules.
    case $accel in
    kvm) cpu=${NPIV_VM_CPU:-host} ;;
    *) cpu=${NPIV_VM_CPU:-Nehalem} accel=tcg,thread=multi ;;
    esac
    echo -nodefaults -no-user-config -display none -vga none
    echo -machine q35,usb=off -accel "$accel" -cpu "$cpu" -smp "${NPIV_VM_CPUS:-2}"
    echo -m "${NPIV_VM_MEMORY:-2G}" -rtc base=utc,clock=host
    echo -device virtio-rng-pci,addr=2 -device virtio-blk-pci,drive=root,addr=3
    echo -netdev user,id=mgmt,hostfwd=tcp:127.0.0.1:0-:22
    qemu_nic mgmt 4 70:00 1500
    qemu_fabric a 1 0x10 0x11
    qemu_fabric b 2 0x12 0x13
}

# norandmaps: QEMU translates a program anew wherever it lies. With random addresses that is elsewhere each
# time, and takes longer than most programs run. No real processor pays for that.
#
# A kernel that has done something wrong goes on as long as it can, and whoever needs what it broke waits for ever.
# So an oops ends it at once, and so does a task that has been blocked for two minutes: no wait of the SCSI
# layer is longer (30 s for a command, 60 s for a lost port), however slow the emulation is. The panic's text is
# on the serial log before QEMU ends (lib/kernel.sh reads it there), so the level of the console stays at 7.
qemu_kernel_arguments() {
    echo "root=/dev/vda rw console=ttyS0 loglevel=7 mitigations=off nowatchdog no_timer_check" \
        "oops=panic panic=-1 sysctl.kernel.hung_task_panic=1 sysctl.kernel.hung_task_timeout_secs=120" \
        "sysctl.kernel.hung_task_check_interval_secs=10" \
        "random.trust_cpu=on apparmor=0 audit=0 norandmaps ${NPIV_VM_APPEND:-}"
}

# One QMP command, $1, with its arguments, $2; the answer's line to stdout. The connection stays
# open until the answer is there: QEMU forgets the commands of somebody who has hung up. A subshell,
# because a QEMU that has ended is a broken pipe.
qemu_command() (
    exec 2>/dev/null
    coproc QMP { exec socat - "UNIX-CONNECT:$vm_dir/qmp.sock"; }
    printf '%s\n' '{"execute":"qmp_capabilities"}' \
        "{\"execute\":\"$1\",\"arguments\":${2:-{\}},\"id\":1}" >&"${QMP[1]}"
    while read -r -t 20 line <&"${QMP[0]}"; do
        case $line in
        *'"id": 1'*) echo "$line" && exit 0 ;;
        esac
    done
    exit 1
)

# Does the answer to $1 match $2?
qemu_says() {
    local answer
    answer=$(qemu_command "$1") && [[ $answer =~ $2 ]]
}

# QEMU took a free port by itself, so that no two VMs can want the same one. Only the human monitor
# tells it, in a table: protocol[state], descriptor, source address, port.
qemu_ssh_port() {
    qemu_command human-monitor-command '{"command-line":"info usernet"}' |
        sed -n 's/^.*HOST_FORWARD\] *[0-9]* *[0-9.]* *\([0-9]*\) .*$/\1/p'
}

qemu_pid() {
    local pid
    pid=$(cat "$vm_dir/qemu.pid" 2>/dev/null) && [ -d "/proc/$pid" ] &&
        grep -q qemu "/proc/$pid/comm" 2>/dev/null && echo "$pid"
}

# Start on disk $1; the remaining arguments are added to the command line. The serial log goes on where it
# was (`start` begins a new one): whoever reads it sees what the boots before had to say. Any reset ends
# QEMU: that of a reboot (guest_reboot) and that of a panic.
qemu_start() {
    local disk=$1 console="server=on,wait=off,logfile=$vm_dir/serial.log,logappend=on"
    shift
    rm -f "$vm_dir"/{qmp,serial}.sock "$vm_dir/port"
    kernel_mark > "$vm_dir/boot-mark"
    ln -sfn "$disk" "$vm_dir/disk"
    # shellcheck disable=SC2046 # words on purpose
    qemu-system-x86_64 $(qemu_machine "$(qemu_accel)") \
        -name "npiv-vm,process=qemu-npiv" -action reboot=shutdown -daemonize -pidfile "$vm_dir/qemu.pid" \
        -kernel "$image/kernel" -initrd "$image/initrd" -append "$(qemu_kernel_arguments)" \
        -drive "file=$disk,if=none,id=root,format=qcow2,cache=unsafe,discard=unmap" \
        -chardev "socket,id=serial,path=$vm_dir/serial.sock,$console" -serial chardev:serial \
        -qmp "unix:$vm_dir/qmp.sock,server=on,wait=off" "$@" 2> "$vm_dir/qemu.log" || {
        say "QEMU does not start: $(cat "$vm_dir/qemu.log")"
        return 1
    }
    qemu_ssh_port > "$vm_dir/port"
    [ -s "$vm_dir/port" ] || {
        say "QEMU does not tell its ssh port"
        return 1
    }
}

# End the process, by its id alone. The guest has synced or is not wanted any more.
qemu_kill() {
    local pid
    pid=$(qemu_pid) || return 0
    kill "$pid"
    wait_for 10 "QEMU to end" qemu_gone "$pid" || kill -KILL "$pid"
    rm -f "$vm_dir"/{qmp,serial}.sock "$vm_dir/qemu.pid"
}

# For wait_for: is it so, or is there no QEMU any more that it could be so in?
or_qemu_ended() {
    ! qemu_pid > /dev/null || "$@"
}

qemu_gone() {
    [ ! -d "/proc/$1" ]
}
