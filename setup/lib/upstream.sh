# shellcheck shell=bash
# Odoo's own post-install suites on a database that has our modules: what passes without them must pass with them.

UPSTREAM_TAGS=/loyalty,/sale_loyalty,/sale_loyalty_delivery,/website_sale_loyalty,/sale,/sale_management,/sale_crm,/crm
UPSTREAM_TAGS+=,/website_crm,/portal,/base:TestOverrides,/base:TestEveryModel,/base:TestReports,/website:Crawler
UPSTREAM_TAGS+=,/web:TestMenusAdminLight
UPSTREAM_LOG=$LOGS/upstream.log

run_upstream() { # [TAGS]: only these, for example /loyalty,/sale_loyalty
    local database=${DATABASE}_upstream
    prepare_odoo
    hold_lock
    ensure_suite_template
    copy_database "$TEMPLATE_SUITE" "$database"
    release_lock
    at_exit "drop_database $database"
    step "Odoo's own tests with our modules: ${1:-$UPSTREAM_TAGS} (log: $UPSTREAM_LOG)"
    # the exit status says only that something failed: judge_upstream says what
    wait_with_progress "$UPSTREAM_LOG" current_upstream_test become_odoo -d "$database" --stop-after-init \
        --http-port "$(free_port)" --test-tags "${1:-$UPSTREAM_TAGS}" || true
    "$ODOO_PY" "$REPO/setup/upstream_verdict.py" "$UPSTREAM_LOG" "$REPO/setup/upstream_known_failures.txt"
}

current_upstream_test() { grep -aoE 'Starting [A-Za-z0-9_.]+' "$1" | tail -n 1 || true; }

free_port() {
    "$ODOO_PY" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
