# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# link.FABRIC.SECONDS: the link of that fabric's HBA is down for so long. Writers hold back at that moment: a write
# that is under way would stop the target, which is in the same kernel (tests/fabric/README.md).
weight[link]=3

draw_link() {
    local which
    any a b
    which=$REPLY
    any 0 1 3 10
    REPLY=$which.$REPLY
}

play_link() {
    quiet_links=no
    held "${pools[@]}" -- flap "$@"
}

flap() {
    udevadm settle --timeout=30 || true
    fabricctl link down "hba-$1"
    sleep "$2"
    fabricctl link up "hba-$1"
}
