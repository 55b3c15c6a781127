# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# unmap.POOL: LUN 1 of all its vHBAs goes; it comes again where it is away, as the logical unit that it was.
weight[unmap]=3

draw_unmap() {
    any "${pools[@]}"
}

play_unmap() {
    local lun=1
    if [ -n "${mapped[$1 $lun]}" ]; then
        away[$1]=${mapped[$1 $lun]}
        mapped[$1 $lun]=
        held "$1" -- hide "$1" $lun
    else
        mapped[$1 $lun]=${away[$1]}
        [ -z "$(wanted_of "$1")" ] || : "${meant[$1 $lun]:=${mapped[$1 $lun]}}"
        tell_meant "$1"
        expose "$1" $lun
    fi
}

declare -A away=()
