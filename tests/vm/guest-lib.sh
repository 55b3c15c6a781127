# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# What cases share inside the VM. A case is a strict bash script: the first thing that does not
# hold ends it.

# Say what broke a case, and end it.
broken() {
    printf 'BROKEN: %s\n' "$*"
    exit 1
}

# expect WHAT COMMAND...: the command succeeds.
expect() {
    local what=$1
    shift
    "$@" || broken "$what ($*)"
    printf '  %s\n' "$what"
}

# refute WHAT COMMAND...: the command fails.
refute() {
    local what=$1
    shift
    ! "$@" || broken "$what (not: $*)"
    printf '  %s\n' "$what"
}

# same WHAT WANTED FOUND: two texts are one.
same() {
    [ "$2" = "$3" ] || broken "$1: wanted '$2', found '$3'"
    printf '  %s: %s\n' "$1" "$(head -n 3 <<< "$2" | tr '\n' ' ')"
}

# within SECONDS WHAT TEXT: the text, run as a command again and again, succeeds in time.
within() {
    local began=$SECONDS looked=${EPOCHREALTIME/./}
    until eval "$3"; do
        [ $((SECONDS - began)) -lt "$1" ] || broken "$2: not within $1 s ($3)"
        rest "$looked"
        looked=${EPOCHREALTIME/./}
    done
    printf '  %s, after %s s\n' "$2" "$((SECONDS - began))"
}

# rest TIME: between two looks, twice as long as the one took that began then, in microseconds: what is waited
# for is to have the processor.
rest() {
    local time=$(((${EPOCHREALTIME/./} - $1) * 2 / 1000))
    time=$((time < 100 ? 100 : time > 2000 ? 2000 : time))
    sleep "$((time / 1000)).$(printf %03d $((time % 1000)))"
}

has() {
    grep -q -e "$2" <<< "$1"
}

# lacks WHAT TEXT PATTERN: no line of the text is like this; one that is gets shown.
lacks() {
    local found
    found=$(grep -e "$3" <<< "$2" | tail -n 5) || true
    [ -z "$found" ] || broken "$1 (there is: $found)"
    printf '  %s\n' "$1"
}

# no_write_failed TEXT: by this journal no disk refused to flush or to write. A read that comes too late is no
# harm: udev looks at a disk whenever somebody closes it, be it in the moment in which it is removed.
no_write_failed() {
    lacks 'no flush failed' "$1" 'Synchronize Cache.*failed'
    lacks 'no write failed' "$(grep -v -e 'async page read' -e 'op 0x0:(READ)' <<< "$1")" 'I/O error\|lost .* page write'
}

# The names of vHBA number N: WWPN and WWNN.
wwpn() {
    printf '50014c50000000%02x' "$1"
}

wwnn() {
    printf '50014c50000001%02x' "$1"
}

# configure NAME N [LINE...]: write a vHBA's file, with further lines in its section. Its parent is fabric
# a's HBA, or the WWPN in $vhba_parent.
configure() {
    local name=$1 n=$2
    shift 2
    {
        printf '[vhba %s]\nwwpn = %s\nwwnn = %s\n' "$name" "$(wwpn "$n")" "$(wwnn "$n")"
        printf 'parent_wwpn = %s\n' "${vhba_parent:-$(fabricctl wwpn hba-a)}"
        printf '%s\n' "$@"
    } > "/etc/npiv.d/$name.conf"
}

# vhba NAME N [LINE...]: configure a vHBA, and have systemd know it.
vhba() {
    configure "$@"
    systemctl daemon-reload
}

# pool NAME [LINE...]: vHBAs NAME-a (number 1, fabric a) and NAME-b (number 2, fabric b) in one pool, with
# further lines in both sections.
pool() {
    local name=$1
    shift
    configure "$name-a" 1 "pool = $name" "$@"
    vhba_parent=$(fabricctl wwpn hba-b) vhba "$name-b" 2 "pool = $name" "$@"
}

# share LUN...: each one logical unit, "shared-LUN", behind target a1 for vHBA 1 and b1 for vHBA 2.
share() {
    local lun
    for lun; do
        fabricctl map a1 "$(wwpn 1)" "$lun" "shared-$lun"
        fabricctl map b1 "$(wwpn 2)" "$lun" "shared-$lun"
    done
}

# What a name leads to: the kernel name, "sdc" or "dm-0"; nothing where it is not there.
leads_to() {
    [ ! -e "/dev/npiv/$1" ] || basename "$(readlink "/dev/npiv/$1")"
}

# The paths of the map that a name leads to; nothing where it leads to a path.
paths_of() {
    ls "/sys/class/block/$(leads_to "$1")/slaves"
}

