from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..queries import tier_falls
from ..queries.execution import execute_quietly


class MemberEvaluationRunLimit(models.AbstractModel):
    """A review that would lower too many stops before it writes, and asks."""

    _name = "member.evaluation.run.limit"
    _description = "Limit of a Run"

    fall_ids = fields.One2many(
        comodel_name="member.evaluation.fall",
        inverse_name="run_id",
        readonly=True,
        help="Who would have fallen when the review stopped.",
    )
    would_fall_count = fields.Integer(string="Would Fall", readonly=True)
    approved_fall_count = fields.Integer(string="Approved Falls", readonly=True)
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True
    )

    def _stop_at_limit(self):
        """Stop before anything is written when more would fall than may.

        :return: whether the run stopped
        """
        self.ensure_one()
        if not self.may_fall or self.position or self.kind == "activation":
            return False
        limit = self.program_id._get_fall_limit()
        if limit is None or not self.program_id._get_tiers():
            return False
        evaluation = self.program_id._prepare_evaluation(
            self.as_of, may_fall=True, run=self
        )
        [(count,)] = self.env.execute_query(
            tier_falls.count_falls(self.env, evaluation)
        )
        if count <= max(limit, self.approved_fall_count):
            return False
        execute_quietly(self.env, tier_falls.forget_falls(self.id))
        execute_quietly(self.env, tier_falls.list_falls(self.env, evaluation))
        self.invalidate_recordset(["fall_ids"])
        self.write(
            {
                "state": "stopped",
                "would_fall_count": count,
                "stop_reason": self.env._(
                    "%(count)s members would fall; %(limit)s may without anybody being"
                    " asked. Nothing was changed.",
                    count=count,
                    limit=limit,
                ),
            }
        )
        self._ask_manager()
        return True

    def _ask_manager(self):
        """Put the question on the list of the managers of the program."""
        self.ensure_one()
        manager = self.program_id._find_manager()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Many members would fall"),
            note=self.stop_reason,
            user_id=(manager or self.env.user).id,
        )

    def action_approve_falls(self):
        """Hold the stopped review now, as of today.

        It stops again when by now more members would fall than were listed.

        :raises AccessError: for anyone but managers
        :raises UserError: when the run is not one that was stopped
        """
        self.ensure_one()
        self._check_may_decide()
        program = self.program_id
        today = program.company_id._member_today()
        program._check_may_evaluate(today)
        self.sudo().write(
            {
                **program._prepare_run_values(today, True, "all", self.kind),
                "state": "running",
                "approved_fall_count": self.would_fall_count,
                "approved_by_id": self.env.uid,
                "stop_reason": False,
            }
        )
        self._unask_manager(self.env._("Approved"))
        self.sudo()._run_now()
        return True

    def action_refuse_falls(self):
        """Let nobody fall at this review; the next one comes a month later.

        :raises AccessError: for anyone but managers
        :raises UserError: when the run is not one that was stopped
        """
        self.ensure_one()
        self._check_may_decide()
        self.sudo().write(
            {
                "state": "refused",
                "finished_at": fields.Datetime.now(),
                "approved_by_id": self.env.uid,
            }
        )
        if self.kind == "scheduled":
            self.sudo().program_id._plan_next_review()
        self._unask_manager(self.env._("Refused: nobody fell"))
        return True

    def _check_may_decide(self):
        """Let managers pass who look at a stopped run."""
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_manager"):
            raise AccessError(
                self.env._("Only membership managers may let so many members fall.")
            )
        if self.state != "stopped":
            raise UserError(
                self.env._("This run is not waiting for anybody. Look at newer runs.")
            )

    def _unask_manager(self, answer):
        """Close the question on the managers' list."""
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"], feedback=answer)

    def action_open_falls(self):
        """Open the list of members who would have fallen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_evaluation_fall_action"
        )
        action["domain"] = [("run_id", "=", self.id)]
        return action
