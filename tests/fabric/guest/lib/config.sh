# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What is configured: one small file of KEY=VALUE lines for each target, logical unit and map,
# below /etc/fabric, so that a change is one file written and a reboot finds all of it.
#
# Functions give their result in REPLY: a $(...) is a fork, and forks are dear under emulation.

: "${etc:?set by fabricctl}" "${var:?set by fabricctl}"

check_target() {
    [[ $1 =~ ^[a-z][1-9]$ ]] || die "'$1' is not a target port (a1, b2...)"
}

check_name() {
    [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$ ]] || die "'$1' is not a logical unit's name"
}

check_number() {
    [[ $1 =~ ^[0-9]{1,5}$ ]] || die "'$1' is not a number"
}

# Bytes of 16777216, 16M or 1G.
parse_size() {
    local units="KMG" number=${1%[KMG]} unit=${1##*[0-9]} power=0
    [[ $1 =~ ^[0-9]{1,10}[KMG]?$ ]] || die "'$1' is not a size"
    if [ -n "$unit" ]; then
        units=${units%%"$unit"*}
        power=$((10 * (${#units} + 1)))
    fi
    REPLY=$((number << power))
}

# An initiator as 16 hex digits: a WWPN in any form, or an HBA of this machine.
parse_initiator() {
    local wwpn=${1//:/}
    if [ -e "/sys/class/net/$1" ]; then
        wwpn_of "$1"
        return
    fi
    wwpn=${wwpn#0x}
    [[ $wwpn =~ ^[0-9A-Fa-f]{1,16}$ ]] || die "'$1' is not a WWPN"
    printf -v REPLY '%016x' "$((16#$wwpn))"
}

# REPLY = the value of KEY in FILE, or a default.
config_get() {
    local key value
    REPLY=$3
    [ -e "$etc/$1" ] || return 0
    while IFS='=' read -r key value; do
        [ "$key" != "$2" ] || REPLY=$value
    done <"$etc/$1"
}

config_set() {
    local file=$etc/$1 key=$2 value=$3
    mkdir -p "${file%/*}"
    {
        [ ! -e "$file" ] || grep -v "^$key=" "$file" || true
        printf '%s=%s\n' "$key" "$value"
    } >"$file.new"
    mv "$file.new" "$file"
}

config_remove() {
    rm -f "${etc:?}/$1"
}

# fabrics=(a b), unless a file says else.
config_fabrics() {
    fabrics=(a b)
    [ ! -e "$etc/fabrics" ] || read -ra fabrics <"$etc/fabrics"
}

# targets=(the first of each fabric, and those that were added; none that is down)
config_targets() {
    local file name
    targets=()
    for name in "${fabrics[@]/%/1}"; do
        [ -e "$etc/target/$name" ] || targets+=("$name")
    done
    for file in "$etc"/target/*; do
        [ -e "$file" ] || continue
        name=${file##*/}
        config_get "target/$name" state up
        [ "$REPLY" = down ] || targets+=("$name")
    done
}

# maps=("TARGET INITIATOR LUN NAME"...) of one target, or of all when none is named.
config_maps() {
    local file
    maps=()
    for file in "$etc"/map/*/*/*; do
        [ -e "$file" ] || continue
        file=${file#"$etc/map/"}
        [ "${1:-${file%%/*}}" = "${file%%/*}" ] || continue
        config_get "map/$file" name ""
        maps+=("${file//\// } $REPLY")
    done
}

config_set_map() {
    local file=$etc/map/$1/$2/$3
    mkdir -p "${file%/*}"
    printf 'name=%s\nlate=%s\n' "$4" "$5" >"$file"
}

# A logical unit gets its serial number, 32 hex digits that follow from its name, and its file.
config_define() {
    local name=$1 size=$2 sum
    if [ ! -e "$etc/lun/$name" ]; then
        sum=$(sha256sum <<<"npiv test fabric $name")
        mkdir -p "$etc/lun"
        printf 'size=%s\nserial=%s\n' "$size" "${sum:0:32}" >"$etc/lun/$name"
    fi
    [ -e "$var/$name.img" ] || truncate -s "$size" "$var/$name.img"
}

config_set_boot() {
    case $1 in
    up | down | nolink | off) mkdir -p "$etc"; echo "$1 ${2-}" >"$etc/boot" ;;
    *) usage >&2; exit 2 ;;
    esac
}

# shellcheck disable=SC2034 # the caller's
config_boot() {
    local word
    REPLY=up boot_fabric=
    [ ! -e "$etc/boot" ] || read -r REPLY boot_fabric <"$etc/boot"
    for word in $(</proc/cmdline); do
        [ "${word%%=*}" != fabric ] || REPLY=${word#*=}
    done
}
