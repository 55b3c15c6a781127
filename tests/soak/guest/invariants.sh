# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154,SC2038,SC2086 # names are those of the model
# What must be so, whatever happened: in time (unsettled) and at every look (violated). Each prints what is wrong,
# with a word before the colon that says which rule was broken; nothing where all is well.

# --- in time ---

# Units, vports and files of one vHBA are as the model wants them.
unsettled_vhba() {
    local v=$1 active=$2 ports state
    ports=$(vports "$(wwpn "${number[$v]}")")
    if [ -n "${want[$v]-}" ]; then
        [ -n "$ports" ] || { echo "away: $v is wanted and has no virtual port (its unit is $active)"; return; }
        [ "$(wc -w <<< "$ports")" = 1 ] || { echo "twice: $v has virtual ports $(xargs <<< "$ports")"; return; }
        state=$(cat "/sys/class/fc_vports/$ports/vport_state" 2> /dev/null) || true
        [ "$state" = Active ] || { echo "away: the virtual port of $v is $state"; return; }
        [ "$active" = active ] || echo "away: $v is wanted, its port is there, and its unit is $active"
        return
    fi
    [ -z "$ports" ] || { echo "unwanted: nobody wants $v, and it has $(xargs <<< "$ports") (its unit is $active)"; return; }
    [[ $active = inactive || $active = failed ]] || { echo "unwanted: nobody wants $v, and its unit is $active"; return; }
    unsettled_files "$v"
}

# A file that bears the name of a vHBA that is down, or of a pool none of whose vHBAs is up.
unsettled_files() {
    local v=$1 found
    found=$(find /run/npiv -not -path '*/lock/*' \( -name "$v" -o -name ".$v" \) -path '*/vhba/*' | xargs)
    [ -z "$found" ] || { echo "files: nobody wants $v, and there is $found"; return; }
    [ -z "$(wanted_of "${pool[$v]}")" ] || return 0
    found=$(find /run/npiv -type f -path "*/claim/${pool[$v]}/*" | xargs)
    [ -z "$found" ] || echo "files: pool ${pool[$v]} is down, and there is $found"
}

# The name of a LUN is there where it must be, and is not where it must not.
unsettled_name() {
    local p=$1 lun=$2 is=${mapped[$1 $2]} means=${meant[$1 $2]} link=/dev/npiv/$1/$2
    if [ -z "$(wanted_of "$p")" ] || [ -z "$is" ]; then
        [ ! -e "$link" ] || echo "name: $link is there, and leads to nothing that is shown"
    elif [ "$means" = '?' ]; then
        return 0
    elif [ -n "$means" ] && [ "$means" != "$is" ]; then
        [ ! -e "$link" ] || echo "name: $link meant $means, LUN $lun is $is now, and it is still there"
    else
        [ -e "$link" ] || echo "name: $link is not there, and LUN $lun is $is as it was"
    fi
}

# The guest has what its pool has.
unsettled_guest() {
    local has must=() lun
    [ $guest_runs = yes ] || return 0
    has=$(virsh -q domblklist db | awk '{ print $2 }' | sort | xargs)
    for lun in 0 1; do
        [ ! -e /dev/npiv/guest/$lun ] || must+=("/dev/npiv/guest/$lun")
    done
    [ "$has" = "${must[*]}" ] || echo "guest: it has '$has', and its pool has '${must[*]}'"
}

# Units of ours at work: who has a job, or is about to do something.
at_work() {
    systemctl list-jobs --no-legend --full | awk '/npiv/ { print $2, $3; exit }'
    systemctl list-units --no-legend --plain --full 'npiv-*' |
        awk '$3 == "activating" || $3 == "deactivating" || $3 == "reloading" { print $1, $3; exit }'
}

# The first thing that is not yet as it must become.
unsettled() {
    local v p lun busy state=() why
    busy=$(at_work)
    [ -z "$busy" ] || { echo "jobs: $busy"; return; }
    udevadm settle --timeout=5 || { echo 'jobs: udev is busy'; return; }
    mapfile -t state < <(systemctl show -P ActiveState "${vhbas[@]/#/npiv-vport@}" | sed '/^$/d')
    for v in "${!vhbas[@]}"; do
        why=$(unsettled_vhba "${vhbas[v]}" "${state[v]}")
        [ -z "$why" ] || { echo "$why"; return; }
    done
    for p in "${pools[@]}"; do
        for lun in 0 1; do
            why=$(unsettled_name "$p" $lun)
            [ -z "$why" ] || { echo "$why"; return; }
        done
    done
    unsettled_guest
}

# --- at every look ---

# Every name leads to the unit that the array shows there and that it means, as the unit itself says.
violated_names() {
    local p lun path says
    for p in "${pools[@]}"; do
        for lun in 0 1; do
            path=/dev/npiv/$p/$lun
            [ -e "$path" ] || continue
            says=$(serial "$path")
            [ -n "$says" ] || continue # it does not answer: no one reaches another unit by it
            serial_of "${mapped[$p $lun]:-none}"
            [ "$says" = "$REPLY" ] || { echo "law: $path leads to $says, the array shows $REPLY there"; return; }
            case ${meant[$p $lun]} in
            '?' | '') meant["$p $lun"]=${mapped[$p $lun]} ;;
            "${mapped[$p $lun]}") ;;
            *) echo "law: $path leads to ${mapped[$p $lun]}, and meant ${meant[$p $lun]}"; return ;;
            esac
        done
        tell_meant "$p"
    done
}

# What the array keeps is what writers were told is there.
violated_blocks() {
    local p unit
    [ ! -s $soak/violations ] || { echo "law: $(head -n 1 $soak/violations)"; return; }
    for p in solo duo pair; do
        for unit in "$p-0" "$p-1" "$p-1x"; do
            [ -e "/var/lib/fabric/$unit.img" ] || continue
            serial_of "$unit"
            soak-writer check "$REPLY" $records "/var/lib/fabric/$unit.img" | sed 's/^/blocks: /' || true
        done
    done
}

# A fatal fault ends the VM by itself. Others are these; a flush may fail where a link went.
violated_kernel() {
    local pattern='BUG:|WARNING: CPU|refcount_t'
    [ $quiet_links = no ] || pattern+='|Synchronize Cache.*failed'
    dmesg | grep -E "$pattern" | sed 's/^/kernel: /' || true
    dmesg --clear
    quiet_links=yes
}

violated() {
    local rule why
    for rule in violated_names violated_blocks violated_kernel; do
        $rule > $soak/why
        why=$(head -n 1 $soak/why)
        [ -z "$why" ] || { echo "$why"; return; }
    done
}
