"""Pages that are read are served by a hot standby, which cannot write at all."""

import os

import process_tools
import pytest
import tools
from buyer_world import PREPARE, Buyer
from member_pages import PAGES
from own_postgres import server_with_copy
from served import serve

DATABASE = "member_loyalty_standby_test"
FEW = PREPARE.replace("range(50)", "range(2)")
# reads of our tables, in what a server logs of its statements
OURS = 'FROM "member_'


@pytest.fixture
def servers():
    """Give a primary with buyers in it, and a standby that follows it."""
    with server_with_copy(DATABASE) as primary:
        here = {"PGHOST": str(primary.socket)}
        before = {name: os.environ.get(name) for name in here}
        os.environ.update(here)
        try:
            process_tools.run(DATABASE, FEW)
            with primary.standby() as standby:
                yield primary, standby
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update(
                    {name: value}
                )


def test_pages_that_are_read_are_read_from_the_standby(servers):
    primary, standby = servers
    replica = (
        *("--db_host", str(primary.socket), "--db_replica_host", str(standby.socket)),
        *("--db_replica_port", os.environ.get("PGPORT", "5432")),
    )
    with serve(DATABASE, *replica) as (address, log):
        buyer = Buyer(address, 1)
        buyer.log_in()
        buyer.read(PAGES["overview"])  # makes style sheets, which writes
        primary.log_statements()
        standby.log_statements()
        for name, path in PAGES.items():
            read_before = standby.count_logged(OURS)

            assert not buyer.find_fault(path)

            assert standby.count_logged(OURS) > read_before, name
        logged = log.read_text("utf-8")

    assert primary.count_logged(OURS) == 0
    assert "read/write cursor" not in logged
    assert tools.records(logged, "ERROR") == []
