#!/usr/bin/env python3
"""Time the sweep of expired points against plain SQL that books the same.

    tests/benchmarks/points_expiry.py        100,000 lots among 1,000,000 entries
    tests/benchmarks/points_expiry.py --lots 1000000 --entries 10000000

A throw-away database gets wallets with two lots each that have just expired, and with
what was earned and spent before. The plain statements run in one transaction on the
same tables, are taken back, and the tables vacuumed; then the sweep runs as the
scheduled action does, slice by slice, each committed. Both have to leave the same.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
REPOSITORY = FOLDER.parents[1]
DATABASE = f"member_loyalty_bench_{os.getpid()}"
SCRIPT = """
import sys
sys.path[:0] = {paths!r}
import points_expiry
points_expiry.measure(env, {lots}, {entries})
"""
LOTS_EACH = 2

WALLETS = """
INSERT INTO loyalty_card (
       program_id, company_id, code, points, active, member_program_id,
       member_owner_id, member_debt, member_movement, create_uid, write_uid)
SELECT wallet.id, program.company_id, 'bench-' || partner.id, %(lots)s * 10, TRUE,
       program.id, partner.id, 0, 0, 1, 1
  FROM res_partner partner, member_program program, loyalty_program wallet
 WHERE partner.ref LIKE 'crowd-%%'
   AND program.id = %(program)s AND wallet.id = %(wallet)s
 ORDER BY partner.id
"""
# Of each card: pairs that were earned and spent, then the lots that expire.
ENTRIES = """
INSERT INTO member_point_entry (
       card_id, program_id, company_id, kind, points, debt, balance, date, day,
       expires_at, create_uid, write_uid, create_date, write_date)
SELECT card.id, card.member_program_id, card.company_id,
       CASE WHEN spends THEN 'spent' ELSE 'earned' END,
       CASE WHEN spends THEN -10 ELSE 10 END, 0,
       CASE WHEN spends THEN 0
            ELSE 10 * GREATEST(1, number - %(pairs)s * 2) END,
       at, at::date, CASE WHEN NOT spends THEN %(expired)s::timestamp END,
       1, 1, at, at
  FROM generate_series(1, %(pairs)s * 2 + %(lots)s) number
 CROSS JOIN loyalty_card card
 CROSS JOIN LATERAL (
       SELECT number <= %(pairs)s * 2 AND number %% 2 = 0 AS spends,
              %(expired)s::timestamp - INTERVAL '400 days'
                  + number * INTERVAL '1 day' AS at) what
 WHERE card.member_program_id = %(program)s
 ORDER BY number, card.id
"""
LOTS = """
INSERT INTO member_point_lot (
       entry_id, card_id, program_id, company_id, points, remaining, earned_at,
       expires_at)
SELECT id, card_id, program_id, company_id, points,
       CASE WHEN number > %(pairs)s THEN points ELSE 0 END, date, expires_at
  FROM (SELECT entry.*, ROW_NUMBER() OVER (PARTITION BY card_id ORDER BY id) AS number
          FROM member_point_entry entry
         WHERE kind = 'earned') entry
 ORDER BY id
"""
ALLOCATIONS = """
INSERT INTO member_point_allocation (lot_id, entry_id, points)
SELECT lot_id, id, -points
  FROM (SELECT id, kind, points,
               LAG(id) OVER (PARTITION BY card_id ORDER BY id) AS lot_id
          FROM member_point_entry) entry
 WHERE kind = 'spent'
 ORDER BY id
