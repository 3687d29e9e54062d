# shellcheck shell=bash
# Databases: existence, copies with their files, removal.

sql() { # DATABASE QUERY
    psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

database_exists() {
    [[ $(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'") == 1 ]]
}

drop_database() { # with the connections it has, and its files
    sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null ||
        sql postgres "DROP DATABASE IF EXISTS \"$1\""
    rm -rf "${DATA:?}/filestore/$1" "$STAMPS/database-$1"
}

copy_database() { # SOURCE TARGET
    drop_database "$2"
    sql postgres "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
    mkdir -p "$DATA/filestore"
    if [[ -d $DATA/filestore/$1 ]]; then cp -a "$DATA/filestore/$1" "$DATA/filestore/$2"; fi
}

# A database is finished under a working name and renamed: what bears the right name is complete.
publish_database() { # WORKING-NAME NAME STAMP-CONTENT
    drop_database "$2"
    sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    if [[ -d $DATA/filestore/$1 ]]; then mv "$DATA/filestore/$1" "$DATA/filestore/$2"; fi
    printf '%s\n' "$3" >"$STAMPS/database-$2"
}

database_is_at() { # NAME STAMP-CONTENT
    [[ -e $STAMPS/database-$1 && $(<"$STAMPS/database-$1") == "$2" ]] && database_exists "$1"
}

# What a database is made from: code, data and views of our modules, not their tests and texts.
modules_identity() { # a line per module
    local module
    for module in $(present_modules); do
        printf '%s %s\n' "$module" "$(module_identity "$module")"
    done
}

module_identity() {
    (cd "$REPO" && find "$1" -type f \
        -not -path '*/tests/*' -not -path '*/__pycache__/*' -not -path '*/readme/*' \
        -not -path '*/static/src/*' -not -path '*/static/tests/*' -not -name '*.rst' -not -name '*.md' \
        -print0 | sort -z | xargs -0r sha256sum) | sha256sum | cut -c 1-16
}
