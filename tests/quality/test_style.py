"""The linters have nothing to say."""

import subprocess

import pytest
from tools import LINT_PYTHON, MODULES, ODOO_ADDONS, REPOSITORY


def _lint(*arguments):
    return subprocess.run(
        [LINT_PYTHON, "-m", *arguments],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def _assert_silent(outcome):
    assert outcome.returncode == 0, "\n" + outcome.stdout + outcome.stderr


def test_ruff_finds_nothing():
    _assert_silent(_lint("ruff", "check", "--no-cache", "."))


def test_every_file_is_formatted():
    _assert_silent(_lint("ruff", "format", "--no-cache", "--check", "."))


@pytest.mark.parametrize("module", MODULES)
def test_pylint_odoo_finds_nothing(module):
    _assert_silent(_lint("pylint", "--rcfile=.pylintrc", module))


def test_no_module_depends_on_a_stricter_licence():
    outcome = _lint(
        "manifestoo",
        "--select-include=" + ",".join(MODULES),
        f"--addons-path={ODOO_ADDONS},{REPOSITORY}",
        "--odoo-series=19.0",
        "check-licenses",
    )

    _assert_silent(outcome)
