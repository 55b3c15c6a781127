# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What is configured: one small file of KEY=VALUE lines for each target, logical unit and map,
# below /etc/fabric, so that a change is one file written and a reboot finds all of it.

: "${etc:?set by fabricctl}"

check_target() {
    [[ $1 =~ ^[a-z][1-9]$ ]] || die "'$1' is not a target port (a1, b2...)"
}

check_name() {
    [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$ ]] || die "'$1' is not a logical unit's name"
}

check_number() {
    [[ $1 =~ ^[0-9]{1,5}$ ]] || die "'$1' is not a number"
}

# An initiator as 16 hex digits: a WWPN in any form, or an HBA of this machine.
parse_initiator() {
    local wwpn=${1//:/}
    if [ -e "/sys/class/net/$1" ]; then
        wwpn_of "$1"
        return
    fi
    wwpn=${wwpn#0x}
    wwpn=${wwpn,,}
    [[ $wwpn =~ ^[0-9a-f]{1,16}$ ]] || die "'$1' is not a WWPN"
    printf '%016x\n' "$((16#$wwpn))"
}

config_fabrics() {
    cat "$etc/fabrics" 2>/dev/null || echo a b
}

# The value of KEY in FILE, or a default.
config_get() {
    local line
    while read -r line; do
        [ "${line%%=*}" != "$2" ] || { echo "${line#*=}"; return; }
    done < <(cat "$etc/$1" 2>/dev/null)
    echo "$3"
}

config_set() {
    local file=$etc/$1 key=$2 value=$3
    mkdir -p "$(dirname "$file")"
    {
        grep -v "^$key=" "$file" 2>/dev/null || true
        printf '%s=%s\n' "$key" "$value"
    } >"$file.new"
    mv "$file.new" "$file"
}

config_remove() {
    rm -f "${etc:?}/$1"
}

# Targets that are configured and not down; one a fabric when there are none at all.
config_targets() {
    local file fabric
    if ! compgen -G "$etc/target/*" >/dev/null; then
        for fabric in $(config_fabrics); do echo "${fabric}1"; done
        return
    fi
    for file in "$etc"/target/*; do
        file=target/${file##*/}
        [ "$(config_get "$file" state up)" = down ] || echo "${file##*/}"
    done
}

config_set_map() {
    config_remove "map/$1/$2/$3"
    config_set "map/$1/$2/$3" name "$4"
    config_set "map/$1/$2/$3" late "$5"
}

# Lines "TARGET INITIATOR LUN NAME".
config_maps() {
    local file
    for file in "$etc"/map/*/*/*; do
        [ -e "$file" ] || continue
        file=${file#"$etc/map/"}
        tr / ' ' <<<"$file/$(config_get "map/$file" name "")"
    done
}

config_set_boot() {
    case $1 in
    up | down | nolink | off) mkdir -p "$etc"; echo "$1" >"$etc/boot" ;;
    *) usage >&2; exit 2 ;;
    esac
}

config_boot() {
    local word
    for word in $(</proc/cmdline); do
        [ "${word%%=*}" != fabric ] || { echo "${word#*=}"; return; }
    done
    cat "$etc/boot" 2>/dev/null || echo up
}

# Serial number of a logical unit: 32 hex digits that follow from its name.
lun_serial() {
    local sum
    sum=$(config_get "lun/$1" serial "")
    if [ -z "$sum" ]; then
        sum=$(sha256sum <<<"npiv test fabric $1")
        sum=${sum:0:32}
    fi
    echo "$sum"
}
