# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Makes trees of sysfs from their lists in tests/golden/sysfs. Source it.

# build_tree FILE DIR: make the tree that collect-sysfs has printed.
build_tree() {
    local kind path content
    while IFS=' ' read -r kind path content; do
        mkdir -p "$2/$(dirname "$path")"
        case $kind in
            link) ln -sfn "$content" "$2/$path" ;;
            file) printf '%b\n' "$content" >"$2/$path" ;;
            *) echo "$1: what is '$kind'?" >&2 && return 1 ;;
        esac
    done <"$1"
}
