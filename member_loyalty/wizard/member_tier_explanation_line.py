from odoo import api, fields, models

from ..logic.figures import FigureKey


class MemberTierExplanationLine(models.TransientModel):
    """One condition: measured, asked for, the days, and the documents counted."""

    _name = "member.tier.explanation.line"
    _description = "Condition in an Explanation"
    _order = "tier_id, way, id"

    explanation_id = fields.Many2one(
        comodel_name="member.tier.explanation", required=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(comodel_name="member.tier", readonly=True)
    purpose = fields.Selection(
        selection=[("enter", "Reach"), ("keep", "Keep")], readonly=True
    )
    way = fields.Integer(string="Rule", readonly=True, aggregator=None)
    figure = fields.Char(string="Figure Code", readonly=True)
    operator = fields.Char(readonly=True)
    measured = fields.Float(string="Figure", readonly=True, aggregator=None)
    threshold = fields.Float(readonly=True, aggregator=None)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    holds = fields.Boolean(string="Met", readonly=True)
    condition_label = fields.Char(string="Condition", compute="_compute_labels")
    measured_label = fields.Char(string="Measured", compute="_compute_labels")
    threshold_label = fields.Char(string="Asked for", compute="_compute_labels")
    document_count = fields.Integer(
        string="Documents", compute="_compute_document_count"
    )

    @api.depends("figure", "measured", "threshold", "operator")
    @api.depends_context("lang")
    def _compute_labels(self):
        metrics = self.env["member.metric"]
        for line in self:
            figure = FigureKey.from_code(line.figure)
            currency = line.explanation_id.membership_id.currency_id
            line.condition_label = metrics._say_metric(figure)
            line.measured_label = metrics._format_figure(
                figure.metric, line.measured, currency
            )
            asked = metrics._format_figure(figure.metric, line.threshold, currency)
            if line.operator == "<":
                line.threshold_label = self.env._("less than %(value)s", value=asked)
            else:
                line.threshold_label = self.env._("at least %(value)s", value=asked)

    @api.depends("figure", "date_from", "date_to")
    def _compute_document_count(self):
        Activity = self.env["member.activity"]
        for line in self:
            domain = line._get_document_domain()
            line.document_count = Activity.search_count(domain) if domain else 0

    def action_open_documents(self):
        """Open the activities that were counted for this condition."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_activity_action"
        )
        action["domain"] = self._get_document_domain() or [("id", "=", False)]
        return action

    def _get_document_domain(self):
        """Return which activities were counted; None where it is about none."""
        self.ensure_one()
        figure = FigureKey.from_code(self.figure)
        metric = self.env["member.metric"]._get_metrics().get(figure.metric)
        if not metric or metric.kind is None:
            return None
        membership = self.explanation_id.membership_id
        column = membership.program_id.sudo()._get_partner_column()
        domain = [
            (column, "=", membership.partner_id.id),
            ("company_id", "=", membership.company_id.id),
            ("date", "<=", self.date_to),
            ("kind", "=", metric.kind),
        ]
        if self.date_from:
            domain.append(("date", ">=", self.date_from))
        decision = self.explanation_id.decision_id
        if decision:
            domain.append(("create_date", "<=", decision.create_date))
        for limit, field in (("country_ids", "country_id"), ("team_ids", "team_id")):
            if ids := getattr(figure.limit, limit):
                domain.append((field, "in", list(ids)))
        if figure.limit.category_ids:
            domain.append(
                ("line_ids.category_id", "child_of", list(figure.limit.category_ids))
            )
        return domain
