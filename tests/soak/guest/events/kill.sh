# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# kill.VHBA.MS: the main process is killed MS milliseconds after the beginning of a start, a reload where it is up.
weight[kill]=5

draw_kill() {
    any "${vhbas[@]}"
    REPLY+=.$((RANDOM % 20 * 50))
}

play_kill() {
    local pid verb=start
    [ -z "${masked[$1]-}" ] || return 0
    if [ -n "${want[$1]-}" ]; then
        verb=reload
        unsure "${pool[$1]}"
    else
        started "$1"
    fi
    systemctl $verb --no-block "npiv-vport@$1" || return 0
    sleep "$(printf '%d.%03d' $(($2 / 1000)) $(($2 % 1000)))"
    for pid in $(systemctl show -P MainPID -P ControlPID "npiv-vport@$1"); do
        [ "$pid" = 0 ] || kill -KILL "$pid" || true
    done
}
