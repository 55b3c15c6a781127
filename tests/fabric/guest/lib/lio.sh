# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The SCSI target behind the target ports: LIO's configfs with its FC fabric module tcm_fc.

: "${var:?set by fabricctl}"
lio=/sys/kernel/config/target
maps=()

# REPLY = a WWPN of 16 digits as tcm_fc writes it, with colons.
colons() {
    local i
    REPLY=
    for i in 0 2 4 6 8 10 12 14; do REPLY+=:${1:i:2}; done
    REPLY=${REPLY:1}
}

# REPLY = the portal group of a target.
lio_tpg() {
    wwpn_of "$1"
    colons "$REPLY"
    REPLY=$lio/fc/$REPLY/tpgt_1
}

# REPLY = the mask of an initiator at a target.
lio_acl() {
    local tpg
    lio_tpg "$1"
    tpg=$REPLY
    colons "$2"
    REPLY=$tpg/acls/$REPLY
}

# Write an attribute, naming it when the kernel refuses.
lio_write() {
    printf '%s' "$2" >"$1" || die "$1: '$2' refused"
}

lio_set_identity() {
    config_get "lun/$1" "$2" ""
    [ -z "$REPLY" ] || lio_write "$lio/core/fileio_0/$1/wwn/$3" "$REPLY"
}

# Buffered files are a write-back cache: SYNCHRONIZE CACHE then does what it says.
lio_make_backstore() {
    local name=$1 dir=$lio/core/fileio_0/$1 options
    [ ! -d "$dir" ] || return 0
    config_get "lun/$name" size 16M
    parse_size "$REPLY"
    options=fd_dev_name=$var/$name.img,fd_dev_size=$REPLY
    config_get "lun/$name" cache on
    [ "$REPLY" = off ] || options+=,fd_buffered_io=1
    mkdir "$dir"
    lio_write "$dir/control" "$options"
    lio_write "$dir/enable" 1
    lio_set_identity "$name" serial vpd_unit_serial
    lio_set_identity "$name" vendor vendor_id
    lio_set_identity "$name" product product_id
    lio_set_identity "$name" revision revision
}

# REPLY = the LUN of the portal group behind which a logical unit is exported, made when needed.
lio_export() {
    local tpg=$1 name=$2 link n=0
    for link in "$tpg"/lun/lun_*/"$name"; do
        [ ! -e "$link" ] || { REPLY=${link%/*}; return; }
    done
    while [ -d "$tpg/lun/lun_$n" ]; do n=$((n + 1)); done
    mkdir "$tpg/lun/lun_$n"
    ln -s "$lio/core/fileio_0/$name" "$tpg/lun/lun_$n/$name"
    REPLY=$tpg/lun/lun_$n
}

lio_map_quietly() {
    local target=$1 initiator=$2 lun=$3 name=$4 acl
    lio_acl "$target" "$initiator"
    acl=$REPLY
    [ ! -d "$acl/lun_$lun" ] || return 0
    lio_make_backstore "$name"
    lio_export "${acl%/acls/*}" "$name"
    mkdir -p "$acl/lun_$lun"
    ln -s "$REPLY" "$acl/lun_$lun/unit"
    config_get "map/$target/$initiator/$lun" readonly off
    [ "$REPLY" = off ] || lio_write "$acl/lun_$lun/write_protect" 1
}

# libfc asks a target for its service once, at login. An initiator that had no mask then must
# lose the target and find it anew.
announce() {
    local fabric=${1:0:1} initiator=$2
    wwpn_of "$1"
    [[ $(fcfctl "$fabric" status) == *"port wwpn=$initiator "* ]] || return 0
    fcfctl "$fabric" hide "$REPLY" from "$initiator"
    sleep 1
    fcfctl "$fabric" show "$REPLY" to "$initiator"
}

lio_map() {
    local known=yes
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    [ -d "$REPLY" ] || known=no
    lio_map_quietly "$@"
    [ $known = yes ] || announce "$1" "$2"
}

lio_unmap() {
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    [ -d "$REPLY/lun_$3" ] || return 0
    rm -f "$REPLY/lun_$3/unit"
    rmdir "$REPLY/lun_$3"
}

lio_write_protect() {
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    [ ! -d "$REPLY/lun_$3" ] ||
        lio_write "$REPLY/lun_$3/write_protect" "$([ "$4" = on ] && echo 1 || echo 0)"
}

# Everything that is mapped behind a target port. What comes late has its mask already, empty.
lio_target() {
    local map t initiator lun name
    lio_tpg "$1"
    mkdir -p "$lio/core/fileio_0" "$REPLY"
    config_maps "$1"
    for map in "${maps[@]}"; do
        read -r t initiator lun name <<<"$map"
        config_get "map/$t/$initiator/$lun" late 0
        if [ "$REPLY" = 0 ]; then
            lio_map_quietly "$t" "$initiator" "$lun" "$name"
            continue
        fi
        later "$REPLY" map-start "$t" "$initiator" "$lun"
        lio_acl "$t" "$initiator"
        mkdir -p "$REPLY"
    done
}

# fd_dev_size of a configured device can be changed: fd_get_blocks() reads it at each request.
lio_resize() {
    parse_size "$2"
    [ ! -e "$var/$1.img" ] || truncate -s "$REPLY" "$var/$1.img"
    [ ! -d "$lio/core/fileio_0/$1" ] ||
        lio_write "$lio/core/fileio_0/$1/control" "fd_dev_size=$REPLY"
}

# Remove folders of configfs that link to something: the links first.
lio_remove() {
    local dir link
    for dir in "$@"; do
        [ -d "$dir" ] || continue
        for link in "$dir"/*; do
            [ ! -L "$link" ] || rm -f "$link"
        done
        rmdir "$dir"
    done
}

lio_clear_target() {
    local tpg
    lio_tpg "$1"
    tpg=$REPLY
    [ -d "$tpg" ] || return 0
    lio_remove "$tpg"/acls/*/lun_*
    lio_remove "$tpg"/acls/*
    lio_remove "$tpg"/lun/lun_*
    rmdir "$tpg" "${tpg%/*}"
}

lio_clear() {
    local target dir
    for target in "$@"; do
        lio_clear_target "$target"
    done
    for dir in "$lio"/core/fileio_0/*/; do
        [ ! -e "$dir/enable" ] || rmdir "$dir"
    done
}
