# shellcheck shell=bash
# The two runs of pytest: rules and layout without Odoo, then everything that needs it.

TEST_DATABASE=

plain_pytest() { # no Odoo on the path: a module that imports it fails here
    (cd "$REPO" && PYTHONPATH=$REPO/tests/plugins "$ODOO_PY" -m pytest -p no:odoo "$@")
}

odoo_pytest() {
    (
        cd "$REPO"
        export_odoo_environment
        export_for_tests
        PYTHONPATH=$REPO/tests/plugins:$PYTHONPATH exec "$ODOO_PY" -m pytest -p unexpected_errors -p fair_shares \
            --odoo-config="$CONFIG" --odoo-database="$TEST_DATABASE" --odoo-http \
            --odoo-log-level=error "$@"
    )
}

# What tests/tools.py needs to copy databases and to start Odoo by itself.
export_for_tests() {
    export MEMBER_LOYALTY_ODOO_HOME=$ODOO_HOME MEMBER_LOYALTY_ODOO_ADDONS=$ODOO_ADDONS MEMBER_LOYALTY_DATA=$DATA
    export MEMBER_LOYALTY_TEMPLATE_ODOO=$TEMPLATE_ODOO MEMBER_LOYALTY_TEMPLATE_SUITE=$TEMPLATE_SUITE
    export MEMBER_LOYALTY_LINT_PYTHON=${LINT_PY:-} MEMBER_LOYALTY_LOGS=$LOGS
}

use_test_database() { # [NAME]: an existing one as it is, or a copy of the suite template
    TEST_DATABASE=${1:-}
    [[ -z $TEST_DATABASE ]] || return 0
    TEST_DATABASE=${DATABASE}_test_$$
    hold_lock
    ensure_suite_template
    copy_database "$TEMPLATE_SUITE" "$TEST_DATABASE"
    release_lock
    at_exit 'drop_database "$TEST_DATABASE"'
}
