# SPDX-License-Identifier: LGPL-2.1-or-later
# zsh's completion of npivctl without a prompt: zsh -f completion.zsh FOLDER WORD... prints what is offered for the
# last word. Without a WORD it prints the function that zsh would call.
fpath=($1 $fpath)
shift
if (($# == 0)); then
    autoload -Uz compinit
    compinit -u -D
    print $_comps[npivctl]
    exit
fi

# The functions that show at a prompt what is offered.
_describe() {
    local -a offered
    while [[ $1 == -* ]]; do shift; done
    offered=("${(P@)2%%:*}")
    print -l -- "${(M@)offered:#$words[CURRENT]*}"
}
_files() {
    print files
}
_message() {
}

words=(npivctl "$@") CURRENT=$(($# + 1))
autoload -Uz _npivctl
_npivctl
