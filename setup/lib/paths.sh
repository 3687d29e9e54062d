# shellcheck shell=bash
# Where everything lies. Nothing outside these two folders is written.
#
#   STATE  of this clone: databases, files, logs, configuration (git ignores it)
#   CACHE  shared by all clones: Odoo unpacked, Python environments

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
STATE=${MEMBER_LOYALTY_STATE:-$REPO/.environment}
CACHE=${MEMBER_LOYALTY_CACHE:-${XDG_CACHE_HOME:-${HOME:-$(eval echo ~)}/.cache}/member-loyalty}
LOGS=$STATE/log
STAMPS=$STATE/stamps
DATA=$STATE/data
REPO_KEY=$(printf '%s' "$STATE" | sha256sum | cut -c 1-10)

DATABASE=${MEMBER_LOYALTY_DATABASE:-member_loyalty}
CONFIG=$STATE/odoo.conf
[[ $DATABASE == member_loyalty ]] || CONFIG=$STATE/odoo-$DATABASE.conf
TEMPLATE_ODOO=${DATABASE}_template_odoo
TEMPLATE_SUITE=${DATABASE}_template_suite
OUR_MODULES=(member_loyalty member_loyalty_crm member_loyalty_delivery member_loyalty_mass_mailing member_loyalty_stock member_loyalty_website member_loyalty_website_crm)
ODOO_MODULES=(sale_management sale_crm sale_loyalty website_sale_loyalty sale_loyalty_delivery sale_stock website_crm mass_mailing)

prepare_folders() {
    mkdir -p "$STATE" "$LOGS" "$STAMPS" "$DATA" "$CACHE" ||
        fail "cannot write to $STATE or $CACHE" "Set MEMBER_LOYALTY_STATE and MEMBER_LOYALTY_CACHE to folders you may write to."
}

present_modules() { # those of our modules that this checkout has
    local module
    for module in "${OUR_MODULES[@]}"; do
        if [[ -f $REPO/$module/__manifest__.py ]]; then printf '%s\n' "$module"; fi
    done
}

join_by_comma() { local IFS=,; printf '%s' "$*"; }

# Only one process at a time prepares things; the others wait, then find them done.
hold_lock() {
    exec 9>"$STATE/lock"
    flock -n 9 && return
    note "another setup script is preparing this environment: waiting for it"
    flock 9
}

release_lock() { exec 9>&-; }
