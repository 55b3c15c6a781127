# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# edit.VHBA.WHAT: its file is written anew, and systemd reads it: with another settle time, or broken. "gone": it
# goes while the vHBA is up, which can be stopped nevertheless, and comes again.
weight[edit]=3

draw_edit() {
    local which
    any "${vhbas[@]}"
    which=$REPLY
    any settle broken gone
    REPLY=$which.$REPLY
}

play_edit() {
    case $2 in
    settle) write_file "$1" "settle = 3s" ;;
    broken) sed -i 's/^wwpn = .*/wwpn = none/' "/etc/npiv.d/$1.conf" ;;
    gone) rm -f "/etc/npiv.d/$1.conf" ;;
    esac
    systemctl daemon-reload
    [ "$2" != settle ] || return 0
    held "${pool[$1]}" -- stop_quietly "$1"
    write_file "$1"
    systemctl daemon-reload
}
