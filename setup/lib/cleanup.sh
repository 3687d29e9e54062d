# shellcheck shell=bash
# What must happen however the script ends: normally, with an error, by Ctrl-C.

AT_EXIT=()
CHILD=

at_exit() { AT_EXIT=("$*" "${AT_EXIT[@]}"); } # COMMAND LINE: the last one added runs first

run_at_exit() {
    local status=$? command
    trap '' INT TERM
    stop_child
    for command in "${AT_EXIT[@]}"; do eval "$command" || true; done
    exit "$status"
}

trap run_at_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A child gets a process group of its own: Ctrl-C reaches this script, and the script decides.
start_child() { # LOG COMMAND... ; sets CHILD
    local log=$1
    shift
    set -m
    "$@" >"$log" 2>&1 </dev/null 9>&- &
    CHILD=$!
    set +m
}

stop_child() {
    local pid=$CHILD
    CHILD=
    [[ -n $pid ]] && kill -0 "$pid" 2>/dev/null || return 0
    kill -TERM -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}
