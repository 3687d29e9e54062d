#!/usr/bin/env python3
"""Time the scoring of all members against plain SQL with ``ntile``.

    tests/benchmarks/scores.py                     100,000 members, five purchases each
    tests/benchmarks/scores.py --members 1000000   1,000,000 and 5,000,000

A throw-away database gets a crowd of members with 24 months of purchases. On it, in
turn and on warm caches, each in a transaction of its own:

  plain    recency, frequency and monetary by ``ntile(5)``, the median gap, sums,
           segment and value score, written into a copy of the table with its keys
  again    the same a second time, written where it differs
  ours     ``program._refresh_scores(day)``, first into an empty table, then again

``ntile`` splits equal values by chance, so the two are not compared row for row; the
tests do that with the pure rules. Nothing fails because it is slow.
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
import scores
scores.measure(env, {members}, {rounds})
"""
COPY = """
CREATE TABLE bench_score (LIKE member_score INCLUDING ALL);
DO $$
DECLARE
    definition TEXT;
BEGIN
    FOR definition IN SELECT pg_get_constraintdef(oid) FROM pg_constraint
                       WHERE contype = 'f' AND conrelid = 'member_score'::regclass
    LOOP
        EXECUTE format('ALTER TABLE bench_score ADD %s', definition);
    END LOOP;
END $$
"""
TABLES = "member_activity, member_membership, res_partner, member_score, bench_score"
EMPTY = "TRUNCATE member_score, bench_score"
WARM = (
    "SELECT SUM(amount), SUM(order_count), MAX(date) FROM member_activity",
    "SELECT COUNT(*), MAX(tier_id) FROM member_membership",
    "SELECT COUNT(*), MAX(value_score) FROM member_score",
    "SELECT COUNT(*), MAX(value_score) FROM bench_score",
)
SCORED = """
WITH bought AS (
    SELECT commercial_partner_id AS partner_id,
           MIN(date) FILTER (WHERE order_count > 0) AS first_on,
           MAX(date) FILTER (WHERE order_count > 0) AS last_on,
           SUM(order_count) FILTER (WHERE date >= %(first)s) AS orders,
           SUM(amount) FILTER (WHERE date >= %(first)s) AS amount,
           SUM(amount) AS lifetime_value
      FROM member_activity
     WHERE company_id = %(company)s AND kind = 'purchase' AND date <= %(day)s
     GROUP BY commercial_partner_id
), rhythm AS (
    SELECT partner_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) AS days
      FROM (SELECT commercial_partner_id AS partner_id,
                   date - LAG(date) OVER (
                       PARTITION BY commercial_partner_id ORDER BY date) AS gap
              FROM member_activity
             WHERE company_id = %(company)s AND kind = 'purchase'
               AND date <= %(day)s AND order_count > 0) purchase
     GROUP BY partner_id
), rated AS (
    SELECT membership.id AS membership_id, membership.partner_id,
           (membership.tier_id = %(top)s)::int AS is_top,
           first_on, last_on, orders, amount, lifetime_value,
           COALESCE(rhythm.days, 0) AS days,
           ntile(5) OVER (ORDER BY last_on NULLS FIRST) AS recency,
           ntile(5) OVER (ORDER BY orders NULLS FIRST) AS frequency,
           ntile(5) OVER (ORDER BY amount NULLS FIRST) AS monetary
      FROM member_membership membership
 LEFT JOIN bought ON bought.partner_id = membership.partner_id
 LEFT JOIN rhythm ON rhythm.partner_id = membership.partner_id
     WHERE membership.program_id = %(program)s AND membership.active
), scored AS (
    SELECT membership_id, partner_id, recency, frequency,
           monetary, first_on, last_on, orders, amount, lifetime_value, days,
           last_on + NULLIF(days, 0) AS expected_on,
           CASE WHEN recency >= 4 AND frequency + monetary >= 8 THEN 'champion'
                WHEN recency >= 3 AND frequency + monetary >= 6 THEN 'loyal'
                WHEN recency >= 3 THEN 'promising'
                WHEN frequency + monetary >= 6 THEN 'at_risk'
                ELSE 'lost' END AS segment,
           CASE WHEN last_on IS NULL THEN 'registered'
                WHEN %(day)s - last_on > 4 * GREATEST(days, 30) THEN 'win_back'
                WHEN %(day)s - last_on > 2 * GREATEST(days, 30) THEN 'churn_warning'
                WHEN %(day)s - first_on <= 90 THEN 'new'
                ELSE 'active' END AS stage,
           (5 * recency + 4 * frequency + 5 * monetary + 15 * is_top) AS value_score
      FROM rated
)
"""
COLUMNS = (
    "recency, frequency, monetary, first_purchase_on, last_purchase_on, order_count,"
    " amount, lifetime_value, contribution, interval_days, next_expected_on, segment,"
    " stage, value_score"
)
VALUES = (
    "recency, frequency, monetary, first_on, last_on, orders, amount, lifetime_value,"
    " lifetime_value, days, expected_on, segment, stage, value_score"
)
INSERT = f"""
INSERT INTO bench_score (membership_id, company_id, partner_id, scored_on, {COLUMNS})
SELECT membership_id, %(company)s, partner_id, %(day)s, {VALUES} FROM scored
"""
UPDATE = f"""
UPDATE bench_score held SET ({COLUMNS}) = ({
    ", ".join(f"scored.{name.strip()}" for name in VALUES.split(","))
})
  FROM scored
 WHERE scored.membership_id = held.membership_id
   AND ({", ".join(f"held.{name.strip()}" for name in COLUMNS.split(","))})
       IS DISTINCT FROM
       ({", ".join(f"scored.{name.strip()}" for name in VALUES.split(","))})
"""


