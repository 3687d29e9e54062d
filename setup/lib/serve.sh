# shellcheck shell=bash
# Odoo as a web server on this machine only, until Ctrl-C.

require_free_port() { # PORT
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || return 0
    fail "port $1 of this machine is taken by another program" \
        "Choose another one: setup/start --port $(($1 + 1))" \
        "(or is setup/start running already? then open http://127.0.0.1:$1)"
}

serve() { # PORT
    local log=$LOGS/odoo.log
    require_free_port "$1"
    step "starting Odoo"
    start_child "$log" become_odoo -d "$DATABASE" --db-filter "^$DATABASE\$" --http-port "$1" --no-database-list
    wait_until_it_answers "$1" "$log"
    done_step
    printf '\n    http://127.0.0.1:%s    Ctrl-C stops it    log: %s\n\n' "$1" "$log"
    wait "$CHILD" || show_end_of_server "$log"
}

wait_until_it_answers() { # PORT LOG
    local tries
    for ((tries = 0; tries < 600; tries++)); do
        kill -0 "$CHILD" 2>/dev/null || show_end_of_server "$2"
        if answers "$1"; then return; fi
        sleep 0.2
    done
    show_end_of_server "$2"
}

answers() {
    local reply
    reply=$({
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf 'GET /web/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        timeout 20 head -n 1 <&3
    } 2>/dev/null) || return 1
    [[ $reply == *" 200 "* ]]
}

show_end_of_server() {
    show_log_end "$1"
    fail "Odoo stopped" "The whole log: $1" "After mending the cause run setup/start again."
}
