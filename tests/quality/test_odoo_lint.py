"""Odoo's own lint module, and its pylint checkers on our modules."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools import MODULES, ODOO_ADDONS, REPOSITORY, run_odoo, throwaway_database

# TestPyLint looks at all of Odoo for many minutes: its checkers run below on ours.
TAGS = "/test_lint,-/test_lint:TestPyLint,-/test_lint:TestESLint"
CHECKS = (
    "used-before-assignment,undefined-variable,eval-used,unreachable,"
    "function-redefined,sql-injection,missing-gettext,gettext-variable,"
    "gettext-placeholders,gettext-repr,raise-unlink-override"
)
PLUGINS = (
    "_pylint_path_setup,pylint.extensions.bad_builtin,_odoo_checker_sql_injection,"
    "_odoo_checker_gettext,_odoo_checker_unlink_override"
)
RECORD = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) ")


def _failures(log):
    """Return the errors in ``log`` with the lines that belong to them."""
    kept, failing = [], False
    for line in log.splitlines():
        if record := RECORD.match(line):
            failing = record["level"] in ("ERROR", "CRITICAL")
        if failing:
            kept.append(line)
    return "\n".join(kept)


def test_odoos_lint_module_passes():
    with throwaway_database() as database:
        outcome = run_odoo(
            *("-d", database, "-i", "test_lint", "--skip-auto-install"),
            *("--test-tags", TAGS, "--stop-after-init", "--http-port=0"),
        )

    assert not _failures(outcome.stderr), "\n" + _failures(outcome.stderr)
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    assert re.search(r" 0 failed, 0 error\(s\) of [1-9]", outcome.stderr)


@pytest.mark.parametrize("module", MODULES)
def test_odoos_pylint_checkers_find_nothing(module):
    checkers = Path(ODOO_ADDONS.split(",")[0]) / "test_lint" / "tests"
    search_path = f"{checkers}{os.pathsep}{os.environ['PYTHONPATH']}"
    outcome = subprocess.run(
        [
            *(sys.executable, "-m", "pylint", "--rcfile=/dev/null", "--score=n"),
            *("--disable=all,useless-option-value", f"--enable={CHECKS}"),
            *(f"--load-plugins={PLUGINS}", "--bad-functions=input", module),
        ],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "PYTHONPATH": search_path,
            "ADDONS_PATH": f"{ODOO_ADDONS},{REPOSITORY}",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, "\n" + outcome.stdout + outcome.stderr
