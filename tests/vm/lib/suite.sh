# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Which release of Debian the test VM runs.

# This machine's own release; nothing where it tells of none.
host_release() {
    sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2> /dev/null || true
}

# Print the release that $DEBIAN names, otherwise this machine's own where it is one of those that are tested.
vm_suite() {
    local release=${DEBIAN:-$(host_release)}
    case $release in
    bookworm | trixie) ;;
    *) [ -n "${DEBIAN:-}" ] || release=bookworm ;;
    esac
    printf '%s\n' "$release"
}

# The one of the two that are tested which the VM does not run.
other_release() {
    case $(vm_suite) in
    bookworm) echo trixie ;;
    *) echo bookworm ;;
    esac
}
