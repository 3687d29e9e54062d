# shellcheck shell=bash
# Template databases: Odoo's own modules once, ours on top of them; everything else is a copy.

odoo_template_identity() { printf '%s %s' "$(odoo_identity)" "${ODOO_MODULES[*]}"; }

suite_template_identity() { printf '%s\n%s' "$(odoo_template_identity)" "$(modules_identity)"; }

ensure_odoo_template() {
    local identity
    identity=$(odoo_template_identity)
    database_is_at "$TEMPLATE_ODOO" "$identity" && return
    require_free_space "$STATE" 3000
    step "installing Odoo's modules into a template database (${ODOO_MODULES[*]})"
    drop_database "${TEMPLATE_ODOO}_new"
    # Odoo creates the database itself: a bare createdb would lack the extensions it wants.
    install_modules "$LOGS/template-odoo.log" "${TEMPLATE_ODOO}_new" "${ODOO_MODULES[@]}"
    publish_database "${TEMPLATE_ODOO}_new" "$TEMPLATE_ODOO" "$identity"
    done_step
}

ensure_suite_template() {
    local identity modules
    ensure_odoo_template
    identity=$(suite_template_identity)
    database_is_at "$TEMPLATE_SUITE" "$identity" && return
    mapfile -t modules < <(present_modules)
    step "installing our modules into the template database of the tests (${modules[*]:-none yet})"
    copy_database "$TEMPLATE_ODOO" "${TEMPLATE_SUITE}_new"
    if ((${#modules[@]})); then
        install_modules "$LOGS/template-suite.log" "${TEMPLATE_SUITE}_new" "${modules[@]}"
    fi
    publish_database "${TEMPLATE_SUITE}_new" "$TEMPLATE_SUITE" "$identity"
    done_step
}
