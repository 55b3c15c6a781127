# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# stop.VHBA: systemctl stop while nobody uses it: it must work. stop.VHBA.busy: while writers come and go; it is down,
# or it was refused and is up.
weight[stop]=5

draw_stop() {
    local which
    any "${vhbas[@]}"
    which=$REPLY
    any '' '' .busy
    REPLY=$which$REPLY
}

play_stop() {
    if [ "${2-}" = busy ]; then
        if systemctl stop "npiv-vport@$1" 2> /dev/null; then
            stopped "$1"
        else
            echo '  it was refused'
        fi
    else
        held "${pool[$1]}" -- stop_quietly "$1"
    fi
}

# Where /run is full a stop may fail; it must not once there is space.
stop_quietly() {
    if ! systemctl stop "npiv-vport@$1"; then
        echo "  the stop failed: $(last_error "$1")"
        end_disturbances
        systemctl stop "npiv-vport@$1" || fail_run "stop: $1 is not in use, and cannot be stopped: $(last_error "$1")"
    fi
    stopped "$1"
}
