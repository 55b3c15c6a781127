# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# switch.FABRIC: its switch starts anew and has forgotten all logins.
weight[switch]=1

draw_switch() {
    any a b
}

play_switch() {
    quiet_links=no
    held "${pools[@]}" -- restart_switch "$1"
}

restart_switch() {
    udevadm settle --timeout=30 || true
    fabricctl switch restart "$1"
}