def measure(env, members, rounds):
    """Fill the database, time both sides in turn, print a table. In Odoo's shell."""
    import crowd

    program = env["member.program"].search([], limit=1)
    day = program.company_id._member_today()
    crowd.add_members(env.cr, members, program.id)
    scoring = program._get_scoring(day)
    crowd.add_purchases(env.cr, scoring.first_day, day)
    env.cr.execute(COPY)
    values = {
        "company": program.company_id.id,
        "program": program.id,
        "day": day,
        "first": scoring.first_day,
        "top": program._get_tiers()[-1:].id,
    }
    sides = {
        "plain": [
            lambda statement=statement: _state(env.cr, statement, values)
            for statement in (INSERT, UPDATE)
        ],
        "ours": [lambda: program._refresh_scores(day)] * 2,
    }
    found = []
    for number in range(rounds):
        env.cr.execute(EMPTY)
        _settle(env.cr, values)
        for name in sorted(sides, reverse=number % 2 == 0):
            first, again = sides[name]
            found.append((name, "first", *_time(env, first)))
            _settle(env.cr, values)
            found.append((name, "again", *_time(env, again)))
            _settle(env.cr, values)
    _print(found, members)


def _state(cr, writing, values):
    cr.execute(SCORED + writing, values)
    return cr.rowcount


def _time(env, act):
    import stopwatch

    with stopwatch.Stopwatch(env.cr) as watch:
        rows = act()
        env.flush_all()
        env.cr.commit()
    return watch.wall, watch.cpu, rows


def _settle(cr, values):
    """Leave nothing to do for the database, and warm what both sides read."""
    cr.commit()
    cr.connection.autocommit = True
    cr.execute(f"VACUUM ANALYZE {TABLES}")
    cr.execute("CHECKPOINT")
    cr.connection.autocommit = False
    for query in WARM:
        cr.execute(query, values)
    cr.commit()


def _print(found, members):
    from statistics import median

    print(f"{members:,} members, {5 * members:,} activities; load {os.getloadavg()[0]}")
    print("seconds on the clock (of processor time), medians; rows written")
    for run in ("first", "again"):
        told = {}
        for side in ("plain", "ours"):
            rows = [row[2:] for row in found if row[:2] == (side, run)]
            wall, cpu, written = (median(column) for column in zip(*rows, strict=True))
            told[side] = wall, cpu
            print(f"  {run} {side:6} {wall:8.2f} ({cpu:.2f})  {written:,.0f} rows")
        wall, cpu = (
            one / other for one, other in zip(told["ours"], told["plain"], strict=True)
        )
        print(f"  {run} ours : plain {wall:.2f} ({cpu:.2f})  aim 2")


def main():
    """Run the measurement in a throw-away database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    script = SCRIPT.format(
        paths=[str(FOLDER), str(FOLDER.parent)],
        members=arguments.members,
        rounds=arguments.rounds,
    )
    odoo = ["setup/odoo", "shell", "-d", DATABASE, "--no-http", "--log-level=warn"]
    try:
        subprocess.run(["setup/database", "copy", DATABASE], cwd=REPOSITORY, check=True)
        subprocess.run(odoo, cwd=REPOSITORY, input=script, text=True, check=True)
    finally:
        subprocess.run(["setup/database", "drop", DATABASE], cwd=REPOSITORY, check=True)


if __name__ == "__main__":
    sys.exit(main())
