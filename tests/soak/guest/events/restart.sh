# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# restart.VHBA: systemctl restart while nobody uses it.
weight[restart]=2

draw_restart() {
    any "${vhbas[@]}"
}

play_restart() {
    [ -n "${want[$1]-}" ] || return 0
    held "${pool[$1]}" -- systemctl restart "npiv-vport@$1" || echo "  the restart failed: $(last_error "$1")"
    stopped "$1"
    started "$1"
}
