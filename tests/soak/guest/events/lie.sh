# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# lie.VHBA.SECONDS: a user's FUSE mount says that it is a disk of this vHBA, and answers nobody, for so long.
weight[lie]=2

draw_lie() {
    local which
    any "${vhbas[@]}"
    which=$REPLY
    any 5 15 40
    REPLY=$which.$REPLY
}

play_lie() {
    local disk
    disk=$(disks_of "${number[$1]}" | head -n 1)
    [ -n "$disk" ] || return 0
    disturb tell_lie "/dev/$disk" "$2"
}

# As fusermount does it, which is root's for every user's sake.
tell_lie() {
    local dir
    dir=$(mktemp -d /var/tmp/lie-XXXXXX)
    modprobe fuse
    perl -e 'use Fcntl; sysopen(my $fuse, "/dev/fuse", O_RDWR) or die;
        my $data = sprintf("fd=%d,rootmode=40000,user_id=65534,group_id=65534", fileno($fuse));
        syscall(165, $ARGV[0], $ARGV[1], "fuse", 6, $data) == 0 or die "mount: $!";
        ($(, $)) = (65534, 65534); ($<, $>) = (65534, 65534); sleep $ARGV[2]' "$1" "$dir" "$2" || true
    umount -l "$dir" || true
    rmdir "$dir" || true
}
