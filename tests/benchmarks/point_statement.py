"""Time the statement page of a member with 1,000 entries, and opening balances.

    setup/odoo shell -d NAME --no-http < tests/benchmarks/point_statement.py

Needs a database with member_loyalty; everything it makes is rolled back.
"""

import base64
import time
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from odoo.addons.member_loyalty.logic.point_posting import Posting

ENTRIES = 1000
ROUNDS = 20
ROWS = 2_000
ENTRY = {
    key: {}
    for key in (
        "date",
        "kind",
        "points",
        "balance",
        "expires_at",
        "source_ref",
        "reason",
    )
}
SPECIFICATION = {
    **{
        key: {}
        for key in (
            *("code", "active", "is_own", "points", "debt", "usable_points"),
            *("next_expiry", "next_expiry_points", "pending_points"),
        )
    },
    "owner_id": {"fields": {"display_name": {}}},
    "program_id": {"fields": {"display_name": {}}},
    "wallet_id": {"fields": {"display_name": {}}},
    "recent_entry_ids": {
        "fields": {**ENTRY, "create_uid": {"fields": {"display_name": {}}}},
        "limit": 40,
    },
    "open_lot_ids": {
        "fields": {
            key: {}
            for key in (
                "expires_soon",
                "expires_at",
                "remaining",
                "points",
                "earned_at",
            )
        },
        "limit": 40,
    },
    "pending_ids": {"fields": {"points": {}, "due_on": {}}},
}


def prepare(env):
    """Return a program that gives points, and a card with many entries."""
    program = env["member.program"].search([], limit=1)
    if not program.wallet_id:
        program._start_points()
    member = env["res.partner"].create({"name": "Ada", "ref": "BENCH-0"})
    card = env["loyalty.card"]._get_member_wallet(program, member, create=True)
    now = datetime(2026, 1, 1)
    env["member.point.ledger"]._post(
        Posting(
            card.id,
            "earned" if number % 3 else "spent",
            Decimal(10 if number % 3 else -5),
            now + timedelta(hours=number),
            expires_at=now + timedelta(days=4000 + number) if number % 3 else None,
        )
        for number in range(1, ENTRIES + 1)
    )
    return program, card


def read_page(env, card):
    """Yield the milliseconds that each reading of the page takes."""
    statement = env["member.point.statement"].browse(card.id)
    for _round in range(ROUNDS):
        env.invalidate_all()
        started = time.perf_counter()
        statement.web_read(SPECIFICATION)
        yield 1000 * (time.perf_counter() - started)


def list_entries(env, card):
    """Yield the milliseconds that the list of all movements takes."""
    for _round in range(ROUNDS):
        env.invalidate_all()
        started = time.perf_counter()
        env["member.point.entry"].web_search_read(
            [("card_id", "=", card.id)],
            {**ENTRY, "owner_id": {"fields": {"display_name": {}}}},
            limit=80,
        )
        yield 1000 * (time.perf_counter() - started)


def bring_balances_in(env, program):
    """Return the seconds that checking, booking and undoing many rows takes."""
    env["res.partner"].create(
        [{"name": f"Member {n}", "ref": f"BENCH-{n}"} for n in range(1, ROWS + 1)]
    )
    lines = ["ref,points,valid until"]
    lines += [f"BENCH-{n},{n % 900 + 1}.25,2099-12-31" for n in range(1, ROWS + 1)]
    batch = env["member.point.import"].create(
        {
            "program_id": program.id,
            "filename": "balances.csv",
            "file": base64.b64encode("\n".join(lines).encode()),
        }
    )
    seconds = []
    for work in (
        batch.action_check,
        lambda: (batch._begin_booking(), batch._book_to_the_end()),
        batch.action_undo,
    ):
        started = time.perf_counter()
        work()
        env.flush_all()
        seconds.append(time.perf_counter() - started)
    assert batch.difference == 0, batch.difference
    assert batch.undone_points == batch.booked_points
    return seconds


def main(env):
    """Print what was measured."""
    program, card = prepare(env)
    for name, times in (
        ("statement page", sorted(read_page(env, card))),
        ("list of movements", sorted(list_entries(env, card))),
    ):
        print(f"{name}: median {median(times):.0f} ms, worst {times[-1]:.0f} ms")
    check, book, undo = bring_balances_in(env, program)
    print(f"{ROWS} rows: check {check:.1f} s, book {book:.1f} s, undo {undo:.1f} s")
    env.cr.rollback()


if "env" in globals():
    main(env)  # noqa: F821
