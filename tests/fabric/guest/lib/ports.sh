# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Switches, HBAs and target ports: interfaces, the units fcf@, and the fcoe driver's sysfs.

fabrics=()

# fcoe derives the WWPN from the MAC address (fcoe_wwn_from_mac, scheme 2).
wwpn_of() {
    local interface=$1 mac
    [ -e "/sys/class/net/$interface" ] || interface=tgt-$1
    [ -e "/sys/class/net/$interface" ] || die "there is no port '$1'"
    read -r mac <"/sys/class/net/$interface/address"
    REPLY=2000${mac//:/}
}

# REPLY = the hostN with a WWPN, empty when there is none.
find_host_by_wwpn() {
    local file wwpn=$((16#$1)) name
    REPLY=
    for file in /sys/class/fc_host/*/port_name; do
        [ -e "$file" ] || continue
        read -r name <"$file"
        [ "$((name))" != "$wwpn" ] || { file=${file%/*}; REPLY=${file##*/}; return; }
    done
}

find_host() {
    wwpn_of "$1"
    find_host_by_wwpn "$REPLY"
}

# REPLY = the remote port through which the initiator of a WWPN sees that of another, or empty.
find_rport() {
    local rport name
    find_host_by_wwpn "$1"
    for rport in "/sys/class/fc_host/${REPLY:-none}/device"/rport-*/fc_remote_ports/*; do
        REPLY=
        [ -e "$rport" ] || return 0
        read -r name <"$rport/port_name"
        [ "$((name))" != "$((16#$2))" ] || { REPLY=$rport; return; }
    done
}

has_rport() {
    find_rport "$@"
    [ -n "$REPLY" ]
}

# present=(targets whose port exists)
find_targets() {
    local path
    present=()
    for path in /sys/class/net/tgt-*; do
        [ ! -e "$path" ] || present+=("${path##*/tgt-}")
    done
}

# Fibre Channel loses no frame, so Ethernet must not: a lost one leaves a command in the target
# that never ends, and then the logout hangs (tcm_fc: target_wait_for_cmds). systemd's default
# queue, fq_codel, drops on purpose; behind veth frames wait in the CPU's backlog, 1000 at most.
lossless() {
    echo 100000 >/proc/sys/net/core/netdev_max_backlog
}

# Bring up NICs, all in two processes.
nics_up() {
    local nic links='' queues=''
    for nic in "$@"; do
        links+="link set dev $nic mtu 2500 up"$'\n'
        queues+="qdisc replace dev $nic root pfifo limit 100000"$'\n'
    done
    ip -batch - <<<"$links"
    tc -batch - <<<"$queues"
}

# usable=(fabrics whose two NICs are there); udev may still be naming them.
find_fabrics() {
    local fabric
    usable=()
    for fabric in "${fabrics[@]}"; do
        if wait_for 600 test -e "/sys/class/net/fcf-$fabric" -a -e "/sys/class/net/hba-$fabric"; then
            usable+=("$fabric")
        else
            say "no interfaces fcf-$fabric and hba-$fabric: no fabric $fabric"
        fi
    done
}

fabrics_up() {
    local mode fabric nics=()
    find_fabrics
    lossless
    for fabric in "${usable[@]}"; do
        nics+=("fcf-$fabric" "hba-$fabric")
    done
    nics_up "${nics[@]}"
    for fabric in "${usable[@]}"; do
        mode=$1
        [ -z "$2" ] || [ "$2" = "$fabric" ] || mode=up
        [ -S "/run/fcf/$fabric.socket" ] || systemctl start "fcf@$fabric.service"
        [ "$mode" != down ] || fcfctl "$fabric" state down
        fcfctl "$fabric" attach "fcf-$fabric" initiator
        fcoe_create "hba-$fabric"
        # Only now: fcoe takes an interface that was never up for one with a link.
        [ "$mode" != nolink ] || ip link set dev "hba-$fabric" down
    done
}

