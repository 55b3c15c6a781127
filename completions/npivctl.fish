# SPDX-License-Identifier: LGPL-2.1-or-later
# fish completion for npivctl(8).

# The program's own help lists what there is to complete.
function __npivctl_help
    npivctl $argv --help 2>/dev/null
end

# The verb that has been typed; fails if there is none yet.
function __npivctl_verb
    string match -v -- '-*' (commandline -opc)[2..-1] | head -n 1 | string match '*'
end

function __npivctl_names
    npivctl list --noheadings --output $argv 2>/dev/null | string split -n ' ' | string match -v -- - | sort -u
end

# The words that an option takes, if its help lists them ("yes|no").
function __npivctl_values
    __npivctl_help $argv[1] | string replace -rf -- "^ +$argv[2] ([^ ]*[|][^ ]*).*" '$1' | string split '|'
end

function __npivctl_arguments
    set -l verb (__npivctl_verb)
    set -l previous (commandline -opc)[-1]
    set -l usage (__npivctl_help $verb)[1]
    set -l columns
    set -l values
    if contains -- $previous -o --output
        set columns (__npivctl_help $verb | string replace -rf '^ [* ] ([A-Z][A-Z-]*) +(.*)' '$1\t$2')
    end
    if string match -q -- '--*' $previous
        set values (__npivctl_values $verb $previous)
    end
    if set -q columns[1]
        printf '%s\n' $columns
    else if set -q values[1]
        printf '%s\n' $values
    else if string match -q -- '-*' (commandline -ct)
        __npivctl_help $verb | string replace -rf -- '^  (?:-.,|   ) (--[a-z-]+).*?  +(.*)' '$1\t$2'
    else if string match -q '*FILE*' $usage
        __fish_complete_path (commandline -ct)
    else if test $verb != create
        if string match -q '*POOL*' $usage
            __npivctl_names NAME,POOL
        else if string match -q '*NAME*' $usage
            __npivctl_names NAME
        end
    end
end

complete -c npivctl -f
complete -c npivctl -n 'not __npivctl_verb >/dev/null' -a '(__npivctl_help | string replace -rf "^  ([a-z]+) +(.*)" "\$1\t\$2")'
complete -c npivctl -n 'not __npivctl_verb >/dev/null' -l help -d 'list the verbs'
complete -c npivctl -n 'not __npivctl_verb >/dev/null' -l version -d 'print the version'
complete -c npivctl -n '__npivctl_verb >/dev/null' -a '(__npivctl_arguments)'