# The disks of vHBA number N, by kernel name.
disks_of() {
    local host disk
    host=$(host_of_wwpn "$(wwpn "$1")")
    for disk in "/sys/class/scsi_host/${host:-none}/device"/rport-*/target*/*/block/*; do
        [ ! -e "$disk" ] || basename "$disk"
    done
}

# multipathd as it is told: lines for multipath.conf's section defaults, and for overrides, since what its
# table says of LIO counts for more than defaults (no_path_retry 12). multipath_off undoes it.
multipath_on() {
    {
        printf 'defaults {\n polling_interval 2\n'
        printf ' %s\n' "$@"
        printf '}\noverrides {\n'
        printf ' %s\n' "${@##find_multipaths*}"
        printf '}\n'
    } > /etc/multipath.conf
    systemctl restart multipathd
}

multipath_off() {
    multipath -F > /dev/null 2>&1 || true
    rm -f /etc/multipath.conf /etc/multipath/wwids /etc/multipath/bindings
    systemctl restart multipathd
}

# Write down every change of a link from now on, in /run/links; tell it and what became of a name.
watch_links() {
    systemctl stop link-watch 2> /dev/null || true
    systemd-run --quiet --unit=link-watch --property=StandardOutput=truncate:/run/links link-watch
    within 5 'the watcher looks' 'systemctl is-active --quiet link-watch'
}

# how_often set|gone NAME: what the watcher saw of a name.
how_often() {
    awk -v what="$1" -v name="$2" '$2 == what && $3 == name' /run/links | wc -l
}

# map N LUN...: the array shows LUNs to vHBA number N; each is a logical unit "vN-LUN".
map() {
    local n=$1 lun
    shift
    for lun; do
        fabricctl map a1 "$(wwpn "$n")" "$lun" "v$n-$lun"
    done
}

# mask N LUN...: the same, and a port that has logged in already is told nothing, as with an array; unmask N: as
# if nothing had ever been shown to it. The kernel's target then denies at the login of that port that it is one.
mask() {
    local n=$1 lun
    shift
    for lun; do
        fabricctl mask a1 "$(wwpn "$n")" "$lun" "v$n-$lun"
    done
}

unmask() {
    fabricctl unmask a1 "$(wwpn "$1")"
}

start() {
    systemctl start "npiv-vport@$1"
}

stop() {
    systemctl stop "npiv-vport@$1"
}

unit_state() {
    systemctl show -P ActiveState "npiv-vport@$1"
}

# The vports of this WWPN that exist, by their sysfs names.
vports() {
    local file
    for file in /sys/class/fc_vports/*/port_name; do
        [ -e "$file" ] || continue
        [ "$(printf %016x "$(< "$file")")" != "$1" ] || basename "$(dirname "$file")"
    done
}

