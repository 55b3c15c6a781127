# SPDX-License-Identifier: LGPL-2.1-or-later
# Plugin for sos report: what npiv knows of its virtual HBAs. Put it into the folder sos/report/plugins.
from sos.report.plugins import IndependentPlugin, Plugin


class Npiv(Plugin, IndependentPlugin):

    short_desc = "Fibre Channel virtual HBAs (NPIV)"
    plugin_name = "npiv"
    profiles = ("storage", "hardware")
    packages = ("npiv",)
    commands = ("npivctl",)

    def setup(self):
        self.add_copy_spec([
            "/etc/npiv.d",
            "/run/npiv.d",
            "/usr/local/lib/npiv.d",
            "/usr/lib/npiv.d",
            "/run/npiv",
        ])
        self.add_cmd_output([
            "npivctl --version",
            "npivctl check",
            "npivctl hbas",
            "npivctl list",
            "npivctl luns",
            "npivctl status --json",
            "npivctl apply --dry-run",
            "systemctl status --all --no-pager npiv*",
        ])
        self.add_journal(units="npiv*")
        # udev and systemd run these two, outside of our units.
        self.add_journal(identifier="npiv-id")
        self.add_journal(identifier="npiv-generator")