"""
WARM = (
    "SELECT SUM(points) FROM loyalty_card",
    "SELECT SUM(remaining) FROM member_point_lot",
    "SELECT SUM(points) FROM member_point_entry",
    "SELECT SUM(points) FROM member_point_allocation",
)
PLAIN = (
    """
    CREATE TEMPORARY TABLE loss ON COMMIT DROP AS
    SELECT lot.card_id, lot.program_id, lot.company_id, SUM(lot.remaining) AS points
      FROM member_point_lot lot
     WHERE lot.remaining > 0 AND lot.expires_at <= %(at)s
     GROUP BY 1, 2, 3
    """,
    """
    CREATE TEMPORARY TABLE booked ON COMMIT DROP AS
    WITH entry AS (
        INSERT INTO member_point_entry (
               card_id, program_id, company_id, kind, points, debt, balance, date, day,
               create_uid, write_uid, create_date, write_date)
        SELECT loss.card_id, loss.program_id, loss.company_id, 'expired', -loss.points,
               0, card.points - loss.points, %(at)s, %(at)s::date, 1, 1, now(), now()
          FROM loss JOIN loyalty_card card ON card.id = loss.card_id
        RETURNING id, card_id, points)
    SELECT * FROM entry
    """,
    """
    INSERT INTO member_point_allocation (lot_id, entry_id, points)
    SELECT lot.entry_id, booked.id, lot.remaining
      FROM member_point_lot lot JOIN booked ON booked.card_id = lot.card_id
     WHERE lot.remaining > 0 AND lot.expires_at <= %(at)s
    """,
    """
    UPDATE member_point_lot SET remaining = 0
     WHERE remaining > 0 AND expires_at <= %(at)s
    """,
    """
    UPDATE loyalty_card card
       SET points = card.points + booked.points, member_movement = member_movement + 1
      FROM booked WHERE booked.card_id = card.id
    """,
    """
    INSERT INTO loyalty_history (
           card_id, description, issued, used, create_uid, write_uid, create_date,
           write_date)
    SELECT card_id, 'Expired', 0, -points, 1, 1, now(), now() FROM booked
    """,
)
LEFT = """
SELECT (SELECT SUM(points) FROM loyalty_card WHERE member_program_id IS NOT NULL),
       (SELECT SUM(remaining) FROM member_point_lot),
       (SELECT SUM(points) FROM member_point_entry),
       (SELECT SUM(points) FROM member_point_allocation),
       (SELECT SUM(used) FROM loyalty_history),
       (SELECT COUNT(*) FROM member_point_entry WHERE kind = 'expired')
"""


def measure(env, lots, entries):
    """Fill the database, time both sides, print a table. Runs in Odoo's shell."""
    import stopwatch

    from odoo import fields

    at = fields.Datetime.now()
    _fill(env, lots // LOTS_EACH, entries, at)
    _settle(env.cr)
    with stopwatch.Stopwatch(env.cr) as plain:
        for statement in PLAIN:
            env.cr.execute(statement, {"at": at})
    expected = _look(env.cr)
    env.cr.rollback()
    _settle(env.cr)
    with stopwatch.Stopwatch(env.cr) as ours:
        cards = env["member.program"]._expire_points(at)
    found = _look(env.cr)
    assert found == expected, (found, expected)
    assert cards == lots // LOTS_EACH, cards
    print(f"{lots:,} lots of {cards:,} cards expired among {entries:,} entries")
    print("seconds on the clock (of processor time)")
    for name, watch in (("plain", plain), ("ours", ours)):
        print(f"  {name:6} {watch.wall:8.2f} ({watch.cpu:.2f})")
    print(f"  ratio  {ours.wall / plain.wall:8.2f} ({ours.cpu / plain.cpu:.2f})  aim 2")


def _fill(env, members, entries, at):
    import crowd

    program = env["member.program"].search([], limit=1)
    wallet = env["loyalty.program"].create(
        {"name": "Points", "program_type": "loyalty", "member_program_id": program.id}
    )
    env.flush_all()
    each = {
        "program": program.id,
        "wallet": wallet.id,
        "lots": LOTS_EACH,
        "pairs": max(0, entries // members - LOTS_EACH) // 2,
        "expired": at.replace(minute=0, second=0, microsecond=0),
    }
    crowd.add_members(env.cr, members, program.id)
    tables = (
        ("loyalty_card", WALLETS),
        ("member_point_entry", ENTRIES),
        ("member_point_lot", LOTS),
        ("member_point_allocation", ALLOCATIONS),
    )
    for table, statement in tables:
        with crowd.bulk(env.cr, table):
            env.cr.execute(statement, each)
    env.cr.commit()


def _settle(cr):
    """Leave nothing to do for the database, and warm what both sides read."""
    cr.commit()
    cr.connection.autocommit = True
    cr.execute("VACUUM ANALYZE")
    cr.execute("CHECKPOINT")
    cr.connection.autocommit = False
    for query in WARM:
        cr.execute(query)
    cr.commit()


def _look(cr):
    cr.execute(LEFT)
    return cr.fetchall()


def main():
    """Run the measurement in a throw-away database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lots", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    arguments = parser.parse_args()
    script = SCRIPT.format(
        paths=[str(FOLDER), str(FOLDER.parent)],
        lots=arguments.lots,
        entries=arguments.entries,
    )
    odoo = ["setup/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=warn"]
    try:
        subprocess.run(["setup/database", "copy", DATABASE], cwd=REPOSITORY, check=True)
        subprocess.run(odoo, cwd=REPOSITORY, input=script, text=True, check=True)
    finally:
        subprocess.run(["setup/database", "drop", DATABASE], cwd=REPOSITORY, check=True)


if __name__ == "__main__":
    sys.exit(main())
