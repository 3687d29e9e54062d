# shellcheck shell=bash
# Enough room before anything long starts.

require_free_space() { # FOLDER MEGABYTES
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 {print $4}')
    ((free >= $2)) && return
    fail "only $free MB are free in $1, $2 MB are needed" \
        "Make room there and run the same command again, or choose other folders:" \
        "MEMBER_LOYALTY_STATE (databases, now $STATE)" \
        "MEMBER_LOYALTY_CACHE (downloads, now $CACHE)"
}
