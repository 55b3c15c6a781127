# SPDX-License-Identifier: LGPL-2.1-or-later
# Assembles a unit: a line @sandbox@ is replaced by units/sandbox.conf, which every service has, and a line
# @sandbox-vport@ by units/sandbox-vport.conf, which each service has that works on LUNs and ports. Run it at the top
# of the tree, with further expressions for @bindir@ and @libexecdir@.
/^@sandbox@$/{
r units/sandbox.conf
d
}
/^@sandbox-vport@$/{
r units/sandbox-vport.conf
d
}
