"""Fifty buyers read the member centre for a minute, served by two workers."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import process_tools
import tools
from buyer_world import BUYERS, PREPARE, Buyer
from member_pages import PAGES
from served import serve

SECONDS = 60
# In a company a proxy stands before Odoo and hands on whole requests. Here fifty
# buyers share two cores with the workers, which would give up on them after 2 s.
PATIENT = {"ODOO_HTTP_SOCKET_TIMEOUT": "60"}


def _read_for_a_minute(address, number):
    """Return how many pages a buyer read, and what was wrong with them."""
    buyer = Buyer(address, number)
    buyer.log_in()
    chance = random.Random(number)
    read, faults, end = 0, [], time.monotonic() + SECONDS
    while time.monotonic() < end and not faults:
        faults += filter(None, [buyer.find_fault(chance.choice(list(PAGES.values())))])
        read += 1
        time.sleep(chance.uniform(0.5, 2))
    return read, faults


def test_fifty_buyers_read_their_own_pages_only_and_meet_no_error(shop):
    process_tools.run(shop, PREPARE)
    with serve(shop, environment=PATIENT) as (address, log):
        with ThreadPoolExecutor(BUYERS) as pool:
            tasks = [
                pool.submit(_read_for_a_minute, address, number)
                for number in range(BUYERS)
            ]
            outcomes = [task.result() for task in tasks]
        logged = tools.records(log.read_text("utf-8"), "ERROR")

    assert [fault for _read, faults in outcomes for fault in faults] == []
    assert logged == []
    assert min(read for read, _faults in outcomes) > 1
    print(f"{sum(read for read, _faults in outcomes)} pages in {SECONDS} s")
