from odoo import api, fields, models


class MemberEvaluationFall(models.Model):
    """A member that a stopped review would have lowered."""

    _name = "member.evaluation.fall"
    _description = "Member Who Would Fall"
    _log_access = False
    _order = "from_tier_id, partner_id, id"

    run_id = fields.Many2one(
        comodel_name="member.evaluation.run",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    country_id = fields.Many2one(related="partner_id.country_id")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    from_tier_id = fields.Many2one(
        comodel_name="member.tier", string="From", required=True, readonly=True
    )
    to_tier_id = fields.Many2one(
        comodel_name="member.tier", string="To", required=True, readonly=True
    )
    figures = fields.Json(readonly=True)
    figure_summary = fields.Char(string="Measured", compute="_compute_figure_summary")

    @api.depends("partner_id", "to_tier_id")
    def _compute_display_name(self):
        for fall in self:
            fall.display_name = self.env._(
                "%(member)s to %(tier)s",
                member=fall.partner_id.display_name or "",
                tier=fall.to_tier_id.name or "",
            )

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_figure_summary(self):
        metrics = self.env["member.metric"]
        for fall in self:
            currency = fall.company_id.currency_id
            fall.figure_summary = metrics._say_figures(fall.figures, currency)
