"""Share the tests out between the processes of pytest-xdist (``--dist=loadgroup``).

A class stays in one process, because its ``setUpClass`` is what costs time; so do the
tests in a browser, which share one shop. The tests
that run Odoo as a process of its own take longest, so they begin.

All processes share a database and its files. Odoo's tests clear away, after each class,
the files that nobody has committed: those of the test that runs beside it too. The
database is thrown away anyhow, so they stay until then.
"""

import pytest

SLOW = ("test_odoo_lint", "tests/browser", "test_install_matrix", "tests/process")


def _rank(item):
    return next((n for n, part in enumerate(SLOW) if part in item.nodeid), len(SLOW))


def _keep_files(_cls):
    """Clear nothing away."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Group the tests of a class and put the slow ones first."""
    from odoo.tests.common import TransactionCase

    TransactionCase._gc_filestore = classmethod(_keep_files)
    for item in items:
        if getattr(item, "cls", None):
            item.add_marker(pytest.mark.xdist_group(item.cls.__qualname__))
        elif "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.xdist_group("browser"))
    items.sort(key=_rank)
