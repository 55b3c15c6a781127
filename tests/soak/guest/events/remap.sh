# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# remap.POOL: LUN 1 of all its vHBAs is another logical unit. The name goes, until a reload or a stop of the pool.
# Writers hold back until that is seen: between the array's change and the next command nobody can know.
weight[remap]=3

draw_remap() {
    any "${pools[@]}"
}

play_remap() {
    held "$1" -- remap_quietly "$1"
}

remap_quietly() {
    local v new=$1-1x
    [ "${mapped[$1 1]}" != "$1-1x" ] || new=$1-1
    mapped[$1 1]=$new
    for v in $(vhbas_of "$1"); do
        fabricctl remap "$(target_of "$v")" "$(wwpn "${number[$v]}")" 1 "$new" 2> /dev/null ||
            fabricctl map "$(target_of "$v")" "$(wwpn "${number[$v]}")" 1 "$new"
    done
    if [ -n "$(wanted_of "$1")" ]; then
        [ -n "${meant[$1 1]}" ] || meant[$1 1]=$new
        tell_meant "$1"
    fi
    wait_for_name "$1"
}

# Until the name of LUN 1 leads to nothing else than what the array shows.
wait_for_name() {
    local began=$SECONDS
    until ask_arrays; [ -z "$(unsettled_name "$1" 1)" ]; do
        [ $((SECONDS - began)) -lt "$patience" ] || fail_run "$(unsettled_name "$1" 1)"
        end_disturbances
        sleep 0.5
    done
}
