"""Time evaluations of a crowd against a statement by hand. Runs in Odoo's shell."""

from datetime import date, timedelta

import crowd
import statements
from dateutil.relativedelta import relativedelta
from stopwatch import Stopwatch

CHANGED_PER_MILLE = 5


class Arena:
    """A crowd, the program that evaluates it, and copies for the statement."""

    def __init__(self, env, members):
        self.env = env
        self.cr = env.cr
        self.members = members
        self.last_day = date.today() - timedelta(days=4)
        self.program = env["member.program"].search([], limit=1)
        self._lower_thresholds()
        crowd.add_members(self.cr, members, self.program.id)
        first_day = self.last_day - timedelta(days=730)
        crowd.add_purchases(self.cr, first_day, self.last_day)
        self.cr.execute(statements.COPIES)
        self.cr.commit()

    def _lower_thresholds(self):
        conditions = self.program.tier_ids.rule_ids.condition_ids.sorted("id")
        for condition, value in zip(conditions, statements.THRESHOLDS, strict=True):
            condition.value = value
        self.env.flush_all()

    def restore(self):
        """Put everybody back into the lowest tier, in tables without dead rows."""
        self.cr.execute(statements.RESTORE)
        self.program.evaluated_until = False
        self.cr.commit()
        self.env.invalidate_all()
        self.settle()

    def settle(self):
        """Leave nothing to do for the database, and warm what both sides read."""
        connection = self.cr.connection
        self.cr.commit()
        connection.autocommit = True
        self.cr.execute("VACUUM ANALYZE")
        self.cr.execute("CHECKPOINT")
        connection.autocommit = False
        for query in statements.WARM:
            self.cr.execute(query)
        self.cr.commit()

    def evaluate(self, day, may_fall=True, scope="all"):
        """Evaluate as the scheduled action does; return the seconds and the run."""
        with Stopwatch(self.cr) as watch:
            run = self.program._start_run(day, may_fall, scope, "scheduled")
            run._evaluate_to_the_end()
        assert run.state == "done"
        return watch, run

    def simulate(self, day):
        """Simulate rules that ask for half as much, once promises have ended.

        Nearly everybody is decided otherwise than under the rules in force, as in the
        evaluation that it is compared with.
        """
        program = self.program
        draft = self.env["member.ladder.version"].browse(
            program.action_change_rules()["res_id"]
        )
        for condition in draft.rule_ids.condition_ids:
            condition.value /= 2
        simulation = self.env["member.simulation"].create(
            {"version_id": draft.id, "as_of": day, "horizon": "settled"}
        )
        self.cr.commit()
        with Stopwatch(self.cr) as watch:
            simulation._begin()
            simulation._simulate_to_the_end()
        assert simulation.state == "done"
        return watch, simulation

    def state(self, day, statement):
        """Let a statement do the same on the copies; return the seconds."""
        tiers = self.program._get_tiers().ids
        with Stopwatch(self.cr) as watch:
            self.cr.execute(
                statement,
                {
                    "day": day,
                    "until": self.program._get_term().last_day(day),
                    "program": self.program.id,
                    **dict(zip(("base", "silver", "gold"), tiers, strict=True)),
                },
            )
            self.cr.commit()
        return watch

    def check_equal(self, copy):
        """Fail unless a copy has the same tiers, row for row."""
        self.cr.execute(statements.difference(copy))
        [(different,)] = self.cr.fetchall()
        assert not different, f"{different} memberships differ from those in {copy}"

    def change(self, day):
        """Let five members of a thousand buy something on ``day``."""
        self.cr.execute(
            statements.NEW_PURCHASES,
            {"day": day, "count": self.members * CHANGED_PER_MILLE // 1000},
        )
        self.cr.commit()
        self.settle()


def measure(env, members, rounds):
    """Yield what was measured, as (measure, side, stopwatch, rows moved)."""
    arena = Arena(env, members)
    first = arena.last_day - relativedelta(months=1)
    for number in range(rounds):
        arena.restore()
        for label, day in (("first", first), ("review", arena.last_day)):
            yield from _compare(arena, label, day, reverse=number % 2)
            arena.settle()
        watch, simulation = arena.simulate(date.today())
        yield "simulation", "ours", watch, simulation.line_count
        arena.settle()
    for days in (1, 2, 3):
        day = arena.last_day + timedelta(days=days)
        arena.change(day)
        watch, run = arena.evaluate(day, may_fall=False, scope="touched")
        yield "daily", "ours", watch, run.evaluated_count


def _compare(arena, label, day, reverse):
    contenders = ["ours", "statement", "statement with history"]
    for side in reversed(contenders) if reverse else contenders:
        if side == "ours":
            watch, run = arena.evaluate(day)
            yield label, side, watch, run.risen_count + run.fallen_count
        else:
            watch = arena.state(day, statements.SIDES[side])
            yield label, side, watch, 0
    arena.check_equal("bench_membership")
    arena.check_equal("bench_membership_logged")
