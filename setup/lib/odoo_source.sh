# shellcheck shell=bash
# Odoo 19 itself: the user's own (ODOO_SOURCE), or Debian's package, downloaded and unpacked in the
# cache by a private apt configuration. Nothing is installed, the system's own sources stay as they are.

DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
ODOO_PACKAGES=(odoo-19 fonts-montserrat fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b libjs-jquery
    libjs-jquery-form libjs-underscore fonts-font-awesome/bookworm)

ensure_odoo_source() { # sets ODOO_HOME (the folder to put on PYTHONPATH) and ODOO_ADDONS
    if [[ -n ${ODOO_SOURCE:-} ]]; then
        use_existing_odoo
    else
        ODOO_HOME=$CACHE/odoo-19/usr/lib/python3/dist-packages
        [[ -e $CACHE/odoo-19/complete ]] || fetch_odoo
    fi
    ODOO_ADDONS=$ODOO_HOME/odoo/addons
    # A checkout has most add-ons beside the package; Debian's folder of that name is an incomplete double.
    if [[ ! -e $ODOO_ADDONS/web ]]; then ODOO_ADDONS=$ODOO_HOME/addons,$ODOO_ADDONS; fi
}

use_existing_odoo() {
    ODOO_HOME=$(cd "$ODOO_SOURCE" 2>/dev/null && pwd -P) || fail "ODOO_SOURCE=$ODOO_SOURCE is not a folder"
    if [[ -f $ODOO_HOME/release.py ]]; then ODOO_HOME=$(dirname "$ODOO_HOME"); fi
    [[ -f $ODOO_HOME/odoo/release.py ]] ||
        fail "no Odoo in ODOO_SOURCE=$ODOO_SOURCE" "It must be a checkout of Odoo 19, or the folder that holds the package 'odoo'."
    grep -qE "^version_info *= *\(19, *0" "$ODOO_HOME/odoo/release.py" ||
        fail "the Odoo in $ODOO_SOURCE is not version 19" "$(grep -m1 '^version_info' "$ODOO_HOME/odoo/release.py")"
}

odoo_identity() { # one line that changes when Odoo changes
    printf '%s ' "$ODOO_ADDONS"
    if [[ -z ${ODOO_SOURCE:-} ]]; then cat "$CACHE/odoo-19/complete"; return; fi
    git -C "$ODOO_HOME" rev-parse HEAD 2>/dev/null || sha256sum <"$ODOO_HOME/odoo/release.py"
}

fetch_odoo() {
    require_free_space "$CACHE" 2000
    local work=$CACHE/odoo-19.partial
    rm -rf "$work"
    mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/sources" "$work/packages"
    write_apt_sources "$work/sources/odoo.sources"
    step "downloading Odoo 19 (Debian package odoo-19, about 130 MB, from $(debian_mirror))"
    download_packages "$work"
    done_step "downloaded"
    step "unpacking Odoo 19"
    unpack_packages "$work"
    done_step "unpacked to $CACHE/odoo-19"
}

write_apt_sources() { # FILE
    cat >"$1" <<EOF
Types: deb
URIs: $(debian_mirror)
Suites: sid bookworm
Components: main
Signed-By: $DEBIAN_KEYRING
EOF
}

debian_mirror() { # the one the system uses, if it is a Debian
    local mirror=
    if grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
        mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
            grep -aoE '^(URIs:|deb)[^#]*https?://[^ ]+/debian/?( |$)' | grep -oE 'https?://[^ ]+' | head -n 1 || true)
    fi
    printf '%s' "${MEMBER_LOYALTY_DEBIAN_MIRROR:-${mirror:-http://deb.debian.org/debian}}"
}

private_apt() { # FOLDER ARGUMENT...
    local work=$1
    shift
    apt-get -oDir::State::Lists="$work/lists" -oDir::Etc::SourceList=/dev/null \
        -oDir::Etc::SourceParts="$work/sources" -oDir::Cache="$work" -oAPT::Sandbox::User=root \
        -oAcquire::Languages=none -oAcquire::Retries=3 -oAcquire::http::Timeout=30 \
        -oAPT::Update::Error-Mode=any "$@"
}

download_packages() { # FOLDER
    local work=$1
    wait_with_progress "$LOGS/odoo-download.log" last_line private_apt "$work" update || download_failed
    wait_with_progress "$LOGS/odoo-download.log" downloaded_size fetch_in "$work" || download_failed
}

fetch_in() { cd "$1/packages" && private_apt "$1" download "${ODOO_PACKAGES[@]}"; }

downloaded_size() { printf '%s MB' "$(du -sm "$CACHE/odoo-19.partial/packages" | cut -f 1)"; }

download_failed() {
    show_log_end "$LOGS/odoo-download.log"
    fail "Odoo 19 could not be downloaded from $(debian_mirror)" \
        "Is there a network? Check it and run the same command again." \
        "Another mirror: MEMBER_LOYALTY_DEBIAN_MIRROR=http://ftp.de.debian.org/debian $0" \
        "Or use an Odoo 19 you have: ODOO_SOURCE=/path/to/odoo $0"
}

# The links of odoo-19 into other packages are relative: unpacked side by side, they resolve.
unpack_packages() { # FOLDER
    local work=$1 package
    for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$work/root"; done
    rm -rf "$work/root/usr/lib/python3/dist-packages/addons"
    add_missing_asset "$work/root/usr/lib/python3/dist-packages/odoo"
    basename -a "$work"/packages/odoo-19_*.deb >"$work/root/complete"
    rm -rf "$CACHE/odoo-19"
    mv "$work/root" "$CACHE/odoo-19"
    rm -rf "$work"
}

# Debian leaves this script out, the back office asks for it, and Odoo's tour runner fails on the error.
add_missing_asset() {
    local folder=$1/addons/mail/static/lib/selfie_segmentation
    [[ -e $folder/selfie_segmentation.js ]] && return
    mkdir -p "$folder"
    echo '/* not part of the Debian package */' >"$folder/selfie_segmentation.js"
}
