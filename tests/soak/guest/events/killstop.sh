# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# killstop.VHBA.MS: the process of a stop is killed MS milliseconds after its beginning; the next stop works.
weight[killstop]=2

draw_killstop() {
    any "${vhbas[@]}"
    REPLY+=.$((RANDOM % 20 * 50))
}

play_killstop() {
    held "${pool[$1]}" -- kill_stop "$@"
}

kill_stop() {
    local pid
    [ -n "${want[$1]-}" ] || return 0
    systemctl stop --no-block "npiv-vport@$1"
    sleep "$(printf '%d.%03d' $(($2 / 1000)) $(($2 % 1000)))"
    pid=$(systemctl show -P ControlPID "npiv-teardown@$1")
    [ "$pid" = 0 ] || kill -KILL "$pid" || true
    stop_quietly "$1"
}
