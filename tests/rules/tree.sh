# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# A small /sys: one HBA, host7, with the port of a vHBA, host8, below it, and the state of that vHBA, web01.
# $sys and $run name the folders. Source it.

sys=${sys-}
run=${run-}
wwpn=50014c5000000001
target=500a09868607c1f6
port_path=devices/pci0/host7/vport-7:0-1/host8

# put FILE TEXT: an attribute.
put() {
    mkdir -p "$(dirname "$sys/$1")"
    printf '%s\n' "$2" >"$sys/$1"
}

# link FILE TARGET, which is a path below /sys.
link() {
    mkdir -p "$(dirname "$sys/$1")"
    ln -sfn "$(realpath -m --relative-to="$(dirname "$sys/$1")" "$sys/$2")" "$sys/$1"
}

make_port() {
    put "$port_path/fc_host/host8/port_name" "0x$wwpn"
    link class/fc_host/host8 "$port_path/fc_host/host8"
    put "$port_path/rport-8:0-1/fc_remote_ports/rport-8:0-1/port_name" "0x$target"
    link class/fc_remote_ports/rport-8:0-1 "$port_path/rport-8:0-1/fc_remote_ports/rport-8:0-1"
}

# make_block FOLDER NAME MAJOR:MINOR SEQUENCE [TYPE]: what udev needs of a block device.
make_block() {
    put "$1/uevent" "MAJOR=${3%:*}"$'\n'"MINOR=${3#*:}"$'\n'"DEVNAME=$2"$'\n'"DEVTYPE=${5-disk}"$'\n'"DISKSEQ=$4"
    put "$1/dev" "$3"
    put "$1/diskseq" "$4"
    link "$1/subsystem" class/block
    link "class/block/$2" "$1"
    link "dev/block/$3" "$1"
    mkdir -p "$sys/class/block"
    [[ -e /dev/$2 ]] || { mknod -m 660 "/dev/$2" b "${3%:*}" "${3#*:}" && chgrp disk "/dev/$2"; }
}

# make_lun NAME LUN MAJOR:MINOR SEQUENCE WWID
make_lun() {
    local address=8:0:1:$2
    local scsi=$port_path/rport-8:0-1/target8:0:1/$address
    put "$scsi/type" 0
    put "$scsi/state" running
    put "$scsi/vendor" ACME
    put "$scsi/model" Disk
    put "$scsi/wwid" "$5"
    link "$scsi/subsystem" bus/scsi
    mkdir -p "$sys/bus/scsi"
    put "$scsi/uevent" DEVTYPE=scsi_device
    link "class/scsi_device/$address/device" "$scsi"
    make_block "$scsi/block/$1" "$1" "$3" "$4"
    link "$scsi/block/$1/device" "$scsi"
}

# make_partition DISK NUMBER MAJOR:MINOR
make_partition() {
    local folder
    folder=$(realpath --relative-to="$sys" "$sys/class/block/$1")
    make_block "$folder/$1$2" "$1$2" "$3" 0 partition
    rm "$sys/$folder/$1$2/diskseq"
    put "$folder/$1$2/partition" "$2"
}

# make_map NAME MAJOR:MINOR SEQUENCE WWID PATH...
make_map() {
    local folder=devices/virtual/block/$1 path
    make_block "$folder" "$1" "$2" "$3"
    put "$folder/dm/uuid" "mpath-3$4"
    put "$folder/dm/name" "mpath-$1"
    mkdir -p "$sys/$folder/slaves"
    for path in "${@:5}"; do
        link "$folder/slaves/$path" "class/block/$path"
    done
}

# make_state LINE...: what is remembered of the vHBA, with further lines.
make_state() {
    mkdir -p "$run/vhba" "$run/port"
    printf '%s\n' NAME=web01 POOL=web01 TYPE=vport "WWPN=0x$wwpn" VPORT=vport-7:0-1 READY=yes OURS=yes ON_STOP=delete \
        ON_BUSY=refuse STOP_USEC=90000000 "$@" >"$run/vhba/web01"
    ln -sfn ../vhba/web01 "$run/port/$wwpn"
}
