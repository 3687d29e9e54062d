import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import format_date

from ..logic.windows import spans_that_changed
from ..queries import evaluation_scope
from ..queries.metrics import Scope

_logger = logging.getLogger(__name__)

SLICE_SIZE = 50_000
LARGE_PROGRAM = 20_000


class MemberEvaluationRun(models.Model):
    """One evaluation of many members: what was due, what it did.

    It goes through the members in slices by partner id. Each slice and the position
    reached are one transaction, so a run that was killed goes on where it stopped.
    """

    _name = "member.evaluation.run"
    _description = "Evaluation Run"
    _inherit = ["mail.thread", "mail.activity.mixin", "member.evaluation.run.limit"]
    _order = "id desc"
    _rec_names_search = ["program_id.name"]

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    kind = fields.Selection(
        selection=[
            ("scheduled", "Scheduled"),
            ("manual", "Started by hand"),
            ("activation", "New rules"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("stopped", "Asks a Manager"),
            ("done", "Done"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="running",
    )
    as_of = fields.Date(
        string="As of",
        required=True,
        readonly=True,
        help="The last day whose activities count.",
    )
    scope = fields.Selection(
        selection=[("all", "All members"), ("touched", "Members with news")],
        required=True,
        readonly=True,
    )
    may_fall = fields.Boolean(
        string="Review",
        readonly=True,
        help="Members could also fall to a lower tier in this run.",
    )
    started_at = fields.Datetime(
        string="Started", readonly=True, default=fields.Datetime.now
    )
    finished_at = fields.Datetime(string="Finished", readonly=True)
    duration = fields.Float(
        string="Seconds",
        compute="_compute_duration",
        aggregator=None,
    )
    evaluated_count = fields.Integer(string="Looked at", readonly=True)
    risen_count = fields.Integer(string="Risen", readonly=True)
    fallen_count = fields.Integer(string="Fallen", readonly=True)
    stop_reason = fields.Char(readonly=True)

    position = fields.Integer(readonly=True, aggregator=None)
    touched_since = fields.Datetime(readonly=True)
    previous_as_of = fields.Date(readonly=True)
    ladder = fields.Json(readonly=True)
    one_rung = fields.Boolean(
        readonly=True, help="Members fell one tier at most in this run."
    )
    version_id = fields.Many2one(
        comodel_name="member.ladder.version", string="Rules", readonly=True
    )
    decision_ids = fields.One2many(
        comodel_name="member.tier.decision", inverse_name="run_id", readonly=True
    )

    _open_run = models.UniqueIndex(
        "(program_id) WHERE state = 'running'",
        "An evaluation of this program is already under way. Wait until it is done.",
    )

    @api.depends("program_id", "as_of")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._(
                "%(program)s as of %(day)s",
                program=run.program_id.name or "",
                day=format_date(self.env, run.as_of) or "",
            )

    @api.depends("started_at", "finished_at")
    def _compute_duration(self):
        for run in self:
            end = run.finished_at or run.started_at
            run.duration = (end - run.started_at).total_seconds() if end else 0

    def action_open_decisions(self):
        """Open the decisions that this run took."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_tier_decision_action"
        )
        action["domain"] = [("run_id", "=", self.id)]
        return action

    def _is_large(self):
        """Tell whether the run is too long for somebody to wait for."""
        self.ensure_one()
        return self.program_id.sudo().membership_count > LARGE_PROGRAM

    def _run_now(self):
        """Evaluate at once, or in the background when it takes too long to wait."""
        self.ensure_one()
        if self._is_large():
            self.env.ref("member_loyalty.ir_cron_member_evaluation").sudo()._trigger()
            return
        while self._evaluate_next_slice():
            continue

    def _evaluate_to_the_end(self):
        """Evaluate slice after slice, each one committed.

        :return: False when the time of the scheduled action is up before the end
        """
        self.ensure_one()
        while self.state == "running":
            try:
                count = self.env["member.batch"]._run_batch(self._evaluate_next_slice)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self._keep_stop_reason(
                    self.env._("Too many orders came in meanwhile; it goes on later.")
                )
                return False
            remaining = int(self.state == "running")
            if not self.env["ir.cron"]._commit_progress(count, remaining=remaining):
                return not remaining
        return True

    def _keep_stop_reason(self, reason):
        """Remember why the run paused."""
        self.stop_reason = reason
        _logger.info("Evaluation run %s pauses: %s", self.id, reason)
        self.env["ir.cron"]._commit_progress(remaining=1)

    def _evaluate_next_slice(self):
        """Decide and write the tiers of the next members.

        :return: how many members were looked at, 0 when the run is done
        """
        self.ensure_one()
        if self._stop_at_limit():
            return 0
        program = self.program_id
        upto, count, scope = self._find_next_slice()
        if not count:
            self._finish()
            return 0
        moves = program._apply_evaluation(
            program._prepare_evaluation(self.as_of, self.may_fall, run=self), scope
        )
        risen = sum(move[-1] == "up" for move in moves)
        self.write(
            {
                "position": upto,
                "evaluated_count": self.evaluated_count + count,
                "risen_count": self.risen_count + risen,
                "fallen_count": self.fallen_count + len(moves) - risen,
            }
        )
        return count

    def _find_next_slice(self):
        """Return the last partner id, the number and the scope of the next members."""
        if self.scope == "touched":
            partner_ids = self._find_touched_partner_ids()
            return (
                partner_ids[-1] if partner_ids else 0,
                len(partner_ids),
                Scope(partner_ids=tuple(partner_ids)),
            )
        [(upto, count)] = self.env.execute_query(
            evaluation_scope.next_span(
                self.env, self.program_id.id, self.position, SLICE_SIZE
            )
        )
        return upto, count, Scope(after=self.position, upto=upto or 0)

    def _find_touched_partner_ids(self):
        """Find the next members whose figures can have changed since the last run."""
        program = self.program_id
        evaluation = program._prepare_evaluation(self.as_of)
        windows = {key.window for key in evaluation.figure_keys()}
        rows = self.env.execute_query(
            evaluation_scope.touched_partners(
                self.env,
                program.id,
                program.company_id.id,
                program._get_partner_column(),
                spans_that_changed(windows, self.previous_as_of, self.as_of),
                fields.Datetime.subtract(self.touched_since, days=1),
                self.position,
                SLICE_SIZE,
            )
        )
        return [partner_id for (partner_id,) in rows]

    def _finish(self):
        """Close the run."""
        self.write(
            {
                "state": "done",
                "finished_at": fields.Datetime.now(),
                "stop_reason": False,
            }
        )
        self.program_id._finish_run(self)
