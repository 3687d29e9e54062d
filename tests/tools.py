"""Databases of one's own and Odoo as a separate process, for tests that need both.

``setup/test`` sets the environment that this module reads. Every database is a copy
of a template: ``TEMPLATE_SUITE`` has Odoo's modules and ours, ``TEMPLATE_ODOO`` only
Odoo's; neither has demonstration data.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

REPOSITORY = Path(__file__).resolve().parents[1]
MANIFESTS = {
    path.parent.name: ast.literal_eval(path.read_text())
    for path in sorted(REPOSITORY.glob("member_loyalty*/__manifest__.py"))
}
MODULES = list(MANIFESTS)
# those that install themselves where all that they depend on is
GLUE_BY_ITSELF = [name for name in MODULES if MANIFESTS[name].get("auto_install")]
TEMPLATE_ODOO = os.environ.get("MEMBER_LOYALTY_TEMPLATE_ODOO", "")
TEMPLATE_SUITE = os.environ.get("MEMBER_LOYALTY_TEMPLATE_SUITE", "")
ODOO_ADDONS = os.environ.get("MEMBER_LOYALTY_ODOO_ADDONS", "")
LINT_PYTHON = os.environ.get("MEMBER_LOYALTY_LINT_PYTHON", "")
FILESTORE = Path(os.environ.get("MEMBER_LOYALTY_DATA", "")) / "filestore"

# Long enough for a loaded machine; a test that hangs fails instead of staying.
TIMEOUT = 900
LOG_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) (?P<database>\S+) "
    r"(?P<logger>[\w.]+): (?P<message>.*)$"
)
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


# Databases


def sql(database, query, parameters=None):
    """Run one statement in ``database``, committed; return its rows if it has any."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []


def clone_database(name, template=TEMPLATE_SUITE):
    """Make ``name`` a copy of ``template`` with its files; return ``name``."""
    drop_database(name)
    sql("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    if (FILESTORE / template).is_dir():
        shutil.copytree(FILESTORE / template, FILESTORE / name)
    return name


def drop_database(name):
    """Remove ``name`` and its files, ending the connections that use it."""
    sql("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


@contextmanager
def throwaway_database(template=TEMPLATE_SUITE):
    """Give the name of a fresh copy of ``template``, gone when the block ends."""
    name = clone_database(f"member_loyalty_test_{uuid.uuid4().hex[:12]}", template)
    try:
        yield name
    finally:
        drop_database(name)


# Odoo as a process of its own


def run_odoo(*arguments, timeout=TIMEOUT, **options):
    """Run Odoo's command line to its end; its log is ``stderr`` of the result."""
    return subprocess.run(
        [sys.executable, "-m", "odoo", *arguments],
        **_streams(),
        timeout=timeout,
        check=False,
        **options,
    )


def run_odoo_shell(database, script, timeout=TIMEOUT, options=()):
    """Run ``script`` with ``env`` of ``database``; what it prints is ``stdout``.

    An exception of the script gives a ``returncode`` other than zero.
    """
    arguments = (*_shell_arguments(database), *options)
    return run_odoo(*arguments, input=script, timeout=timeout)


def start_odoo_shell(database, script, options=()):
    """Start ``script`` as ``run_odoo_shell`` does and return at once, with a Popen.

    Read ``process.stdout`` to wait for a line that the script prints
    (``print(..., flush=True)``); ``process.kill()`` is kill -9.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "odoo", *_shell_arguments(database), *options],
        stdin=subprocess.PIPE,
        **_streams(),
    )
    process.stdin.write(script)
    process.stdin.close()
    process.stdin = None
    return process


def _streams():
    return {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
        "cwd": REPOSITORY,
    }


def _shell_arguments(database):
    return ["shell", "-d", database, "--no-http", "--log-level=info"]


# What Odoo logged


def records(log, level="WARNING"):
    """Return the lines of ``log`` at ``level`` or worse."""
    wanted = LEVELS[LEVELS.index(level) :]
    matches = (LOG_LINE.match(line) for line in log.splitlines())
    return [match[0] for match in matches if match and match["level"] in wanted]


def assert_clean(process, level="WARNING"):
    """Fail unless ``process`` ended well and logged nothing at ``level`` or worse."""
    assert process.returncode == 0, process.stdout[-3000:] + process.stderr[-6000:]
    found = records(process.stderr, level)
    assert not found, "\n" + "\n".join(found)
