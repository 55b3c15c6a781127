# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Which release of Debian the test VM runs.

# Print the release that $DEBIAN names, otherwise this machine's own where it is one of those that are tested:
# a program that was built here needs a C library at least as new as the one that it was built with.
vm_suite() {
    local release=${DEBIAN:-}
    if [ -z "$release" ]; then
        release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2> /dev/null || true)
        case $release in
        bookworm | trixie) ;;
        *) release=bookworm ;;
        esac
    fi
    printf '%s\n' "$release"
}