host_of_wwpn() {
    local file
    for file in /sys/class/fc_host/*/port_name; do
        [ "$(printf %016x "$(< "$file")")" != "$1" ] || basename "$(dirname "$file")"
    done
}

# The unit serial number (VPD page 0x80) of a disk, asked from the disk itself.
serial() {
    sg_vpd --page=sn --raw "$(realpath "$1")" 2> /dev/null | tail -c +5 | tr -d '\0 \n'
}

# The LUN of a disk as the kernel says it, the L of H:C:T:L.
kernel_lun() {
    realpath "/sys/block/$(basename "$(realpath "$1")")/device" | sed 's/.*://'
}

# The serial number that the array exports for LUN $2 to vHBA number $1, as the target has it.
exported_serial() {
    fabricctl luns | awk -v w="$(wwpn "$1")" -v l="$2" '$2 == w && $3 == l { print $5; exit }'
}

# The last failure that npiv-vport told the journal of this unit.
last_error() {
    journalctl -q -o cat -p err -n 1 -t npiv-vport -u "npiv-vport@$1"
}

# fails_with NAME CODE WORDS WHAT: a start ends with that exit code and says so in such words. Then
# it is stopped.
fails_with() {
    refute "start fails: $4" start "$1"
    same 'exit code' "$2" "$(systemctl show -P ExecMainStatus "npiv-vport@$1")"
    echo "  $(last_error "$1")"
    expect 'the message' has "$(last_error "$1")" "$3"
    stop "$1"
    systemctl reset-failed "npiv-vport@$1" 2> /dev/null || true
}

# start_says NAME CODE WORDS WHAT: the same of the program alone, without a unit that tries again; what
# was made stays.
start_says() {
    local code=0 text
    text=$(/usr/lib/npiv/npiv-vport start "$1" 2>&1) || code=$?
    same "$4: exit code" "$2" "$code"
    echo "  $text"
    expect 'the message' has "$text" "$3"
}

# The test driver's HBAs (tests/kmod/README.md): load them, parameters of the module behind.
fctest_load() {
    modprobe -a scsi_transport_fc sg
    insmod /usr/local/lib/npiv-test/npiv_fctest.ko "$@"
    vhba_parent=210000fc7e570000
}

# fctest FILE [VALUE]: set, or read, one of the files of the first HBA of the test driver, or of HBA
# number $fctest_hba.
fctest() {
    local file=/sys/devices/platform/npiv_fctest.${fctest_hba:-0}/$1
    if [ $# -gt 1 ]; then
        env printf %s "$2" > "$file" # in one write(); the shell's own ends one at each newline
    else
        cat "$file"
    fi
}

# Put the test driver away; the kernel has no complaint about it, and nothing is left.
fctest_unload() {
    rmmod npiv_fctest
    refute 'no complaint of the kernel' has "$(dmesg)" 'BUG:\|WARNING:\|Oops\|blocked for more than\|refcount_t'
    same 'no host is left' '' "$(host_of_wwpn "$vhba_parent")"
}

# recovering NAME: its start has failed, and npiv-recover@ waits for what is missing.
recovering() {
    [ "$(unit_state "$1")" = failed ] && systemctl is-active --quiet "npiv-recover@$1"
}

# lines NAME: how many lines the journal has of a vHBA.
lines() {
    journalctl -q -o cat -u npiv-vport@"$1" -u npiv-teardown@"$1" -u npiv-recover@"$1" | wc -l
}

# calm NAME SECONDS: while its cause lasts, one process waits, and the journal hears a cause once.
calm() {
    local name=$1 seconds=$2 pid lines
    within 30 "$name: npiv-recover waits" "recovering $name"
    pid=$(systemctl show -P MainPID "npiv-recover@$name")
    lines=$(lines "$name")
    sleep "$seconds"
    same 'one process waits' "$pid" "$(systemctl show -P MainPID "npiv-recover@$name")"
    lines=$(($(lines "$name") - lines))
    echo "figure: $name: $lines lines in the journal in $seconds s while it cannot come up"
    expect 'the journal hears a cause once' test $lines -le 1
}

# pace NAME: start it, and remember how long this machine takes for a start that nothing holds up; a
# reboot does not forget it.
pace() {
    local began=${EPOCHREALTIME/./}
    start "$1"
    echo $((${EPOCHREALTIME/./} - began)) > /var/tmp/pace
    echo "figure: a plain start takes $(seconds "$(< /var/tmp/pace)") s"
}

# A timeout that is short, and yet enough for a start here, even beside another one.
short() {
    local enough=$((3 * $(< /var/tmp/pace) / 1000000))
    echo "$((enough > 9 ? enough : 9))s"
}

seconds() {
    printf '%d.%d' $(($1 / 1000000)) $(($1 / 100000 % 10))
}

# The longest that healing may take, in microseconds: 15 s. Where a plain start takes more than 3 s the machine
# is busy with other things: then five of those.
heal_limit() {
    local pace=0
    [ ! -e /var/tmp/pace ] || pace=$(< /var/tmp/pace)
    echo $((pace > 3000000 ? 5 * pace : 15000000))
}

# heals WHAT TEXT: the cause is gone now; the text, run as a command, succeeds soon enough. "answers NAME LUN"
# that came late gets the pace of now, for other VMs come and go.
heals() {
    local what=$1 began=${EPOCHREALTIME/./} looked took most
    looked=$began
    most=$(heal_limit)
    [ "$most" -gt 60000000 ] || most=60000000
    until eval "$2"; do
        [ $((${EPOCHREALTIME/./} - began)) -lt "$most" ] || broken "$what: not within $(seconds "$most") s ($2)"
        rest "$looked"
        looked=${EPOCHREALTIME/./}
    done
    took=$((${EPOCHREALTIME/./} - began))
    echo "figure: $what: healed after $(seconds $took) s"
    if [ $took -ge "$(heal_limit)" ] && [[ $2 =~ ^'answers '([^ ]+) ]]; then
        stop "${BASH_REMATCH[1]}"
        pace "${BASH_REMATCH[1]}"
    fi
    [ $took -lt "$(heal_limit)" ] || broken "$what: not within $(seconds "$(heal_limit)") s ($2)"
}

# answers NAME LUN: the unit is active, and the LUN answers to a read that no cache can serve.
answers() {
    [ "$(unit_state "$1")" = active ] && reads "/dev/npiv/$1/$2"
}

reads() {
    [ -b "$1" ] && timeout 2 dd "if=$1" of=/dev/null bs=4k count=1 iflag=direct status=none 2> /dev/null
}

# Peak memory of a command in KiB: ru_maxrss of getrusage(2) for children, system call 98.
peak() {
    perl -e '$r = "\0" x 144; open($out, ">&", STDOUT); open(STDOUT, ">", "/dev/null");
        open(STDERR, ">", "/dev/null"); system(@ARGV) == 0 or exit 1;
        syscall(98, -1, $r); print $out +(unpack("q*", $r))[4]' "$@"
}

# Processes of npiv's programs; not the software switch, npiv-fcf.
our_processes() {
    pgrep -l '^npiv-?[cgiv]' || true
}

# Leave nothing of a case behind: no unit, no file, no vport, no LUN map, no fault.
clean() {
    local dir image lun size units
    umount /mnt 2> /dev/null || true
    # `systemctl unmask` has systemd read all its units anew, whether or not one was masked.
    if compgen -G '/run/systemd/system/npiv-*@*.service' > /dev/null; then
        rm /run/systemd/system/npiv-*@*.service
        systemctl daemon-reload
    fi
    mapfile -t units < <(systemctl list-units --all --plain --no-legend npiv-{vport,teardown}'@*.service' |
        awk '{ print $1 }')
    if [ ${#units[@]} -gt 0 ]; then
        systemctl stop "${units[@]}" 2> /dev/null || true
        systemctl reset-failed "${units[@]}" 2> /dev/null || true
    fi
    rm -rf /etc/npiv.d/*.conf /etc/npiv.d/*.conf.d /run/npiv.d
    rm -rf /etc/systemd/system/npiv.target.wants
    systemctl daemon-reload
    for dir in /sys/class/fc_vports/*; do
        [ ! -e "$dir/vport_delete" ] || echo 1 > "$dir/vport_delete" || true
    done
    rmmod npiv_fctest 2> /dev/null || true
    fabricctl unmap-all
    # What the HBAs themselves had: of a LUN that is unmapped the kernel keeps the disk.
    for lun in /sys/class/net/hba-?/ctlr_*/host*/rport-*/target*/*:*; do
        [ ! -e "$lun/delete" ] || echo 1 > "$lun/delete" || true
    done
    for dir in a b; do
        fcfctl "$dir" state up
        fcfctl "$dir" npiv on
        fcfctl "$dir" accept-fdisc all
        fcfctl "$dir" delay-fdisc 0
        fcfctl "$dir" status | while read -r word target initiator; do
            [ "$word" != hidden ] || fcfctl "$dir" show "$target" to "$initiator"
        done
    done
    # A partition or a file system of this case would be one of the next.
    find /var/lib/fabric -name '*.img' -size +0 -printf '%s %p\n' | while read -r size image; do
        truncate -s 0 "$image" && truncate -s "$size" "$image"
    done
    rm -rf /run/npiv
    # A stop is refused while a disk cannot be flushed, as when a case has taken its target away. Now nothing is left.
    [ ${#units[@]} -eq 0 ] || systemctl stop "${units[@]}" 2> /dev/null || true
    dmesg --clear
    # libvirt's start leaves it behind; it has systemd send a message for each unit and device that changes.
    systemctl stop systemd-machined 2> /dev/null || true
}

# --- starts of web01 that are interrupted (cases 84 to 86) ---

main_pid() {
    systemctl show -P MainPID npiv-vport@web01
}

is_up() {
    [ "$(unit_state web01)" = active ]
}

is_waiting() {
    local now
    now=$(systemctl show -p SubState,StatusText npiv-vport@web01)
    has "$now" '^SubState=start$' && has "$now" "^StatusText=$awaited"
}

# until_it_waits TEXT: a start is under way, and its status begins with this.
until_it_waits() {
    awaited=$1
    within 40 "start is $1" is_waiting
}

# kill_start SIGNAL STAGE [TRACER]: what it leaves is at most one vport, and no lock. A tracer would hold it
# back from its end.
kill_start() {
    local pid
    pid=$(main_pid)
    kill -s "$1" "$pid"
    [ $# -lt 3 ] || kill -KILL "$3"
    within 20 "$1 at $2: it has ended" "[ ! -e /proc/$pid ]"
    expect 'its lock is free' flock -w 15 /run/npiv/lock/vhba-web01 true # npiv-recover looks now and then
    expect 'at most one vport is there' test "$(vports "$(wwpn 1)" | wc -l)" -le 1
}

# interrupt STAGE TEXT: start, and kill it by each signal while its status begins with TEXT.
interrupt() {
    local signal
    for signal in KILL TERM; do
        systemctl start --no-block npiv-vport@web01
        until_it_waits "$2"
        kill_start $signal "$1"
    done
}

stop_leaves_nothing() {
    stop web01
    same 'stop leaves no vport' '' "$(vports "$(wwpn 1)")"
    same 'no state' '' "$(find /run/npiv -type f -not -path '*/lock/*' | tr '\n' ' ')"
    refute 'no link' test -e /dev/npiv/web01
}

# The cause is gone: it comes up by itself, and a stop works.
recovers() {
    within 60 'it comes up by itself' is_up
    same 'the LUN is there' "$(exported_serial 1 0)" "$(serial /dev/npiv/web01/0)"
    stop_leaves_nothing
}
