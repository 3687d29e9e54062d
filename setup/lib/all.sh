# shellcheck shell=bash
# Everything the entry points use, in the order of dependence.

set -euo pipefail
export LC_ALL=C.UTF-8
umask 022
SETUP_LIB=$(dirname "${BASH_SOURCE[0]}")
for SETUP_PART in cleanup say paths disk odoo_source python_env rtlcss system postgres database odoo_run templates demonstration serve test_run; do
    # shellcheck source=/dev/null
    source "$SETUP_LIB/$SETUP_PART.sh"
done
