# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# manager.WHAT: udevd starts anew; systemd executes itself, or reads its units anew; udev is told of all disks again.
weight[manager]=4

draw_manager() {
    any udevd reexec reload trigger
}

play_manager() {
    case $1 in
    udevd) systemctl restart systemd-udevd ;;
    reexec) systemctl daemon-reexec ;;
    reload) systemctl daemon-reload ;;
    trigger) udevadm trigger --subsystem-match=block --action=change ;;
    esac
}
