# shellcheck shell=bash
# Running Odoo in this environment: its configuration and its command line.

addons_path() { join_by_comma "$ODOO_ADDONS" "$REPO"; }

write_config() {
    cat >"$CONFIG.new" <<EOF
[options]
; written by setup/lib/odoo_run.sh at every start: change it there
addons_path = $(addons_path)
data_dir = $DATA
db_name = $DATABASE
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
http_interface = 127.0.0.1
limit_time_cpu = 3600
limit_time_real = 3600
max_cron_threads = 1
geoip_city_db =
geoip_country_db =
EOF
    chmod 600 "$CONFIG.new"
    mv "$CONFIG.new" "$CONFIG"
}

prepare_odoo() { # everything an Odoo command needs, except a database
    prepare_folders
    hold_lock
    install_missing_packages
    ensure_odoo_source
    ensure_odoo_python
    ensure_rtlcss
    ensure_cluster
    write_config
    release_lock
}

# Every sub-command reads the file that ODOO_RC names; --addons-path must come first, and only before
# a sub-command: Odoo looks there for the commands that add-ons bring (cli/NAME.py).
odoo() { (become_odoo "$@"); }

become_odoo() { # replaces this shell, so that a signal reaches Odoo itself
    local before=()
    if [[ ${1:-} =~ ^[a-z] ]]; then before=("--addons-path=$(addons_path)"); fi
    export_odoo_environment
    exec "$ODOO_PY" -m odoo "${before[@]}" "$@"
}

# PYTHONPATH is set for Odoo only, never for pip or the linters.
export_odoo_environment() {
    export ODOO_RC=$CONFIG PYTHONPATH=$ODOO_HOME PYTHONUNBUFFERED=1
    if [[ -n $RTLCSS_BIN ]]; then export PATH=$RTLCSS_BIN:$PATH; fi
}

# One line per module while Odoo installs.
loading_module() {
    grep -aoE 'Loading module [a-z0-9_]+ \([0-9]+/[0-9]+\)' "$1" 2>/dev/null | tail -n 1 || true
}

run_odoo_logged() { # LOG ARGUMENT...
    local log=$1
    shift
    wait_with_progress "$log" loading_module become_odoo "$@" || {
        show_log_end "$log" 40
        fail "Odoo stopped with an error" "The whole log: $log" "The next run of this command starts this step again."
    }
    refuse_log_errors "$log"
}

refuse_log_errors() { # LOG
    grep -qE '^[0-9-]+ [0-9:,]+ [0-9]+ (ERROR|CRITICAL) ' "$1" || return 0
    grep -E -A 20 '^[0-9-]+ [0-9:,]+ [0-9]+ (ERROR|CRITICAL) ' "$1" | head -n 40 >&2
    fail "Odoo logged an error" "The whole log: $1"
}

install_modules() { # LOG DATABASE MODULE...
    local log=$1 database=$2
    shift 2
    run_odoo_logged "$log" -d "$database" -i "$(join_by_comma "$@")" --stop-after-init --no-http
}

update_modules() { # LOG DATABASE MODULE...
    local log=$1 database=$2
    shift 2
    run_odoo_logged "$log" -d "$database" -u "$(join_by_comma "$@")" --stop-after-init --no-http
}
