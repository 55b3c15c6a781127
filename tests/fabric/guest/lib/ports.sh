# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Switches, HBAs and target ports: interfaces, the units fcf@, and the fcoe driver's sysfs.

# fcoe derives the WWPN from the MAC address (fcoe_wwn_from_mac, scheme 2).
wwpn_of() {
    local interface=$1 mac
    [ -e "/sys/class/net/$interface" ] || interface=tgt-$1
    [ -e "/sys/class/net/$interface" ] || die "there is no port '$1'"
    mac=$(<"/sys/class/net/$interface/address")
    echo "2000${mac//:/}"
}

host_of() {
    local wwpn file
    wwpn=$(wwpn_of "$1")
    for file in /sys/class/fc_host/*/port_name; do
        [ -e "$file" ] || continue
        if [ "$(printf %016x "$(<"$file")")" = "$wwpn" ]; then
            basename "$(dirname "$file")"
            return
        fi
    done
    die "no fc_host of '$1'"
}

targets_present() {
    local path
    for path in /sys/class/net/tgt-*; do
        [ ! -e "$path" ] || echo "${path##*/tgt-}"
    done
}

is_attached() {
    fcfctl "$1" status | grep "^link name=$2 " >/dev/null
}

attach() {
    is_attached "$1" "$2" || fcfctl "$1" attach "$2" "$3"
}

# Fibre Channel loses no frame, so Ethernet must not: a lost one leaves a command in the target
# that never ends, and then the logout hangs (tcm_fc: target_wait_for_cmds). systemd's default
# queue, fq_codel, drops on purpose; behind veth frames wait in the CPU's backlog, 1000 at most.
lossless() {
    echo 100000 >/proc/sys/net/core/netdev_max_backlog
}

interface_up() {
    ip link set dev "$1" mtu 2500 up
    tc qdisc replace dev "$1" root pfifo limit 100000
}

switch_up() {
    local fabric=$1 mode=$2
    wait_for 100 test -e "/sys/class/net/fcf-$fabric" || {
        say "no interface fcf-$fabric: no fabric $fabric"
        return 0
    }
    lossless
    systemctl start --no-block "fcf@$fabric.service"
    if [ "$mode" = down ]; then
        fcfctl "$fabric" state down
    else
        fcfctl "$fabric" state up
    fi
    interface_up "fcf-$fabric"
    attach "$fabric" "fcf-$fabric" initiator
}

fcoe_create() {
    local interface=$1
    if ! compgen -G "/sys/class/net/$interface/ctlr_*" >/dev/null; then
        echo "$interface" >/sys/bus/fcoe/ctlr_create
    fi
    # The mode stays "Fabric"; enabling twice is an error of the driver.
    [ "$(cat "/sys/class/net/$interface"/ctlr_*/enabled)" = 1 ] ||
        echo 1 | tee "/sys/class/net/$interface"/ctlr_*/enabled >/dev/null
}

is_gone() {
    ! compgen -G "/sys/class/net/$1/ctlr_*" >/dev/null
}

# Destruction goes on in the driver's work queue after the write.
fcoe_destroy() {
    is_gone "$1" && return 0
    echo "$1" >/sys/bus/fcoe/ctlr_destroy || true
    wait_for 300 is_gone "$1" || say "$1: the driver does not let go"
}

hba_up() {
    local interface=$1 mode=$2
    wait_for 100 test -e "/sys/class/net/$interface" || return 0
    if [ "$mode" = nolink ]; then
        interface_up "$interface"
        ip link set dev "$interface" down
    else
        interface_up "$interface"
    fi
    fcoe_create "$interface"
}

# Masks first, then the port: an initiator that logs in earlier is refused and not asked again.
target_up() {
    local target=$1 fabric=${1:0:1} number=${1:1} prefix
    systemctl is-active --quiet "fcf@$fabric.service" || return 0
    prefix=02:fc:0$fabric:0$number
    if [ ! -e "/sys/class/net/tgt-$target" ]; then
        ip link add "tgt-$target" address "$prefix:00:01" mtu 2500 type veth \
            peer name "sw-$target" address "$prefix:00:02" mtu 2500
    fi
    lio_target "$target"
    interface_up "sw-$target"
    interface_up "tgt-$target"
    attach "$fabric" "sw-$target" target
    fcoe_create "tgt-$target"
}

target_down() {
    local target=$1
    [ -e "/sys/class/net/tgt-$target" ] || return 0
    fcoe_destroy "tgt-$target"
    lio_clear_target "$target"
    ip link del "tgt-$target"
}

link() {
    local interface=$2
    [ -e "/sys/class/net/$interface" ] || interface=tgt-$2
    case $1 in
    up | down) ip link set dev "$interface" "$1" ;;
    *) usage >&2; exit 2 ;;
    esac
}

is_online() {
    local host
    host=$(host_of "$1" 2>/dev/null) || return 1
    [ "$(<"/sys/class/fc_host/$host/port_state")" = Online ]
}

wait_online() {
    local port fabric deadline=$((SECONDS + $1))
    for port in $(for fabric in $(config_fabrics); do echo "hba-$fabric"; done) $(targets_present); do
        until is_online "$port"; do
            [ $SECONDS -lt $deadline ] || die "$port is not Online"
            sleep 0.1
        done
    done
}

status() {
    local fabric
    for fabric in $(config_fabrics); do
        systemctl is-active --quiet "fcf@$fabric.service" || continue
        fcfctl "$fabric" status
    done
}
