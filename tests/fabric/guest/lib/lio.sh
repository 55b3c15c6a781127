# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The SCSI target behind the target ports: LIO's configfs with its FC fabric module tcm_fc.

: "${var:?set by fabricctl}"
lio=/sys/kernel/config/target

# A WWPN of 16 digits as tcm_fc writes it.
colons() {
    sed 's/../&:/g; s/:$//' <<<"$1"
}

lio_tpg() {
    echo "$lio/fc/$(colons "$(wwpn_of "$1")")/tpgt_1"
}

lio_backstore() {
    echo "$lio/core/fileio_0/$1"
}

# Write an attribute, naming it when the kernel refuses.
lio_write() {
    printf '%s' "$2" >"$1" || die "$1: '$2' refused"
}

# Buffered files are a write-back cache: SYNCHRONIZE CACHE then does what it says.
lio_make_backstore() {
    local name=$1 dir file=$var/$1.img size options
    dir=$(lio_backstore "$name")
    [ ! -d "$dir" ] || return 0
    size=$(numfmt --from=iec "$(config_get "lun/$name" size 16M)")
    [ -e "$file" ] || truncate -s "$size" "$file"
    options=fd_dev_name=$file,fd_dev_size=$size
    [ "$(config_get "lun/$name" cache on)" = off ] || options+=,fd_buffered_io=1
    mkdir -p "$dir"
    lio_write "$dir/control" "$options"
    lio_write "$dir/enable" 1
    lio_write "$dir/wwn/vpd_unit_serial" "$(lun_serial "$name")"
    lio_set_identity "$name" vendor vendor_id
    lio_set_identity "$name" product product_id
    lio_set_identity "$name" revision revision
}

lio_set_identity() {
    local value
    value=$(config_get "lun/$1" "$2" "")
    [ -z "$value" ] || lio_write "$(lio_backstore "$1")/wwn/$3" "$value"
}

# The LUN of the portal group behind which a logical unit is exported, made when needed.
lio_export() {
    local tpg=$1 name=$2 link n=0
    for link in "$tpg"/lun/lun_*/unit; do
        [ -e "$link" ] || continue
        if [ "$(basename "$(realpath "$link")")" = "$name" ]; then
            dirname "$link"
            return
        fi
    done
    while [ -d "$tpg/lun/lun_$n" ]; do n=$((n + 1)); done
    mkdir "$tpg/lun/lun_$n"
    ln -s "$(lio_backstore "$name")" "$tpg/lun/lun_$n/unit"
    echo "$tpg/lun/lun_$n"
}

# libfc asks a target once, at login. An initiator that had no mask then must find it anew.
announce() {
    local target=$1 initiator=$2 fabric=${1:0:1} wwpn
    wwpn=$(wwpn_of "$target")
    fcfctl "$fabric" status | grep "^port wwpn=$initiator " >/dev/null || return 0
    fcfctl "$fabric" hide "$wwpn" from "$initiator"
    fcfctl "$fabric" show "$wwpn" to "$initiator"
}

lio_acl() {
    echo "$(lio_tpg "$1")/acls/$(colons "$2")"
}

lio_map_quietly() {
    local target=$1 initiator=$2 lun=$3 name=$4 tpg acl
    tpg=$(lio_tpg "$target")
    acl=$(lio_acl "$target" "$initiator")
    mkdir -p "$tpg"
    lio_make_backstore "$name"
    mkdir -p "$acl/lun_$lun"
    if ! compgen -G "$acl/lun_$lun/unit" >/dev/null; then
        ln -s "$(lio_export "$tpg" "$name")" "$acl/lun_$lun/unit"
    fi
    lio_write_protect "$target" "$initiator" "$lun" \
        "$(config_get "map/$target/$initiator/$lun" readonly off)"
}

lio_map() {
    local known=yes
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    [ -d "$(lio_acl "$1" "$2")" ] || known=no
    lio_map_quietly "$@"
    [ $known = yes ] || announce "$1" "$2"
}

lio_unmap() {
    local dir
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    dir=$(lio_acl "$1" "$2")/lun_$3
    [ -d "$dir" ] || return 0
    rm -f "$dir/unit"
    rmdir "$dir"
}

lio_write_protect() {
    local file
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    file=$(lio_acl "$1" "$2")/lun_$3/write_protect
    [ ! -e "$file" ] || lio_write "$file" "$([ "$4" = on ] && echo 1 || echo 0)"
}

# Everything that is mapped behind a target port.
lio_target() {
    local target=$1 tpg t initiator lun name late
    tpg=$(lio_tpg "$target")
    mkdir -p "$lio/core/fileio_0" "$tpg"
    while read -r t initiator lun name; do
        [ "$t" = "$target" ] || continue
        late=$(config_get "map/$t/$initiator/$lun" late 0)
        if [ "$late" != 0 ]; then
            mkdir -p "$(lio_acl "$t" "$initiator")"
            later "$late" map-start "$t" "$initiator" "$lun"
        else
            lio_map_quietly "$t" "$initiator" "$lun" "$name"
        fi
    done < <(config_maps)
}

# fd_dev_size of a configured device can be changed: fd_get_blocks() reads it at each request.
lio_resize() {
    local name=$1 size dir
    size=$(numfmt --from=iec "$2")
    dir=$(lio_backstore "$name")
    [ ! -e "$var/$name.img" ] || truncate -s "$size" "$var/$name.img"
    [ ! -d "$dir" ] || lio_write "$dir/control" "fd_dev_size=$size"
}

# Configfs folders go from the inside out, links first.
lio_clear_target() {
    local tpg acl lun
    tpg=$(lio_tpg "$1")
    [ -d "$tpg" ] || return 0
    for acl in "$tpg"/acls/*/; do
        for lun in "$acl"lun_*/; do
            [ -d "$lun" ] || continue
            rm -f "$lun"unit
            rmdir "$lun"
        done
        [ ! -d "$acl" ] || rmdir "$acl"
    done
    for lun in "$tpg"/lun/lun_*/; do
        [ -d "$lun" ] || continue
        rm -f "$lun"unit
        rmdir "$lun"
    done
    rmdir "$tpg" "$(dirname "$tpg")"
}

lio_clear() {
    local target dir
    for target in $(targets_present); do
        lio_clear_target "$target"
    done
    for dir in "$lio"/core/fileio_0/*/; do
        [ ! -e "$dir"enable ] || rmdir "$dir"
    done
}
