# shellcheck shell=bash
# Talking to the person at the terminal: steps, waiting, and failing with advice.

STEP_STARTED=0

step() { # MESSAGE: what starts now
    STEP_STARTED=$SECONDS
    printf '==> %s\n' "$*"
}

done_step() { # [MESSAGE]: what was reached, with the seconds it took
    printf '    %s (%s s)\n' "${*:-done}" "$((SECONDS - STEP_STARTED))"
}

note() { printf '    %s\n' "$*"; }

fail() { # MESSAGE [NEXT STEP]...: stop here and say what to do next
    printf '\nerror: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

# Run COMMAND with its output in LOG, and print every few seconds what PROGRESS (a function that
# prints one line) has to say about the log. Returns the command's status.
wait_with_progress() { # LOG PROGRESS COMMAND...
    local log=$1 progress=$2 status=0 waited=0 line
    shift 2
    start_child "$log" "$@"
    while kill -0 "$CHILD" 2>/dev/null; do
        sleep 0.5
        waited=$((waited + 1))
        ((waited % 10)) && continue
        line=$("$progress" "$log")
        printf '    ... %s s  %s\n' "$((SECONDS - STEP_STARTED))" "$line"
    done
    wait "$CHILD" || status=$?
    CHILD=
    return "$status"
}

last_line() { # LOG: the end of its last line, for use as a PROGRESS
    tail -n 1 "$1" 2>/dev/null | tr -d '\r' | cut -c 1-100 || true
}

show_log_end() { # LOG: enough of it to see why
    printf '\n--- the end of %s:\n' "$1" >&2
    tail -n "${2:-25}" "$1" >&2 || true
}

help_from_header() { # SCRIPT: its opening comment is its help text
    sed -n '2,/^[^#]/{/^#/!q;s/^# \{0,1\}//;p}' "$1"
}
