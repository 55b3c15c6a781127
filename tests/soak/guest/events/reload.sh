# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# reload.POOL: systemctl reload of each of its vHBAs: names mean what the array shows now.
weight[reload]=4

draw_reload() {
    any "${pools[@]}"
}

play_reload() {
    local v good=yes
    [ -n "$(wanted_of "$1")" ] || return 0
    for v in $(wanted_of "$1"); do
        systemctl reload "npiv-vport@$v" || good=no
    done
    if [ $good = yes ]; then
        accepted "$1"
    else
        unsure "$1"
    fi
}
