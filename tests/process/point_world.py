"""What the process tests of points share: a shop with wallets, and scripts for it."""

import importlib.util
from contextlib import closing

import process_tools
import psycopg2
import tools

INVARIANTS = tools.REPOSITORY / "member_loyalty" / "tests" / "point_invariants.py"

# Orders earn nothing here, so that what was spent is easily counted.
START = """
from odoo import Command
program = env["member.program"].search([], limit=1)
env["loyalty.program"].search([]).active = False
program._start_points()
program.earning_rule_ids.active = False
program.wallet_id.reward_ids = [
    Command.clear(),
    Command.create({
        "reward_type": "discount", "discount_mode": "percent", "discount": 10,
        "discount_applicability": "order", "required_points": 100,
        "description": "Ten percent",
    }),
]
env["product.product"].create(
    {"name": "Thing", "list_price": 50, "type": "service", "taxes_id": False}
)
env.cr.commit()
"""

# Words of the scripts: cards and points, quotations that claim a reward for 100.
WORDS = """
import os, random, signal, sys, traceback
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from odoo import Command, api, sql_db
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.addons.member_loyalty.logic.point_posting import Posting
from odoo.addons.member_loyalty.models import member_program_points_expiry as expiry
NOW = datetime.now().replace(microsecond=0)
PAST, LATER = NOW - timedelta(hours=1), NOW + timedelta(days=90)

def program_of(env):
    return env["member.program"].search([("wallet_id", "!=", False)], limit=1)

def open_cards(env, count):
    partners = env["res.partner"].create([{"name": "Buyer"} for _ in range(count)])
    Card = env["loyalty.card"].with_context(loyalty_no_mail=True)
    return Card.create([
        {"program_id": program_of(env).wallet_id.id, "partner_id": False,
         "member_owner_id": partner.id}
        for partner in partners
    ])

def give(env, cards, points, expires_at):
    env["member.point.ledger"]._post([
        Posting(card.id, "earned", Decimal(points), NOW - timedelta(days=100),
                expires_at=expires_at)
        for card in cards
    ])

def quote(env, card):
    order = env["sale.order"].create({
        "partner_id": card.member_owner_id.id,
        "order_line": [Command.create({
            "product_id": env["product.product"].search(
                [("name", "=", "Thing")], limit=1).id,
        })],
    })
    order._update_programs_and_rewards()
    order._apply_program_reward(card.program_id.reward_ids, card)
    assert order.order_line.filtered("reward_id").points_cost == 100
    return order

def confirm(env, order_id):
    '''Press Confirm until there is an answer, and say it.'''
    order = env["sale.order"].browse(order_id)
    while True:
        try:
            retrying(order.action_confirm, env)
            print("confirmed", flush=True)
        except sql_db.psycopg2.OperationalError:
            env.cr.rollback()
            continue
        except UserError as refusal:
            env.cr.rollback()
            print("refused", str(refusal).replace(chr(10), " "), flush=True)
        return

def sweep(env):
    '''Run the sweep until nothing is left to book out.'''
    while env["member.program"]._expire_points(NOW) or due(env):
        env.cr.rollback()

def due(env):
    env.cr.rollback()
    return env["member.point.lot"].search_count(
        [("expires_at", "<=", NOW), ("remaining", ">", 0)])
"""

# Processes of their own, made from the shell that has loaded Odoo already.
SPAWN = """
def spawn(work, *arguments):
    '''Run ``work`` with an environment of its own in another process.'''
    env.cr.commit()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        random.seed(os.getpid())
        # the parent's connections are not ours
        sql_db._Pool = sql_db._Pool_readonly = None
        env.registry._db = sql_db.db_connect(env.cr.dbname)
        with env.registry.cursor() as cr:
            work(api.Environment(cr, 2, {}), *arguments)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)

def wait(pids):
    '''Wait for processes; fail when one failed.'''
    for pid in pids:
        _pid, status = os.waitpid(pid, 0)
        assert status == 0, f"process {pid} ended with {status}"
"""

# A process ends itself, as kill -9 would, before a statement or around a commit.
COUNTDOWN = """
countdown = [0]
def tick():
    countdown[0] -= 1
    if countdown[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def count_down(count):
    '''Die at the given moment from now on; 0 counts only.'''
    execute, commit = sql_db.Cursor.execute, sql_db.Cursor.commit
    def counted_execute(self, *arguments, **options):
        tick()
        return execute(self, *arguments, **options)
    def counted_commit(self):
        tick()
        result = commit(self)
        tick()
        return result
    sql_db.Cursor.execute, sql_db.Cursor.commit = counted_execute, counted_commit
    countdown[0] = count

def dies(work, *arguments):
    '''Run ``work`` in a process that may kill itself; tell whether it did.'''
    _pid, status = os.waitpid(spawn(work, *arguments), 0)
    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL
"""


def open_shop(database, options=()):
    """Let the first program of a database give points, for a reward at 100."""
    process_tools.run(database, START, options=options)


def assert_sound(database):
    """Fail unless all points of a database fit together."""
    spec = importlib.util.spec_from_file_location("point_invariants", INVARIANTS)
    invariants = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(invariants)
    with closing(psycopg2.connect(dbname=database)) as link:

        def execute(query):
            with link.cursor() as cursor:
                cursor.execute(query)
                return [column.name for column in cursor.description], cursor.fetchall()

        complaints = invariants.find_unsound(execute)
    assert not complaints, "\n".join(complaints)


# The lots that have expired, by how often each was booked out.
BOOKED_OUT = """
    SELECT booked, COUNT(*)
      FROM (SELECT lot.id, COUNT(entry.id) AS booked
              FROM member_point_lot lot
         LEFT JOIN member_point_allocation allocation
                ON allocation.lot_id = lot.entry_id
         LEFT JOIN member_point_entry entry
                ON entry.id = allocation.entry_id AND entry.kind = 'expired'
             WHERE lot.expires_at <= now() AT TIME ZONE 'UTC'
          GROUP BY lot.id) lot
  GROUP BY booked ORDER BY booked
"""


def assert_each_expired_once(database, lots):
    """Fail unless that many lots have expired and each was booked out once."""
    assert tools.sql(database, BOOKED_OUT) == [(1, lots)]


def spent(database):
    """Return how often and how many points orders have spent."""
    return tools.sql(
        database,
        """
        SELECT COUNT(*), COALESCE(-SUM(points), 0)::int
          FROM member_point_entry WHERE kind = 'spent'
        """,
    )[0]
