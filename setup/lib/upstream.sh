# shellcheck shell=bash
# Odoo's own suites on a database that has our modules: what passes without them must pass with them.
#
# The post-install tests run under Odoo's runner. The tests it runs while installing would see a registry
# without our modules, so they run under pytest-odoo, which loads everything first.

UPSTREAM_MODULES=(loyalty sale_loyalty sale_loyalty_delivery website_sale_loyalty sale sale_management sale_crm
    crm website_crm portal)
UPSTREAM_OTHERS=/base:TestOverrides,/base:TestEveryModel,/base:TestReports,/website:Crawler,/web:TestMenusAdminLight
UPSTREAM_LOG=$LOGS/upstream.log

run_upstream() { # [MODULE]...: only the suites of these
    local others=
    if (($# == 0)); then
        set -- "${UPSTREAM_MODULES[@]}"
        others=,$UPSTREAM_OTHERS
    fi
    prepare_odoo
    TEST_DATABASE=${DATABASE}_upstream
    hold_lock
    ensure_suite_template
    copy_database "$TEMPLATE_SUITE" "$TEST_DATABASE"
    release_lock
    at_exit 'drop_database "$TEST_DATABASE"'
    run_post_install "$(printf '/%s,' "$@")-at_install$others"
    run_at_install "$@"
    cat "$UPSTREAM_LOG.installing" >>"$UPSTREAM_LOG"
    "$ODOO_PY" "$REPO/setup/upstream_verdict.py" "$UPSTREAM_LOG" "$REPO/setup/upstream_known_failures.txt"
}

# The exit status of these two says only that something failed; the verdict says what.
run_post_install() { # TAGS
    step "Odoo's own tests after the installation: $1"
    wait_with_progress "$UPSTREAM_LOG" current_upstream_test become_odoo -d "$TEST_DATABASE" --stop-after-init \
        --http-port "$(free_port)" --test-tags "$1" || true
    done_step
}

run_at_install() { # MODULE...
    local module paths=()
    for module in "$@"; do
        paths+=("$(dirname "$(find ${ODOO_ADDONS//,/ } -maxdepth 2 -path "*/$module/__manifest__.py")")/tests")
    done
    step "Odoo's own tests while installing, with our modules loaded"
    wait_with_progress "$UPSTREAM_LOG.installing" last_line upstream_pytest "${paths[@]}" || true
    done_step
}

upstream_pytest() {
    export_odoo_environment
    cd "$REPO"
    PYTHONPATH=$REPO/tests/plugins:$PYTHONPATH exec "$ODOO_PY" -m pytest -v -rfE -p at_install_only \
        --rootdir="$REPO" -c "$REPO/pyproject.toml" --odoo-config="$CONFIG" --odoo-database="$TEST_DATABASE" \
        --odoo-http "$@"
}

current_upstream_test() { grep -aoE 'Starting [A-Za-z0-9_.]+' "$1" | tail -n 1 || true; }

free_port() {
    "$ODOO_PY" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
