# shellcheck shell=bash
# The program that turns style sheets round for Arabic, Hebrew and Persian. Odoo starts it as "rtlcss";
# without it pages in these languages keep their sides. It needs Node.js: the system's, or the one that
# the browser tests bring along.

RTLCSS_BIN=

ensure_rtlcss() { # sets RTLCSS_BIN, the folder with the program, unless the system has it
    local folder
    command -v rtlcss >/dev/null && return
    find_node || return 0
    folder=$CACHE/rtlcss-$(cat "$REQUIREMENTS/rtlcss.txt" <(echo "$NODE") | sha256sum | cut -c 1-12)
    if ! [[ -e $folder/complete ]]; then
        step "rtlcss, for languages written from right to left"
        build_rtlcss "$folder"
        done_step
    fi
    RTLCSS_BIN=$folder/bin
}

find_node() { # sets NODE
    NODE=$(command -v node || command -v nodejs || true)
    [[ -n $NODE ]] || NODE=$("$ODOO_PY" -c \
        'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent / "driver" / "node")' 2>/dev/null) || true
    [[ -n $NODE && -x $NODE ]]
}

build_rtlcss() { # FOLDER
    local folder=$1
    rm -rf "$folder"
    mkdir -p "$folder/bin"
    "$ODOO_PY" "$REPO/setup/npm_packages.py" "$REQUIREMENTS/rtlcss.txt" "$folder/node_modules" ||
        fail "rtlcss could not be fetched" "No network? Check it and run the same command again."
    printf '#!/bin/sh\nexec "%s" "%s/node_modules/rtlcss/bin/rtlcss.js" "$@"\n' "$NODE" "$folder" >"$folder/bin/rtlcss"
    chmod 755 "$folder/bin/rtlcss"
    echo 'a{float:left}' | "$folder/bin/rtlcss" - 2>/dev/null | grep 'right' >/dev/null || fail "rtlcss does not work: $folder"
    touch "$folder/complete"
}
