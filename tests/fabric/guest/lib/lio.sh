# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# The SCSI target behind the target ports: LIO's configfs with its FC fabric module tcm_fc.
# Changes are collected in `plan`, and applied at once by lio_apply.

: "${var:?set by fabricctl}"
lio=/sys/kernel/config/target
maps=()
plan=''
declare -A planned=()

plan() {
    plan+="$*"$'\n'
}

# Plan a folder; `planned` remembers it.
plan_mkdir() {
    plan "mkdir $1"
    planned[$1]=yes
}

is_there() {
    [ -n "${planned[$1]:-}" ] || [ -e "$1" ]
}

lio_apply() {
    [ -z "$plan" ] || configfs-apply <<<"$plan" || die "the kernel refused a change"
    plan=''
    planned=()
}

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

plan_identity() {
    config_get "lun/$1" "$2" ""
    [ -z "$REPLY" ] || plan "write $lio/core/fileio_0/$1/wwn/$3 $REPLY"
}

# Buffered files are a write-back cache: SYNCHRONIZE CACHE then does what it says.
plan_backstore() {
    local name=$1 dir=$lio/core/fileio_0/$1 options
    ! is_there "$dir" || return 0
    config_get "lun/$name" size 16M
    parse_size "$REPLY"
    options=fd_dev_name=$var/$name.img,fd_dev_size=$REPLY
    config_get "lun/$name" cache on
    [ "$REPLY" = off ] || options+=,fd_buffered_io=1
    plan_mkdir "$dir"
    plan "write $dir/control $options"
    plan "write $dir/enable 1"
    # libfc asks after a command of 3 s (E_D_TOV and 1 s), and starts it anew; tcm_fc keeps the first one for ever, and a
    # logout waits for that. So no command is longer than 64 KiB: on a busy machine a megabyte takes such a time.
    plan "write $dir/attrib/optimal_sectors 128"
    plan_identity "$name" serial vpd_unit_serial
    plan_identity "$name" vendor vendor_id
    plan_identity "$name" product product_id
    plan_identity "$name" revision revision
}

# REPLY = the LUN of the portal group behind which a logical unit is exported. Its number means
# nothing to initiators; each has its own.
plan_export() {
    local tpg=$1 name=$2 n=0
    while is_there "$tpg/lun/lun_$n" && ! is_there "$tpg/lun/lun_$n/$name"; do
        n=$((n + 1))
    done
    REPLY=$tpg/lun/lun_$n
    ! is_there "$REPLY" || return 0
    plan_mkdir "$REPLY"
    plan "link $lio/core/fileio_0/$name $REPLY/$name"
    planned[$REPLY/$name]=yes
}

plan_map() {
    local target=$1 initiator=$2 lun=$3 name=$4 acl
    lio_acl "$target" "$initiator"
    acl=$REPLY
    [ ! -d "$acl/lun_$lun" ] || return 0
    plan_backstore "$name"
    plan_export "${acl%/acls/*}" "$name"
    plan "mkdir $acl"
    plan "mkdir $acl/lun_$lun"
    plan "link $REPLY $acl/lun_$lun/unit"
    config_get "map/$target/$initiator/$lun" readonly off
    [ "$REPLY" = off ] || plan "write $acl/lun_$lun/write_protect 1"
}

# A target asks at login only whether it has a mask, and an initiator that had none keeps the
# target as a port that is none (roles FCP Initiator). The transport scans such a port only when
# it comes anew: so hide the target until the remote port is gone, which dev_loss_tmo decides.
announce() {
    local fabric=${1:0:1} initiator=$2 target
    wwpn_of "$1"
    target=$REPLY
    [[ $(fcfctl "$fabric" status) == *"port wwpn=$initiator "* ]] || return 0
    # It may be in the middle of its login.
    wait_for 20 has_rport "$initiator" "$target" || return 0
    echo 1 >"$REPLY/dev_loss_tmo"
    fcfctl "$fabric" hide "$target" from "$initiator"
    wait_for 100 test ! -e "$REPLY" || say "$initiator does not let the target go"
    fcfctl "$fabric" show "$target" to "$initiator"
}

# Where an initiator is logged in already and had no mask, it is made to notice, unless $5 says otherwise.
lio_map() {
    local known=yes announce=${5:-yes}
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    [ -d "$REPLY" ] || known=no
    plan_map "$@"
    lio_apply
    [ $known = yes ] || [ "$announce" = no ] || announce "$1" "$2"
}

# No mask at all, as before the first map: the target refuses the next login of the initiator.
lio_forget() {
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    plan_removal "$REPLY"/lun_* "$REPLY"
    lio_apply
}

lio_unmap() {
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    plan_removal "$REPLY/lun_$3"
    lio_apply
}

lio_write_protect() {
    local value=0
    [ "$4" = off ] || value=1
    [ -e "/sys/class/net/tgt-$1" ] || return 0
    lio_acl "$1" "$2"
    [ ! -d "$REPLY/lun_$3" ] || plan "write $REPLY/lun_$3/write_protect $value"
    lio_apply
}

# Everything that is mapped behind a target port. What comes late has its mask already, empty.
lio_target() {
    local map t initiator lun name
    lio_tpg "$1"
    plan "mkdir $lio/core/fileio_0"
    plan "mkdir $lio/fc"
    plan "mkdir ${REPLY%/*}"
    plan "mkdir $REPLY"
    config_maps "$1"
    for map in "${maps[@]}"; do
        read -r t initiator lun name <<<"$map"
        config_get "map/$t/$initiator/$lun" late 0
        if [ "$REPLY" = 0 ]; then
            plan_map "$t" "$initiator" "$lun" "$name"
            continue
        fi
        later "$REPLY" map-start "$t" "$initiator" "$lun"
        lio_acl "$t" "$initiator"
        plan "mkdir $REPLY"
    done
    lio_apply
}

# fd_dev_size of a configured device can be changed: fd_get_blocks() reads it at each request.
lio_resize() {
    parse_size "$2"
    [ ! -e "$var/$1.img" ] || truncate -s "$REPLY" "$var/$1.img"
    [ ! -d "$lio/core/fileio_0/$1" ] ||
        plan "write $lio/core/fileio_0/$1/control fd_dev_size=$REPLY"
    lio_apply
}

# Folders of configfs go when the links in them have gone.
plan_removal() {
    local dir link
    for dir in "$@"; do
        [ -d "$dir" ] || continue
        for link in "$dir"/*; do
            [ ! -L "$link" ] || plan "unlink $link"
        done
        plan "rmdir $dir"
    done
}

# Take away all that is behind some targets, and the logical units that nobody has any more.
lio_clear() {
    local target tpg dir
    for target in "$@"; do
        lio_tpg "$target"
        tpg=$REPLY
        plan_removal "$tpg"/acls/*/lun_* "$tpg"/acls/* "$tpg"/lun/lun_* "$tpg" "${tpg%/*}"
    done
    lio_apply
    for dir in "$lio"/core/fileio_0/*; do
        compgen -G "$lio/fc/*/*/lun/lun_*/${dir##*/}" >/dev/null || plan_removal "$dir"
    done
    lio_apply
}
