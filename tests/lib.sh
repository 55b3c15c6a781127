# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Counts test cases and prints one line for each. Source it; end with `summary`.
#
# Where NPIV_TEST_TALLY names a file, each suite adds its counts there, and tests/run adds them up. Beside it, in
# a file that ends with .skipped, are the lines of what was skipped.
# NPIV_TEST_PREFIX stands before each case's name: "asan/", where the same suite runs once more.

# Configuration files that a group may write to are warned about, whatever umask the tests are run with.
umask 022

tests_passed=0
tests_failed=0
tests_skipped=0

# pass NAME
pass() {
    tests_passed=$((tests_passed + 1))
    printf 'ok       %s%s\n' "${NPIV_TEST_PREFIX-}" "$1"
}

# fail NAME [DETAILS]: details come indented below the line.
fail() {
    tests_failed=$((tests_failed + 1))
    printf 'FAILED   %s%s\n' "${NPIV_TEST_PREFIX-}" "$1"
    if [[ -n ${2-} ]]; then
        printf '%s\n' "$2" | sed 's/^/         | /'
    fi
}

# skip NAME WHY: what was not tried has not passed; it is counted on its own.
skip() {
    local line
    tests_skipped=$((tests_skipped + 1))
    printf -v line 'skipped  %s%s: %s' "${NPIV_TEST_PREFIX-}" "$1" "${2-}"
    echo "$line"
    [[ -z ${NPIV_TEST_TALLY-} ]] || echo "$line" >>"$NPIV_TEST_TALLY.skipped"
}

# check NAME COMMAND...: passes when the command does; its output is the details of a failure.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        pass "$name"
    else
        fail "$name" "$output"
    fi
}

# check_equal NAME EXPECTED ACTUAL
check_equal() {
    if [[ $2 == "$3" ]]; then
        pass "$1"
    else
        fail "$1" "$(diff -u --label expected <(printf '%s\n' "$2") --label actual <(printf '%s\n' "$3"))"
    fi
}

# Prints the counts, adds them to the tally, and gives 1 where a case has failed.
summary() {
    if [[ -n ${NPIV_TEST_TALLY-} ]]; then
        printf '%d %d %d\n' "$tests_passed" "$tests_failed" "$tests_skipped" >>"$NPIV_TEST_TALLY"
    else
        print_counts "$tests_passed" "$tests_failed" "$tests_skipped"
    fi
    [[ $tests_failed -eq 0 ]]
}

# print_counts PASSED FAILED SKIPPED
print_counts() {
    local skipped=
    if [[ $3 -gt 0 ]]; then
        skipped=", $3 skipped"
    fi
    printf '%d passed, %d failed%s\n' "$1" "$2" "$skipped"
}
