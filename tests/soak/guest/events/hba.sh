# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# hba.FABRIC.SECONDS: its HBA goes, as with a driver that is unloaded, and comes again after so long.
weight[hba]=2

draw_hba() {
    local which
    any a b
    which=$REPLY
    any 0 2 8
    REPLY=$which.$REPLY
}

play_hba() {
    quiet_links=no
    held "${pools[@]}" -- remake_hba "$@"
}

remake_hba() {
    local hba=hba-$1
    udevadm settle --timeout=30 || true
    echo "$hba" > /sys/bus/fcoe/ctlr_destroy
    within 60 'the HBA went' "! compgen -G '/sys/class/net/$hba/ctlr_*' > /dev/null"
    sleep "$2"
    echo "$hba" > /sys/bus/fcoe/ctlr_create
    within 30 'the HBA came' "compgen -G '/sys/class/net/$hba/ctlr_*/enabled' > /dev/null"
    echo 1 > "$(compgen -G "/sys/class/net/$hba/ctlr_*/enabled")"
}
