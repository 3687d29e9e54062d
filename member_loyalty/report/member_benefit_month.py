from odoo import api, fields, models

from ..queries import benefit_month as queries


class MemberBenefitMonth(models.Model):
    """How a benefit was used in a month by the members of a tier.

    A table that a daily action writes: who had a benefit on a day in the past cannot
    be found out later, so it is kept.
    """

    _name = "member.benefit.month"
    _description = "Benefits by Month"
    _log_access = False
    _order = "month desc, program_id, benefit_id, tier_id"
    _rec_name = "benefit_id"

    benefit_id = fields.Many2one(
        comodel_name="member.benefit", required=True, readonly=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The tier in which members had or used it.",
    )
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    family = fields.Selection(related="benefit_id.family")
    entitled = fields.Integer(
        string="Had It",
        readonly=True,
        help="Members who had the benefit in this tier when the month was last counted"
        " (today, or its last day), or used it in the month. It is counted day by day:"
        " of months that were summed up later, such as before this report existed or"
        " while the server was down, it is not known, and 0 is shown.",
    )
    is_entitled_known = fields.Boolean(string="Known Who Had It", readonly=True)
    users = fields.Integer(
        readonly=True,
        help="Members who used it at least once, less what was taken back.",
    )
    uses = fields.Integer(readonly=True)
    cost = fields.Monetary(readonly=True, help="In company currency.")
    usage_rate = fields.Float(
        string="Usage Rate (%)",
        compute="_compute_usage_rate",
        aggregator="avg",
        digits=(5, 1),
        help="How many of the members who had it used it, in percent. Rows that do not"
        " know who had it are left out.",
    )

    _one_per_month = models.UniqueIndex("(benefit_id, tier_id, month)")

    @api.depends("users", "entitled", "is_entitled_known")
    def _compute_usage_rate(self):
        for row in self:
            known = row.is_entitled_known and row.entitled
            row.usage_rate = known and 100 * row.users / row.entitled

    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: a rate of many rows is of their sums, not their mean."""
        if aggregate_spec != "usage_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        return queries.usage_rate(
            *(
                self._field_to_sql(self._table, name, query)
                for name in ("users", "entitled", "is_entitled_known")
            )
        )

    @api.model
    def _cron_summarise(self):
        """Sum up this month and the last, and months that were missed."""
        benefits = (
            self.env["member.benefit"].sudo().search([("program_id.active", "=", True)])
        )
        programs = benefits.program_id
        for done, program in enumerate(programs, 1):
            self.env["member.batch"]._run_batch(program._summarise_benefits)
            self.env["ir.cron"]._commit_progress(1, remaining=len(programs) - done)
