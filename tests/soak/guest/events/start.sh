# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# start.VHBA: systemctl start. One without a file, or masked, cannot be.
weight[start]=6

draw_start() {
    any "${vhbas[@]}"
}

play_start() {
    if [ -n "${masked[$1]-}" ] || [ ! -e "/etc/npiv.d/$1.conf" ]; then
        ! systemctl start "npiv-vport@$1" 2> /dev/null || broken "start: $1 is masked, and was started"
        return 0
    fi
    [ -n "${want[$1]-}" ] || started "$1"
    systemctl start "npiv-vport@$1" || echo "  the start failed: $(last_error "$1")"
}
