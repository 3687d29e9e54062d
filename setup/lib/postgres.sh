# shellcheck shell=bash
# A private PostgreSQL cluster that listens on a socket only; or the server that PG* variables name.

ROLE=odoo
PG_OWNER=
PG_FOLDER=
STARTED_CLUSTER=

own_cluster() { [[ -z ${MEMBER_LOYALTY_FOREIGN_PG:-} ]]; }

# Decides where the cluster lies and sets PGHOST, PGPORT, PGUSER for everything that follows.
locate_cluster() {
    if [[ -n ${PGHOST:-} && -z ${MEMBER_LOYALTY_CLUSTER:-} ]]; then
        export MEMBER_LOYALTY_FOREIGN_PG=1 PGPORT=${PGPORT:-5432} PGUSER=${PGUSER:-$(id -un)}
        return
    fi
    choose_owner
    choose_folder
    export PGHOST=$PG_FOLDER/socket PGPORT=5432 PGUSER=$ROLE PGDATABASE=postgres MEMBER_LOYALTY_CLUSTER=$PG_FOLDER
    unset PGPASSWORD PGSERVICE PGSSLMODE PGOPTIONS
}

choose_owner() { # initdb refuses root
    PG_OWNER=$(id -un)
    ((EUID)) && return
    PG_OWNER=postgres
    id postgres >/dev/null 2>&1 || PG_OWNER=nobody
}

# The socket's path must stay below 107 bytes, and the owner must be able to reach the folder.
choose_folder() {
    local pointer=$STATE/cluster.path
    if [[ -s $pointer ]]; then PG_FOLDER=$(<"$pointer"); return; fi
    PG_FOLDER=$STATE/cluster
    if ((${#PG_FOLDER} > 80)) || ! as_owner test -x "$STATE" || ! as_owner test -r "$STATE"; then
        PG_FOLDER=/var/tmp/member-loyalty-$REPO_KEY
    fi
    mkdir -p "$PG_FOLDER"
    [[ -O $PG_FOLDER || $(stat -c %U "$PG_FOLDER") == "$PG_OWNER" ]] ||
        fail "$PG_FOLDER belongs to somebody else" "Remove it, or set MEMBER_LOYALTY_STATE to another folder."
    if ((EUID == 0)); then chown "$PG_OWNER" "$PG_FOLDER"; fi
    chmod 700 "$PG_FOLDER"
    printf '%s' "$PG_FOLDER" >"$pointer"
}

as_owner() {
    if ((EUID)); then "$@"; else (cd / && runuser -u "$PG_OWNER" -- "$@"); fi
}

ensure_cluster() { # running and reachable
    locate_cluster
    if own_cluster; then
        [[ -e $STAMPS/cluster && -d $PG_FOLDER/data ]] || create_cluster
        cluster_runs || start_cluster
    fi
    psql -XAtqc 'SELECT 1' -d postgres >/dev/null 2>"$LOGS/psql.log" || explain_unreachable
}

explain_unreachable() {
    show_log_end "$LOGS/psql.log"
    if own_cluster; then fail "PostgreSQL does not answer" "See $LOGS/postgres.log"; fi
    fail "the PostgreSQL of PGHOST=$PGHOST PGPORT=$PGPORT PGUSER=$PGUSER does not answer" \
        "Check these variables (and PGPASSWORD), or unset PGHOST to get a private cluster." \
        "The role needs the right CREATEDB and must not be 'postgres' (Odoo refuses that name)."
}

create_cluster() {
    require_free_space "$STATE" 3000
    find_postgres_bin || fail "PostgreSQL's server programs are missing" "apt-get install postgresql"
    step "creating a private PostgreSQL cluster in $PG_FOLDER"
    rm -rf "$PG_FOLDER/data" "$PG_FOLDER/socket"
    rm -f "$STAMPS"/database-*
    as_owner mkdir -p "$PG_FOLDER/socket"
    as_owner "$PG_BIN/initdb" -D "$PG_FOLDER/data" -U "$ROLE" --encoding=UTF8 --locale=C.UTF-8 \
        --auth=trust --no-instructions >"$LOGS/initdb.log" 2>&1 || {
        show_log_end "$LOGS/initdb.log"
        fail "initdb failed" "The whole log: $LOGS/initdb.log"
    }
    cluster_settings | as_owner tee -a "$PG_FOLDER/data/postgresql.conf" >/dev/null
    touch "$STAMPS/cluster"
    done_step
}

# Only the owner (and root) may connect: the folder is closed to all others, there is no network port.
cluster_settings() {
    cat <<EOF
listen_addresses = ''
unix_socket_directories = '$PG_FOLDER/socket'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 128MB
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1
logging_collector = off
timezone = 'UTC'
EOF
}

cluster_runs() {
    find_postgres_bin || fail "PostgreSQL's server programs are missing" "apt-get install postgresql"
    as_owner "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" status >/dev/null 2>&1
}

start_cluster() {
    : >>"$LOGS/postgres.log"
    as_owner "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -w -t 60 -l "$PG_FOLDER/postgres.log" start \
        >"$LOGS/pg_ctl.log" 2>&1 </dev/null 9>&- || {
        show_log_end "$LOGS/pg_ctl.log"
        show_log_end "$PG_FOLDER/postgres.log" 10
        fail "PostgreSQL did not start" "If its data is broken: setup/stop, remove $PG_FOLDER, and start again (the database is lost)."
    }
    STARTED_CLUSTER=yes
}

stop_cluster() {
    own_cluster || return 0
    cluster_runs || return 0
    as_owner "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -m fast -w stop >/dev/null 2>&1 || true
}
