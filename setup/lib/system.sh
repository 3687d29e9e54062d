# shellcheck shell=bash
# The few packages of the operating system this needs; installed only with the right to.

PG_BIN=

missing_packages() {
    [[ -n ${PGHOST:-} ]] || find_postgres_bin || echo postgresql
    [[ -z ${PGHOST:-} ]] || command -v psql >/dev/null || echo postgresql-client
    if [[ -z ${ODOO_PYTHON:-} ]]; then find_python || printf 'python3\npython3-venv\n'; fi
    ldconfig_has libmagic.so.1 || echo libmagic1
    [[ -e /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
    if [[ -z ${ODOO_SOURCE:-} && ! -e $DEBIAN_KEYRING ]]; then echo debian-archive-keyring; fi
    if [[ ${NEEDS_BROWSER:-} ]] && ! find_browser; then echo chromium; fi
    if [[ ${NEEDS_BROWSER:-} ]] && ! has_chinese_letters; then echo fonts-droid-fallback; fi
}

# the names under which Odoo's test runner looks for a browser
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

# for the screenshots; DejaVu, which comes with the browser, has Arabic but no Chinese and Japanese
has_chinese_letters() {
    { find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/root}/.fonts" \
        \( -iname '*cjk*' -o -iname '*droidsansfallback*' -o -iname '*wqy*' \) 2>/dev/null || true; } | grep . >/dev/null
}

# not grep -q: it stops reading, and pipefail would take the writer's broken pipe for an answer
ldconfig_has() { /sbin/ldconfig -p 2>/dev/null | grep -F "$1" >/dev/null; }

install_missing_packages() {
    local packages sudo=()
    mapfile -t packages < <(missing_packages)
    ((${#packages[@]})) || return 0
    [[ -z ${PYTHON:-} ]] || find_python || explain_still_missing python3
    if ! command -v apt-get >/dev/null; then
        fail "this system has no apt-get" "Install the equivalents of: ${packages[*]}" "and run the same command again."
    fi
    if ((EUID)); then
        sudo -n true 2>/dev/null || ask_for_packages "${packages[@]}"
        sudo=(sudo -n)
    fi
    step "installing system packages: ${packages[*]}"
    avoid_system_cluster "${sudo[@]}"
    apt_install "${sudo[@]}" -- "${packages[@]}"
    hash -r
    mapfile -t packages < <(missing_packages)
    ((${#packages[@]} == 0)) || explain_still_missing "${packages[@]}"
    done_step
}

ask_for_packages() {
    fail "some system packages are missing, and there is no right to install them here" \
        "Type this, then run the same command again:" "" \
        "    sudo apt-get update && sudo apt-get install --no-install-recommends $*"
}

explain_still_missing() {
    if [[ " $* " == *" python3 "* ]]; then
        fail "no Python that Odoo 19 runs with (3.10 to 3.13, with venv) was found" \
            "Found: ${PYTHON:-$(command -v python3 || echo none)} $("${PYTHON:-python3}" -V 2>&1 || true)" \
            "Install one of these versions with its venv module and name it: PYTHON=/path/to/python3.12 $0"
    fi
    fail "still missing after the installation: $*" "Install them by hand and run the same command again."
}

# The server package makes and starts a cluster of its own; we neither need nor want it.
avoid_system_cluster() { # [SUDO...]
    [[ -e /etc/postgresql-common/createcluster.conf ]] && return
    find_postgres_bin && return
    "$@" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "$@" tee /etc/postgresql-common/createcluster.conf >/dev/null
}

apt_install() { # [SUDO...] -- PACKAGE...
    local sudo=() log=$LOGS/apt.log
    while [[ $1 != -- ]]; do sudo+=("$1"); shift; done
    shift
    "${sudo[@]}" apt-get update >"$log" 2>&1 || true
    # dpkg writes to our log; conffile questions keep what is there (createcluster.conf)
    wait_with_progress "$log" last_line "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install \
        -y --no-install-recommends -o Dpkg::Options::=--force-confold "$@" && return
    show_log_end "$log"
    fail "apt-get could not install: $*" \
        "No network? Check it, or install these packages another way; then run the same command again."
}

find_postgres_bin() { # sets PG_BIN to the newest installed server's programs
    local folder
    while read -r folder; do
        if [[ -x $folder/initdb && -x $folder/pg_ctl ]]; then PG_BIN=$folder; return 0; fi
    done < <(postgres_bin_candidates)
    return 1
}

postgres_bin_candidates() {
    find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -t/ -k5,5nr
    dirname "$(command -v initdb 2>/dev/null || echo /nonexistent/initdb)"
}
