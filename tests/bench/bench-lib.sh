# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What the rows share inside the VM; guest-lib.sh comes before it. A row prints its samples as lines
# "sample ROW SIZE OURS THEIRS", in microseconds; a row without an opponent says "value ROW SIZE NUMBER".

times=${NPIV_BENCH_TIMES:-5}

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

# pairs ROW SIZE OURS THEIRS: two functions that print microseconds, side by side, and each of them
# first in turn.
pairs() {
    local i ours theirs
    for ((i = 0; i < times; i++)); do
        if ((i % 2)); then
            theirs=$($4)
            ours=$($3)
        else
            ours=$($3)
            theirs=$($4)
        fi
        sample "$1" "$2" "$ours" "$theirs"
    done
}

# The test driver's HBA, whose array shows LUNs 0 to $1-1 to each vport.
array_of() {
    # shellcheck disable=SC2034 # of guest-lib.sh
    fctest_load 2> /dev/null || vhba_parent=210000fc7e570000 # there already
    fctest size 1
    fctest luns "0-$(($1 - 1))"
    # shellcheck disable=SC2016 # expands later
    within 20 'the HBA is there' '[ -n "$(host_of_wwpn 210000fc7e570000)" ]' > /dev/null
    hba=/sys/class/fc_host/$(host_of_wwpn 210000fc7e570000)
}

# What vport_create and vport_delete are told for vHBA number N.
names_of() {
    printf '%s:%s' "$(wwpn "$1")" "$(wwnn "$1")"
}

quiet() {
    udevadm settle --timeout=600
}

# bare add|remove PORTS DISKS: the kernel and udev alone, for ports 1 to PORTS at once.
bare() {
    local file=vport_create n writes=()
    [ "$1" = add ] || file=vport_delete
    for ((n = 1; n <= $2; n++)); do
        writes+=("$hba/$file" "$(names_of "$n")")
    done
    await-disks "$1" $(($2 * $3)) "${writes[@]}"
    quiet
}
