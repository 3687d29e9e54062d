# shellcheck shell=bash
# Python environments, kept in the cache by a hash of what is in them.

PYTHON_FOUND=
REQUIREMENTS=$REPO/setup/requirements

find_python() { # sets PYTHON_FOUND to a Python that Odoo 19 runs with
    [[ -z $PYTHON_FOUND ]] || return 0
    local candidate
    for candidate in ${PYTHON:-python3 python3.12 python3.11 python3.13 python3.10 /usr/bin/python3}; do
        python_fits "$candidate" || continue
        PYTHON_FOUND=$(command -v "$candidate")
        return 0
    done
    return 1
}

python_fits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

# An environment is made under a temporary name and moved into place when complete. Its programs
# carry that path in their first line, so everything is started as `python -m NAME`.
ensure_environment() { # NAME REQUIREMENTS-FILE... ; sets ENVIRONMENT
    local name=$1 key
    shift
    find_python || explain_still_missing python3
    key=$({ "$PYTHON_FOUND" -c 'import sys; print(sys.version, sys.prefix)'; cat "$@"; } | sha256sum | cut -c 1-12)
    ENVIRONMENT=$CACHE/python/$name-$key
    [[ -e $ENVIRONMENT/complete ]] && return
    require_free_space "$CACHE" 1000
    step "Python environment '$name' ($("$PYTHON_FOUND" -V), $(sed '/^#/d;/^$/d' "$@" | wc -l) packages)"
    build_environment "$ENVIRONMENT" "$LOGS/pip-$name.log" "$@"
    done_step
}

build_environment() { # FOLDER LOG REQUIREMENTS-FILE...
    local folder=$1 log=$2 arguments=() file
    shift 2
    for file in "$@"; do arguments+=(-r "$file"); done
    mkdir -p "$(dirname "$folder")"
    rm -rf "$folder"
    "$PYTHON_FOUND" -m venv "$folder" >"$log" 2>&1 || {
        show_log_end "$log"
        fail "python -m venv failed" "On Debian and Ubuntu: apt-get install python3-venv"
    }
    wait_with_progress "$log" last_pip_line "$folder/bin/python" -m pip install \
        --disable-pip-version-check --no-input --no-compile --no-warn-script-location "${arguments[@]}" || {
        show_log_end "$log"
        fail "pip could not install the packages of ${*#"$REPO"/}" \
            "No network? Check it and run the same command again." \
            "A package that wants to be compiled? apt-get install gcc python3-dev libpq-dev, then again." \
            "The whole log: $log"
    }
    touch "$folder/complete"
}

last_pip_line() { grep -aE '^(Collecting|Downloading|Building|Installing)' "$1" | tail -n 1 | cut -c 1-100 || true; }

ensure_odoo_python() { # sets ODOO_PY
    if [[ -n ${ODOO_PYTHON:-} ]]; then
        python_fits "$ODOO_PYTHON" || fail "ODOO_PYTHON=$ODOO_PYTHON is not Python 3.10 to 3.13"
        ODOO_PY=$ODOO_PYTHON
        return
    fi
    ensure_environment odoo "$REQUIREMENTS/odoo.txt" "$REQUIREMENTS/test.txt"
    ODOO_PY=$ENVIRONMENT/bin/python
}

ensure_lint_python() { # sets LINT_PY
    ensure_environment lint "$REQUIREMENTS/lint.txt"
    LINT_PY=$ENVIRONMENT/bin/python
}
