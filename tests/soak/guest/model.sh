# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034 # used by events and invariants
# What there is, and what is wanted of it: the soak's own idea of the host, against which it is judged.

soak=/root/soak # on the disk: /run is full now and then
records=$soak/records

# Six vHBAs of four pools over two fabrics: "solo" has one; "duo" is one map of multipath over two; "pair" has two
# paths without multipath; "guest" belongs to a guest of libvirt's. Each pool has LUNs 0 and 1. LUN 0 stays what it is;
# LUN 1 is unmapped, mapped, and put on another logical unit.
vhbas=(solo duo-a duo-b pair-a pair-b guest)
pools=(solo duo pair guest)
declare -A pool=([solo]=solo [duo-a]=duo [duo-b]=duo [pair-a]=pair [pair-b]=pair [guest]=guest)
declare -A fabric=([solo]=a [duo-a]=a [duo-b]=b [pair-a]=a [pair-b]=b [guest]=b)
declare -A number=([solo]=1 [duo-a]=2 [duo-b]=3 [pair-a]=4 [pair-b]=5 [guest]=6)

declare -A want=()   # by vHBA: "yes" once it was started, until it is stopped
declare -A masked=() # by vHBA: "yes" while `systemctl mask` holds
declare -A mapped=() # by "POOL LUN": the logical unit that the array shows there; empty where none
declare -A meant=()  # by "POOL LUN": the logical unit that the name means; "?" where either may be so; empty: none yet
guest_runs=no
quiet_links=yes # no link went since the last look: a flush has no reason to fail

# vHBAs of a pool; those that are wanted.
vhbas_of() {
    local v
    for v in "${vhbas[@]}"; do
        [ "${pool[$v]}" != "$1" ] || echo "$v"
    done
}

wanted_of() {
    local v
    for v in $(vhbas_of "$1"); do
        [ -z "${want[$v]-}" ] || echo "$v"
    done
}

target_of() {
    echo "${fabric[$1]}1"
}

declare -A serials=()
# REPLY = the serial number that the array gives a logical unit.
serial_of() {
    [ -n "${serials[$1]-}" ] || serials[$1]=$(sed -n 's/^serial=//p' "/etc/fabric/lun/$1" 2> /dev/null || true)
    REPLY=${serials[$1]}
}

# The model learns that a vHBA was started. Where it is the first of its pool, names mean what there is now.
# A half that joins another one under which a LUN was put on another unit may have either verdict.
started() {
    local p=${pool[$1]} lun
    for lun in 0 1; do
        if [ -z "$(wanted_of "$p")" ]; then
            meant[$p $lun]=${mapped[$p $lun]}
        elif [ -n "${meant[$p $lun]}" ] && [ "${meant[$p $lun]}" != "${mapped[$p $lun]}" ]; then
            meant[$p $lun]='?'
        fi
    done
    want[$1]=yes
    tell_meant "$p"
}

stopped() {
    local p=${pool[$1]} lun
    unset "want[$1]"
    for lun in 0 1; do
        [ -n "$(wanted_of "$p")" ] || meant[$p $lun]=
    done
    tell_meant "$p"
}

# A reload of all vHBAs of a pool: names mean what there is now. Of a LUN that is not there who knows.
accepted() {
    local lun
    for lun in 0 1; do
        meant[$1 $lun]=${mapped[$1 $lun]:-?}
    done
    tell_meant "$1"
}

# What a name means is not known any more.
unsure() {
    local lun
    for lun in 0 1; do
        [ "${meant[$1 $lun]}" = "${mapped[$1 $lun]}" ] || meant[$1 $lun]='?'
    done
    tell_meant "$1"
}

# Writers are told what names mean, where that is known.
tell_meant() {
    local lun unit
    for lun in 0 1; do
        unit=${meant[$1 $lun]}
        REPLY=
        [ -z "$unit" ] || [ "$unit" = '?' ] || serial_of "$unit"
        echo "$REPLY" > "$soak/meant.$1.$lun"
    done
}

# held POOL... -- COMMAND...: while the command runs no writer has a LUN of these pools open.
held() {
    local fds=() fd held=() status=0
    while [ "$1" != -- ]; do
        held+=("$soak/gate.$1.wanted")
        touch "${held[-1]}"
        exec {fd}> "$soak/gate.$1"
        fds+=("$fd")
        shift
    done
    shift
    for fd in "${fds[@]}"; do
        flock -w 180 "$fd" || broken 'writers: one does not end its turn'
    done
    "$@" || status=$?
    rm "${held[@]}"
    for fd in "${fds[@]}"; do
        exec {fd}>&-
    done
    return $status
}

# any WORD...: REPLY = one of them. Not by $(...): there bash draws from another sequence than the seed's.
any() {
    shift $((RANDOM % $#))
    REPLY=$1
}

# --- the world at the beginning ---

# expose POOL LUN: show it to all vHBAs of the pool as it is mapped.
expose() {
    local v
    for v in $(vhbas_of "$1"); do
        fabricctl map "$(target_of "$v")" "$(wwpn "${number[$v]}")" "$2" "${mapped[$1 $2]}"
    done
}

hide() {
    local v
    for v in $(vhbas_of "$1"); do
        fabricctl unmap "$(target_of "$v")" "$(wwpn "${number[$v]}")" "$2"
    done
}

write_file() {
    local v=$1
    vhba_parent=$(fabricctl wwpn "hba-${fabric[$v]}") \
        configure "$v" "${number[$v]}" "pool = ${pool[$v]}" 'luns = 0' "${@:2}"
    case $v in
    duo-a) printf '[pool duo]\nmultipath = yes\nalias.0 = data\n' ;;
    pair-a) printf '[pool pair]\nmultipath = no\nalias.0 = data\n' ;;
    solo) printf '[pool solo]\nalias.0 = data\n' ;;
    guest) printf '[pool guest]\nguest = db\n' ;;
    esac >> "/etc/npiv.d/$v.conf"
}

# Only what is called DUO is multipath's.
write_multipath_conf() {
    cat > /etc/multipath.conf <<'C'
defaults {
 find_multipaths greedy
 polling_interval 2
}
overrides {
 no_path_retry 3
}
blacklist {
 device {
  vendor ".*"
  product ".*"
 }
}
blacklist_exceptions {
 device {
  vendor ".*"
  product "DUO"
 }
}
C
    systemctl restart multipathd
}

# One writer each LUN; each pool has one that uses the page cache and one that does not.
start_writers() {
    local p
    for p in solo duo pair; do
        start_writer "$p" 0 "$([ $p = duo ] && echo buffered || echo direct)" 0
        start_writer "$p" 1 "$([ $p = duo ] && echo direct || echo buffered)" 1
    done
}

start_writer() {
    systemd-run -q --unit="soak-writer-$1-$2-$4" --property=StandardOutput="append:$soak/violations" \
        soak-writer write "$3" "/dev/npiv/$1/$2" "$soak/gate.$1" "$soak/meant.$1.$2" $records "$4"
}

make_world() {
    local p v lun
    mkdir -p $records
    : > $soak/violations
    for p in "${pools[@]}"; do
        : > "$soak/gate.$p"
        for lun in 0 1; do
            for v in "$p-$lun" "$p-${lun}x"; do
                [ "$p" != duo ] || fabricctl lun "$v" product=DUO
            done
            mapped[$p $lun]=$p-$lun
            meant[$p $lun]=
            expose "$p" $lun
        done
        tell_meant "$p"
    done
    write_multipath_conf
    for v in "${vhbas[@]}"; do
        write_file "$v"
    done
    systemctl daemon-reload
    start_writers
}
