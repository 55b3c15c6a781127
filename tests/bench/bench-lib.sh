# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154 # ports, luns and total are of the row
# What the rows share inside the VM; guest-lib.sh comes before it. A row prints its samples as lines
# "sample ROW SIZE OURS THEIRS", in microseconds (or instructions); a row without an opponent says
# "value ROW SIZE NUMBER".

# How often a pair is measured: a small one, and one of the size that its goal is about.
times=${NPIV_BENCH_TIMES:-5}
fewer=$((times < 3 ? times : 3))

sample() {
    echo "sample $*"
}

value() {
    echo "value $*"
}

# elapsed COMMAND...: microseconds of one run.
elapsed() {
    local began=${EPOCHREALTIME/./}
    "$@" > /dev/null
    echo $((${EPOCHREALTIME/./} - began))
}

# worked COMMAND...: microseconds of the processor, its own and the kernel's, where nothing is waited for.
worked() {
    local TIMEFORMAT='%3U %3S'
    { time "$@" > /dev/null 2>&1; } 2>&1 | awk '{ printf "%d\n", ($1 + $2) * 1000000 }'
}

# pairs TIMES ROW SIZE OURS THEIRS: two functions that print microseconds, side by side, and each of them
# first in turn. Both may print a second number, of how long it took until systemd was done with it, too.
pairs() {
    local i ours theirs
    for ((i = 0; i < $1; i++)); do
        if ((i % 2)); then
            theirs=$($5)
            ours=$($4)
        else
            ours=$($4)
            theirs=$($5)
        fi
        sample "$2" "$3" "${ours% *}" "${theirs% *}"
        [[ $ours != *\ * ]] || sample "$2-settled" "$3" "${ours#* }" "${theirs#* }"
    done
}

# sandbox_pairs ROW: units that do nothing, in the sandbox of a vHBA's and without it, with as many processes as
# a start and a stop of that have.
sandbox_pairs() {
    local unit=/run/systemd/system/bench i ours ours_down theirs theirs_down
    local processes='ExecStart=/bin/true\nExecStop=/bin/true\n'
    grep -v '^\(Exec\|OnFailure=\|Before=npiv\|RuntimeDirectory\)' /usr/lib/systemd/system/npiv-vport@.service > $unit-sandbox.service
    # shellcheck disable=SC2059 # the lines
    printf "[Service]\n$processes" >> $unit-sandbox.service
    # shellcheck disable=SC2059
    printf "[Service]\nType=oneshot\nRemainAfterExit=yes\n$processes" > $unit-plain.service
    systemctl daemon-reload
    for ((i = 0; i < times; i++)); do
        ours=$(elapsed systemctl start bench-sandbox)
        ours_down=$(elapsed systemctl stop bench-sandbox)
        theirs=$(elapsed systemctl start bench-plain)
        theirs_down=$(elapsed systemctl stop bench-plain)
        sample "$1-start" 0 "$ours" "$theirs"
        sample "$1-stop" 0 "$ours_down" "$theirs_down"
    done
    rm $unit-*.service
    systemctl daemon-reload
}

# sizes SIZE...: those that NPIV_BENCH_MAX allows.
sizes() {
    local size
    for size; do
        [ "$size" -gt "${NPIV_BENCH_MAX:-4096}" ] || echo "$size"
    done
}

# What a configuration of N vHBAs, and an fstab of N mounts, look like.
vhba_files() {
    awk -v n="$1" -v folder="$2" 'BEGIN {
        for (i = 1; i <= n; i++) {
            file = sprintf("%s/bench-%05d.conf", folder, i)
            printf "[vhba v%05d]\nwwpn = 5001438%09x\nwwnn = 5001438000000000\nluns = 0-3\n", i, i > file
            close(file)
        }
    }'
}

fstab_lines() {
    awk -v n="$1" 'BEGIN {
        for (i = 1; i <= n; i++)
            printf "/dev/disk/by-id/wwn-0x%016x /srv/%d ext4 nofail 0 2\n", i, i
    }'
}

# The test driver's HBA, loaded anew, so that no unit attention of before is left; its array shows LUNs 0 to
# $1-1 to each vport.
array_of() {
    # shellcheck disable=SC2034 # of guest-lib.sh
    vhba_parent=210000fc7e570000
    ! lsmod | grep -q '^npiv_fctest ' || fctest_unload > /dev/null
    fctest_load
    fctest size 1
    fctest luns "0-$(($1 - 1))"
    # shellcheck disable=SC2016 # expands later
    within 20 'the HBA is there' '[ -n "$(host_of_wwpn 210000fc7e570000)" ]' > /dev/null
    hba=/sys/class/fc_host/$(host_of_wwpn 210000fc7e570000)
}

