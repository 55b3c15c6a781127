# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# locks.SECONDS: a user without rights opens what he can below /run/npiv and /dev/npiv, and locks it, for so long.
weight[locks]=2

draw_locks() {
    any 5 15 40
}

play_locks() {
    disturb setpriv --reuid=65534 --regid=65534 --clear-groups perl "${BASH_SOURCE%/*}/lock-all.pl" "$1"
}
