from odoo import models
from odoo.exceptions import UserError

from ..logic.ladder import ladder_to_data
from ..queries import locks, tier_evaluation
from ..queries.execution import execute_quietly
from ..queries.measuring import NOTHING_KNOWN
from ..queries.metrics import Scope
from ..queries.tier_verdict import Evaluation

MANAGER_GROUP = "member_loyalty.member_loyalty_group_manager"


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

        :raises UserError: when an evaluation of the program is under way, or a review
            waits for a manager
        """
        self.ensure_one()
        self.check_access("write")
        if self._find_stopped_run():
            raise UserError(
                self.env._(
                    "A review of %(program)s stopped and asks whether so many members"
                    " may fall. Approve or refuse it first; you find it under Runs.",
                    program=self.name,
                )
            )
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
        self._check_is_automatic()
        self._check_may_evaluate(as_of)
        run = self._start_run(as_of, may_fall, scope, kind)
        run._run_now()
        return run

    def _check_is_automatic(self):
        """Let programs pass that adjust tiers by themselves.

        :raises UserError: for the others
        """
        if not self.automatic:
            raise UserError(
                self.env._(
                    "%(program)s does not adjust tiers automatically. Switch that on in"
                    " the program, under Rise and Fall.",
                    program=self.name,
                )
            )

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

    def _find_stopped_run(self):
        """Find the review that waits for a manager, if any."""
        stopped = [("program_id", "=", self.id), ("state", "=", "stopped")]
        return self.env["member.evaluation.run"].sudo().search(stopped, limit=1)

    def _find_manager(self):
        """Find who is asked: whoever signed the rules in force, or a manager."""
        signed = self.version_id.activated_by_id
        if signed.active and signed.has_group(MANAGER_GROUP):
            return signed
        group = self.env.ref(MANAGER_GROUP).sudo()
        managers = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        return managers.sorted("id")[-1:]

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
        ladder = ladder_to_data(self._get_rules(as_of).ladder)
        last_run = self._find_last_run()
        if (
            may_fall
            or last_run.ladder != ladder
            or not self.evaluated_until
            or not self._follows_journal(as_of)
        ):
            scope = "all"
        return {
            "program_id": self.id,
            "kind": kind,
            "as_of": as_of,
            "scope": scope,
            "may_fall": may_fall,
            "one_rung": self.fall_policy == "one_rung",
            "version_id": self.version_id.id,
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

    def _let_members_rise(self, partner_ids):
        """Move up the members whose figures now give a higher tier.

        :param partner_ids: ids of partners who are members of this program
        """
        self.ensure_one()
        if not partner_ids or not self._get_policy().automatic:
            return []
        evaluation = self._prepare_evaluation(
            self._get_company()._member_today(), renews=True
        )
        scope = Scope(partner_ids=tuple(sorted(partner_ids)))
        return self._apply_evaluation(evaluation, scope)

    def _follows_journal(self, as_of):
        """Tell whether figures change only with activities and the days of windows.

        A tag or an anniversary can change what a member is worth without either.
        """
        metrics = self.env["member.metric"]._get_metrics()
        return all(
            metrics.get(key.metric, NOTHING_KNOWN).follows_journal
            and key.window.type != "anniversary"
            for key in self._prepare_evaluation(as_of).figure_keys()
        )

    def _prepare_evaluation(self, as_of, may_fall=False, run=None, renews=False):
        """Return everything an evaluation needs to know, as ``Evaluation``."""
        self.ensure_one()
        policy = self._get_policy()
        return Evaluation(
            program_id=self.id,
            company_id=policy.company_id,
            partner_column=self._get_partner_column(),
            rules=self._get_rules(as_of),
            former=self._get_former_rules(),
            metrics=self.env["member.metric"]._get_metrics(),
            term=policy.term,
            policy=policy.fall_policy,
            as_of=as_of,
            may_fall=may_fall,
            renews=renews or may_fall,
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
        if moves or evaluation.renews:
            self.env["member.membership"].invalidate_model(
                ["tier_id", "tier_since", "valid_until", "version_id"]
            )
        if moves:
            self.env["member.tier.decision"].invalidate_model()
            self.env["res.partner"].invalidate_model(
                ["member_tier_id", "property_product_pricelist"]
            )
            self.env["member.tier.appeal"].invalidate_model(["held_tier_id"])
            self._queue_moves([move[0] for move in moves])
        return moves

    def _queue_moves(self, membership_ids):
        """Have what follows from moves followed up, if anything does."""
        if self._follows_moves():
            memberships = self.env["member.membership"].browse(membership_ids)
            self.env["member.follow.up"].sudo()._queue_tier_moves(memberships)