# vhbas PORTS LUNS: that many vHBAs, web1 and so on, in the array of the lines above; $units are theirs.
vhbas() {
    local n
    array_of "$2"
    units=()
    for ((n = 1; n <= $1; n++)); do
        configure "web$n" "$n" "luns = 0-$(($2 - 1))" 'timeout = 1800s'
        units+=("npiv-vport@web$n")
    done
    systemctl daemon-reload
}

no_vhbas() {
    systemctl stop "${units[@]}"
    quiet
    rm -f /etc/npiv.d/web*.conf
    systemctl daemon-reload
}

# What vport_create and vport_delete are told for vHBA number N.
names_of() {
    printf '%s:%s' "$(wwpn "$1")" "$(wwnn "$1")"
}

settle() {
    udevadm settle --timeout=1200
}

manager_ticks() {
    awk '{ print $14 + $15 }' /proc/1/stat
}

# Until udev is done, and systemd's manager too, which follows up what udev has done: with the disks of
# what was measured last it would hold up the first process of what comes next.
quiet() {
    local before after
    settle
    before=$(manager_ticks)
    while sleep 0.5; after=$(manager_ticks); [ "$after" -ne "$before" ]; do
        before=$after
    done
}

# bare_writes add|remove PORTS DISKS: the kernel and udev alone, for ports 1 to PORTS at once.
bare_writes() {
    local file=vport_create n writes=()
    [ "$1" = add ] || file=vport_delete
    for ((n = 1; n <= $2; n++)); do
        writes+=("$hba/$file" "$(names_of "$n")")
    done
    await-disks "$1" $(($2 * $3)) "${writes[@]}"
}

# The same, and until systemd is done with it.
bare() {
    bare_writes "$@"
    quiet
}

# settled COMMAND...: what it prints, and microseconds until it has ended and systemd is done with what came of it.
settled() {
    local began=${EPOCHREALTIME/./} printed
    printed=$("$@")
    quiet
    echo "$printed $((${EPOCHREALTIME/./} - began))"
}

# $ports vHBAs of $luns LUNs by one systemctl start, and as many bare ports.
start_at_once() {
    settled elapsed systemctl start "${units[@]}"
    systemctl stop "${units[@]}"
    quiet
}

create_at_once() {
    settled bare_writes add "$ports" "$luns"
    bare remove "$ports" "$luns" > /dev/null
}

# --- with $total LUNs that are up ---

id_of_ours() {
    call-often 100 /usr/lib/udev/npiv-id "$disk"
}

id_of_scsi() {
    call-often 100 /usr/lib/udev/scsi_id --page=0x83 --whitelisted --device="/dev/$disk"
}

steps_of_ours() {
    count-instructions /usr/lib/udev/npiv-id "$disk"
}

steps_of_scsi() {
    count-instructions /usr/lib/udev/scsi_id --page=0x83 --whitelisted --device="/dev/$disk"
}

by_npivctl() {
    elapsed npivctl luns --json
}

by_lsblk() {
    elapsed lsblk --json -O
}

look_ups() {
    disk=$(basename "$(realpath /dev/npiv/web1/0)")
    [ "$(npivctl luns --noheadings | wc -l)" -eq "$total" ] || broken "not all of $total LUNs are there"
    pairs "$times" npiv-id "$total" id_of_ours id_of_scsi
    # Half a minute each, and as many of them however many LUNs there are.
    [ "$total" -gt 64 ] || pairs "$fewer" npiv-id-instructions "$total" steps_of_ours steps_of_scsi
    pairs "$fewer" luns "$total" by_npivctl by_lsblk
}

memory() {
    mkdir -p /run/bench
    value memory-npiv-generator "$total" "$(peak /usr/lib/systemd/system-generators/npiv-generator /run/bench)"
    value memory-npiv-id "$total" "$(peak /usr/lib/udev/npiv-id "$disk")"
    value memory-npiv-vport "$total" "$(peak /usr/lib/npiv/npiv-vport start web1)"
    value memory-npivctl "$total" "$(peak npivctl luns --json)"
    rm -rf /run/bench
}

# What is left while nothing happens: processes, and what wakes one by a time, a socket or a path.
idle() {
    value processes-left "$total" "$(our_processes | wc -l)"
    value wake-ups-left "$total" "$(systemctl list-units --all --plain --no-legend --type=timer,socket,path 'npiv*' | wc -l)"
}
