# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# A root folder of unpacked Debian packages, none of them set up, in which something is compiled for the test VM:
# with the compiler and the libraries of the VM's release. Sets and uses suite and cache.

# shellcheck source=tests/vm/lib/suite.sh
. "$(dirname "${BASH_SOURCE[0]}")/suite.sh"
suite=$(vm_suite)
cache=${NPIV_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/npiv-vm}

builder_say() {
    printf 'builder: %s\n' "$*" >&2
}

# Whoever is not root becomes it in a user namespace.
builder_as_root() {
    if [ "$(id -u)" = 0 ]; then
        unshare --mount --propagation private "$@"
    else
        unshare --map-auto --map-root-user --mount --pid --fork --mount-proc "$@"
    fi
}

# builder_make FOLDER PACKAGE...
builder_make() {
    builder_as_root mmdebstrap --quiet --mode=root --variant=extract \
        --include="base-files,make,mawk,dash,coreutils,diffutils,sed,grep,$(IFS=,; echo "${*:2}")" \
        --aptopt='Apt::Install-Recommends "false"' \
        --aptopt='Acquire::Languages "none"' \
        --dpkgopt='path-exclude=/usr/share/*' \
        "$suite" "$1" ${MIRROR:+"$MIRROR"} >&2 || return 1
    mkdir -p "$1/src" "$1/build"
    ln -sf mawk "$1/usr/bin/awk"
}

# builder_folder NAME PACKAGE...: print the folder of a builder with these packages. One process makes it, others wait.
builder_folder() {
    local folder temp started=$SECONDS
    folder=$cache/builder-$suite-$1-$({ declare -f builder_make; echo "${*:2}"; } | sha256sum | cut -c1-8)
    mkdir -p "$cache"
    exec 9> "$folder.lock"
    flock 9
    if [ ! -d "$folder" ]; then
        builder_say "fetching what $suite compiles $1 with"
        temp=$(mktemp -d "$folder.XXXXXX")
        chmod 755 "$temp"
        builder_make "$temp" "${@:2}" || {
            builder_as_root rm -rf "$temp"
            return 1
        }
        mv "$temp" "$folder"
        builder_say "done in $((SECONDS - started)) s: $folder"
    fi
    touch "$folder"
    echo "$folder"
}

# builder_run FOLDER SOURCES BUILD COMMAND...: run a command in a builder, where these two folders are /src and /build.
builder_run() {
    # shellcheck disable=SC2016 # expands in the inner shell
    builder_as_root env PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -euc \
        'root=$1; mount --rbind /dev "$root/dev"; mount --bind "$2" "$root/src"; mount --bind "$3" "$root/build"
         shift 3; exec chroot "$root" "$@"' sh "$@"
}
