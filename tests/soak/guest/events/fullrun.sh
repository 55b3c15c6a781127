# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# fullrun.SECONDS: there is no space left on /run for so long. What udev and systemd could not write meanwhile they
# are asked for again afterwards.
weight[fullrun]=1

draw_fullrun() {
    any 3 10 20
}

play_fullrun() {
    disturb fill_run "$1"
}

fill_run() {
    local size
    size=$(findmnt -no SIZE --bytes /run)
    mount -o "remount,size=$(($(findmnt -no USED --bytes /run) / 1024 + 64))k" /run
    dd if=/dev/zero of=/run/filler bs=4k 2> /dev/null || true
    sleep "$1"
    rm -f /run/filler
    mount -o "remount,size=$size" /run
    systemctl daemon-reload
    udevadm trigger --subsystem-match=block --action=add
}
