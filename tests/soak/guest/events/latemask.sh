# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2086
# latemask.VHBA: the array masks its LUNs only after the port has logged in and was told that there is no target.
weight[latemask]=2

draw_latemask() {
    any "${vhbas[@]}"
}

play_latemask() {
    local acl lun target initiator
    [ -z "${masked[$1]-}" ] || return 0
    held "${pool[$1]}" -- stop_quietly "$1"
    target=$(target_of "$1") initiator=$(wwpn "${number[$1]}")
    for lun in 0 1; do
        [ -z "${mapped[${pool[$1]} $lun]}" ] || fabricctl unmap "$target" "$initiator" $lun
    done
    acl=/sys/kernel/config/target/fc/$(with_colons "$(fabricctl wwpn "$target")")/tpgt_1/acls/$(with_colons "$initiator")
    within 60 'the array has forgotten the WWPN' "rmdir $acl 2> /dev/null"
    started "$1"
    systemctl start --no-block "npiv-vport@$1" || true
    within 60 'its port is Active' "grep -qs Active /sys/class/fc_vports/\$(vports $initiator | tail -n 1)/vport_state"
    sleep 3
    mkdir "$acl" # or `map` would have the port see the target anew
    for lun in 0 1; do
        [ -z "${mapped[${pool[$1]} $lun]}" ] || fabricctl map "$target" "$initiator" $lun "${mapped[${pool[$1]} $lun]}"
    done
}

with_colons() {
    sed 's/../&:/g; s/:$//' <<< "$1"
}
