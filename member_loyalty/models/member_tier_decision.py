from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberTierDecision(models.Model):
    """Why a member moved: the figures that were measured against the ladder.

    A narrow table: an evaluation adds a row for each member that moves. Whose move
    it was is read from the membership.
    """

    _name = "member.tier.decision"
    _description = "Tier Decision"
    _inherit = [
        "member.append.only",
        "member.tier.decision.explanation",
        "member.tier.decision.replay",
        "member.mail.partner",
    ]
    _order = "date desc, id desc"

    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="membership_id.partner_id")
    program_id = fields.Many2one(related="membership_id.program_id")
    company_id = fields.Many2one(related="membership_id.company_id")
    date = fields.Date(required=True, readonly=True, index=True)
    event = fields.Selection(
        selection=[
            ("join", "Joined"),
            ("up", "Rose"),
            ("down", "Fell"),
            ("manual", "Set by hand"),
            ("appeal", "Granted on appeal"),
            ("warned", "Warned"),
            ("merge", "Contacts merged"),
        ],
        required=True,
        readonly=True,
    )
    from_tier_id = fields.Many2one(
        comodel_name="member.tier", string="From", readonly=True, ondelete="restrict"
    )
    to_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="To",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    event_version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Rules of the Event",
        readonly=True,
        ondelete="restrict",
        help="The rules that decided, where they are not those of the run.",
    )
    version_id = fields.Many2one(
        comodel_name="member.ladder.version",
        string="Rules",
        compute="_compute_version_id",
        help="The version of the rules that decided.",
    )
    due_on = fields.Date(
        string="Fall Due on",
        readonly=True,
        help="The review at which a warned member would fall.",
    )
    to_tier_color = fields.Integer(related="to_tier_id.color")
    run_id = fields.Many2one(
        comodel_name="member.evaluation.run",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    appeal_ids = fields.One2many(
        comodel_name="member.tier.appeal",
        inverse_name="decision_id",
        readonly=True,
    )
    figures = fields.Json(readonly=True)
    figure_summary = fields.Char(string="Measured", compute="_compute_figure_summary")
    reason = fields.Char(readonly=True)

    @api.depends("event_version_id", "run_id")
    def _compute_version_id(self):
        for decision in self:
            run = decision.run_id.sudo()
            decision.version_id = decision.event_version_id or run.version_id

    @api.depends("partner_id", "event", "to_tier_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for decision in self:
            decision.display_name = self.env._(
                "%(member)s: %(event)s, %(tier)s",
                member=decision.partner_id.display_name or "",
                event=events.get(decision.event, ""),
                tier=decision.to_tier_id.name or "",
            )

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_figure_summary(self):
        metrics = self.env["member.metric"]
        for decision in self:
            currency = decision.company_id.currency_id
            decision.figure_summary = metrics._say_figures(decision.figures, currency)

    def action_open_appeal(self):
        """Open the appeal that was granted with this decision."""
        self.ensure_one()
        return self.appeal_ids[:1]._get_records_action()

    def _refuse_change(self):
        """Let nobody change what was decided.

        :raises UserError: always
        """
        raise UserError(self.env._("Decisions are history and cannot be changed."))

    def _refuse_deletion(self):
        """Let nobody delete a row.

        :raises UserError: always
        """
        raise UserError(self.env._("Decisions are history and cannot be deleted."))
