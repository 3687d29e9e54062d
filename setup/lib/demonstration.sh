# shellcheck shell=bash
# The database that setup/start serves: our modules, the demonstration data, and what to say about them.

SUMMARY=$STATE/summary.txt

ensure_demonstration() {
    local identity
    ensure_odoo_template
    identity=$(suite_template_identity)
    if ! [[ -e $STAMPS/database-$DATABASE ]] || ! database_exists "$DATABASE"; then
        create_demonstration "$identity"
    elif ! database_is_at "$DATABASE" "$identity"; then
        update_demonstration "$identity"
    fi
}

create_demonstration() { # IDENTITY
    local modules working=${DATABASE}_new
    refuse_foreign_database
    mapfile -t modules < <(present_modules)
    step "creating the database $DATABASE with ${modules[*]:-none of ours yet}"
    copy_database "$TEMPLATE_ODOO" "$working"
    if ((${#modules[@]})); then install_modules "$LOGS/install.log" "$working" "${modules[@]}"; fi
    done_step
    run_script "$working" demonstration.py "loading the demonstration"
    run_script "$working" demonstration_rules.py "tags, appeals, rules to try out"
    run_script "$working" demonstration_points.py "points, rewards, stored value"
    run_script "$working" demonstration_benefits.py "benefits, gifts, messages"
    run_script "$working" demonstration_acts.py "check-ins, reviews, shared links"
    run_script "$working" demonstration_points_shop.py "rewards in the points shop"
    run_script "$working" demonstration_catalogue.py "products for members, a flash sale"
    run_script "$working" demonstration_sales.py "inquiries, scores, calls"
    run_script "$working" demonstration_consent.py "consent, documents, appeals by members"
    run_script "$working" demonstration_referral.py "referrals"
    run_script "$working" demonstration_inquiry.py "inquiry lists of the shop"
    run_script "$working" demonstration_behaviour.py "interest in products, recommendations"
    run_script "$working" demonstration_centre.py "payments, deliveries, contacts of the member centre"
    write_summary "$working"
    publish_database "$working" "$DATABASE" "$1"
}

# A database of this name that these scripts did not make is somebody's work.
refuse_foreign_database() {
    [[ -e $STAMPS/created-$DATABASE ]] || ! database_exists "$DATABASE" ||
        fail "a database named $DATABASE exists already, and it was not made by setup/start" \
            "Choose another name: MEMBER_LOYALTY_DATABASE=other_name $0"
    touch "$STAMPS/created-$DATABASE"
}

update_demonstration() { # IDENTITY
    local changed
    mapfile -t changed < <(changed_modules "$1")
    step "updating ${changed[*]:-nothing}: changed since the last start"
    if ((${#changed[@]})); then
        run_odoo_logged "$LOGS/update.log" -d "$DATABASE" --stop-after-init --no-http \
            -i "$(join_by_comma "${changed[@]}")" -u "$(join_by_comma "${changed[@]}")"
    fi
    done_step
    write_summary "$DATABASE"
    printf '%s\n' "$1" >"$STAMPS/database-$DATABASE"
}

# The first line of an identity is Odoo's, each other one a module's: the lines that are new.
changed_modules() { # IDENTITY
    local stamp=$STAMPS/database-$DATABASE
    if [[ $(head -n 1 "$stamp") != $(head -n 1 <<<"$1") ]]; then echo base; fi
    tail -n +2 <<<"$1" | grep -vxFf "$stamp" | cut -d ' ' -f 1 || true
}

write_summary() { # DATABASE
    [[ -e $REPO/setup/summary.py ]] || return 0
    MEMBER_LOYALTY_STATE=$STATE odoo shell -d "$1" --no-http --log-level=warn <"$REPO/setup/summary.py" >"$SUMMARY.new" ||
        script_failed summary.py
    mv "$SUMMARY.new" "$SUMMARY"
}

run_script() { # DATABASE SCRIPT TITLE
    [[ -e $REPO/setup/$2 ]] || return 0
    step "$3"
    odoo shell -d "$1" --no-http --log-level=warn <"$REPO/setup/$2" || script_failed "$2"
    done_step
}

script_failed() {
    fail "setup/$1 failed" "The message above says why. The next start begins this step again."
}

drop_demonstration() {
    own_cluster || refuse_foreign_database
    step "removing the database $DATABASE and its files"
    drop_database "${DATABASE}_new"
    drop_database "$DATABASE"
    rm -f "$SUMMARY"
    done_step
}
