from odoo import models
from odoo.exceptions import UserError

from ..queries import locks, tier_evaluation
from ..queries.execution import execute_quietly


class MemberProgramEvaluation(models.AbstractModel):
    """How a program decides its members' tiers: on an event, in a run."""

    _name = "member.program.evaluation"
    _description = "Evaluation of a Program"

    def action_evaluate(self):
        """Evaluate all members as of today and show the run.

        A small program is done at once; a large one goes on in the background.

        :raises UserError: when an evaluation of the program is under way
        """
        self.ensure_one()
        self.check_access("write")
        run = self._evaluate(self.company_id._member_today(), kind="manual")
        return run._get_records_action(name=self.env._("Evaluation"))

    def action_review(self):
        """Hold a review today: members rise and fall as their figures say.

        Whoever is still promised a tier keeps it.

        :raises UserError: when an evaluation of the program is under way
        """
        self.ensure_one()
        self.check_access("write")
        today = self.company_id._member_today()
        run = self._evaluate(today, may_fall=True, kind="manual")
        return run._get_records_action(name=self.env._("Review"))

    def _evaluate(self, as_of, may_fall=False, scope="all", kind="manual"):
        """Evaluate the program and return the run.

        :param date as_of: the last day whose activities count
        :param bool may_fall: whether members may also fall
        :param str scope: "all" members, or those "touched" since the last run
        :raises UserError: when a run is under way, or ``as_of`` lies before the
            last evaluation
        """
        self.ensure_one()
        self._check_may_evaluate(as_of)
        run = self._start_run(as_of, may_fall, scope, kind)
        if run._is_large():
            self.env.ref("member_loyalty.ir_cron_member_evaluation").sudo()._trigger()
        else:
            while run._evaluate_next_slice():
                continue
        return run

    def _check_may_evaluate(self, as_of):
        """Let one evaluation at a time pass, and none back in time."""
        self.ensure_one()
        [(is_free,)] = self.env.execute_query(
            locks.try_evaluation_lock_in_transaction(self.id)
        )
        if is_free:
            execute_quietly(self.env, locks.lock_program(self.id))
        if not is_free or self._find_open_run():
            raise UserError(
                self.env._(
                    "An evaluation of %(program)s is under way. Wait until it is"
                    " done; you find it under Runs.",
                    program=self.name,
                )
            )
        if self.evaluated_until and as_of < self.evaluated_until:
            raise UserError(
                self.env._(
                    "%(program)s was already evaluated until %(until)s and cannot go"
                    " back before that day.",
                    program=self.name,
                    until=self.evaluated_until,
                )
            )

    def _find_open_run(self):
        """Find the run that was begun and not finished, if any."""
        return (
            self.env["member.evaluation.run"]
            .sudo()
            .search(
                [("program_id", "=", self.id), ("state", "=", "running")],
                order="id",
                limit=1,
            )
        )

    def _start_run(self, as_of, may_fall, scope, kind):
        """Create the run of an evaluation that is about to begin."""
        self.ensure_one()
        return (
            self.env["member.evaluation.run"]
            .sudo()
            .create(self._prepare_run_values(as_of, may_fall, scope, kind))
        )

    def _prepare_run_values(self, as_of, may_fall, scope, kind):
        """Return the values of a new run.

        Only looking at who was touched is enough when the last run saw everybody
        else under the same ladder, and nobody can fall: who is to fall was kept by
        a promise that ended, without any news.
        """
        ladder = self._get_ladder_figures()
        last_run = self._find_last_run()
        if may_fall or last_run.ladder != ladder or not self.evaluated_until:
            scope = "all"
        return {
            "program_id": self.id,
            "kind": kind,
            "as_of": as_of,
            "scope": scope,
            "may_fall": may_fall,
            "ladder": ladder,
            "touched_since": last_run.started_at,
            "previous_as_of": self.evaluated_until,
        }

    def _find_last_run(self):
        """Find the last run that was finished, if any."""
        return (
            self.env["member.evaluation.run"]
            .sudo()
            .search(
                [("program_id", "=", self.id), ("state", "=", "done")],
                order="id desc",
                limit=1,
            )
        )

    def _get_ladder_figures(self):
        """Return the ladder as plain data, to keep with a run and to compare."""
        return [
            {
                "tier_id": tier.tier_id,
                "rules": [
                    [
                        {
                            "metric": condition.figure.metric,
                            "window": condition.figure.window.type,
                            "length": condition.figure.window.length,
                            "at_least": str(condition.threshold),
                        }
                        for condition in rule.conditions
                    ]
                    for rule in tier.rules
                ],
            }
            for tier in self._get_ladder().tiers
        ]

    def _let_members_rise(self, partner_ids):
        """Move up the members whose figures now give a higher tier.

        :param partner_ids: ids of partners who are members of this program
        """
        self.ensure_one()
        if not partner_ids:
            return []
        evaluation = self._prepare_evaluation(self._get_company()._member_today())
        scope = tier_evaluation.Scope(partner_ids=tuple(sorted(partner_ids)))
        return self._apply_evaluation(evaluation, scope)

    def _prepare_evaluation(self, as_of, may_fall=False, run=None):
        """Return everything an evaluation needs to know, as ``Evaluation``."""
        self.ensure_one()
        return tier_evaluation.Evaluation(
            program_id=self.id,
            company_id=self._get_company().id,
            partner_column=self._get_partner_column(),
            ladder=self._get_ladder(),
            metrics=self.env["member.metric"]._get_metrics(),
            term=self._get_term(),
            as_of=as_of,
            may_fall=may_fall,
            run_id=run.id if run else None,
            user_id=self.env.uid,
        )

    def _apply_evaluation(self, evaluation, scope):
        """Decide and write the tiers of the members in scope.

        :return: list of (membership id, partner id, tier left, tier reached, move)
        :raises psycopg2.errors.SerializationFailure: when another transaction moved
            one of the members meanwhile
        """
        if not evaluation.ladder.tiers:
            return []
        moves = execute_quietly(
            self.env, tier_evaluation.evaluate(self.env, evaluation, scope)
        )
        if moves or evaluation.may_fall:
            self.env["member.membership"].invalidate_model(
                ["tier_id", "tier_since", "valid_until"]
            )
        if moves:
            self.env["member.tier.decision"].invalidate_model()
            self.env["res.partner"].invalidate_model(["member_tier_id"])
        return moves
