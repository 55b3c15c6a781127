# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# mask.VHBA: masked and stopped; unmasked and started where it is masked.
weight[mask]=2

draw_mask() {
    any "${vhbas[@]}"
}

play_mask() {
    if [ -n "${masked[$1]-}" ]; then
        systemctl unmask -q "npiv-vport@$1"
        unset "masked[$1]"
        play_start "$1"
    else
        systemctl mask -q "npiv-vport@$1"
        masked[$1]=yes
        held "${pool[$1]}" -- stop_quietly "$1"
    fi
}