# The mode stays "Fabric"; enabling twice is an error of the driver.
fcoe_create() {
    local interface=$1 enabled
    compgen -G "/sys/class/net/$interface/ctlr_*" >/dev/null ||
        echo "$interface" >/sys/bus/fcoe/ctlr_create
    for enabled in "/sys/class/net/$interface"/ctlr_*/enabled; do
        [ "$(<"$enabled")" = 1 ] || echo 1 >"$enabled"
    done
}

is_gone() {
    ! compgen -G "/sys/class/net/$1/ctlr_*" >/dev/null
}

# Destruction goes on in the driver's work queue after the write. Disks go first, one by one:
# a host that is removed takes the link away before their caches can be flushed.
fcoe_destroy() {
    local device
    is_gone "$1" && return 0
    find_host "$1"
    for device in "/sys/class/fc_host/$REPLY/device"/{,vport-*/host*/}rport-*/target*/*:*/delete; do
        [ ! -e "$device" ] || echo 1 >"$device"
    done
    echo "$1" >/sys/bus/fcoe/ctlr_destroy || true
    wait_for 300 is_gone "$1" || say "$1: the driver does not let go"
}

# Masks first, then the port: an initiator that logs in earlier is refused and not asked again.
target_up() {
    local target=$1 fabric=${1:0:1} prefix=02:fc:0${1:0:1}:0${1:1}
    [ -S "/run/fcf/$fabric.socket" ] || return 0
    [ -e "/sys/class/net/tgt-$target" ] || ip -batch - <<LINKS
link add tgt-$target address $prefix:00:01 mtu 2500 type veth peer name sw-$target address $prefix:00:02 mtu 2500
link set dev sw-$target up
link set dev tgt-$target up
LINKS
    lio_target "$target"
    fcfctl "$fabric" attach "sw-$target" target
    fcoe_create "tgt-$target"
}

target_down() {
    local target=$1
    [ -e "/sys/class/net/tgt-$target" ] || return 0
    fcoe_destroy "tgt-$target"
    lio_clear "$target"
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

# nics=(what hangs on the switch of a fabric: its HBA and its targets)
find_nics() {
    local target
    nics=("hba-$1")
    find_targets
    for target in "${present[@]}"; do
        [ "${target:0:1}" != "$1" ] || nics+=("tgt-$target")
    done
}

# Links first: a frame that is on its way to a switch that ends would be lost.
switch_down() {
    local nic
    for nic in "${nics[@]}"; do
        ip link set dev "$nic" down
    done
    systemctl stop "fcf@$1.service"
}

switch_up() {
    local fabric=$1 nic
    systemctl start "fcf@$fabric.service"
    wait_for 50 test -S "/run/fcf/$fabric.socket"
    fcfctl "$fabric" attach "fcf-$fabric" initiator
    for nic in "${nics[@]}"; do
        [ "$nic" = "hba-$fabric" ] || fcfctl "$fabric" attach "sw-${nic#tgt-}" target
        ip link set dev "$nic" up
    done
}

switch() {
    local action=$1 fabric=$2
    [[ " ${fabrics[*]} " = *" $fabric "* ]] || die "there is no fabric '$fabric'"
    find_nics "$fabric"
    case $action in
    up) switch_up "$fabric" ;;
    down) switch_down "$fabric" ;;
    restart) switch_down "$fabric"; switch_up "$fabric" ;;
    *) usage >&2; exit 2 ;;
    esac
}

is_online() {
    find_host "$1"
    [ -n "$REPLY" ] && [ "$(<"/sys/class/fc_host/$REPLY/port_state")" = Online ]
}

wait_online() {
    local port deadline=$((SECONDS + $1))
    find_targets
    for port in "${fabrics[@]/#/hba-}" "${present[@]}"; do
        until is_online "$port"; do
            [ $SECONDS -lt $deadline ] || die "$port is not Online"
            sleep 0.1
        done
    done
}

status() {
    local fabric
    for fabric in "${fabrics[@]}"; do
        [ ! -S "/run/fcf/$fabric.socket" ] || fcfctl "$fabric" status
    done
}
