"""Process tests run Odoo as processes of their own, on databases of their own."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import process_tools
import tools

CROWD = 20_000


@pytest.fixture(scope="session")
def crowded_template():
    """Give the name of a database with a crowd whose tiers are not decided yet."""
    with tools.throwaway_database() as database:
        today = date.today()
        process_tools.fill(
            database, CROWD, today - timedelta(days=730), today - timedelta(days=1)
        )
        yield database


@pytest.fixture
def crowded(crowded_template):
    """Give the name of a fresh copy of that database."""
    with tools.throwaway_database(crowded_template) as database:
        yield database


@pytest.fixture(scope="session")
def undisturbed(crowded_template):
    """Return what a run leaves behind that nothing disturbed."""
    with tools.throwaway_database(crowded_template) as database:
        process_tools.run(database, process_tools.EVALUATE)
        yield process_tools.result(database)


@pytest.fixture
def shop():
    """Give the name of a database with Odoo's modules and ours, and nobody in it."""
    with tools.throwaway_database() as database:
        yield database
