from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.figures import FigureKey
from ..logic.ladder import Condition, Rule


class MemberTierCondition(models.Model):
    """A figure that must be reached: metric, value and window."""

    _name = "member.tier.condition"
    _description = "Tier Condition"
    _inherit = ["member.ladder.part", "member.window.mixin"]
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        comodel_name="member.tier.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    currency_id = fields.Many2one(related="rule_id.currency_id")
    sequence = fields.Integer(default=10)
    metric = fields.Selection(
        selection="_selection_metric", required=True, default="purchase_amount"
    )
    operator = fields.Selection(
        selection=[(">=", "is at least")], required=True, default=">="
    )
    value = fields.Float(
        required=True,
        digits=(16, 2),
        help="The figure to reach: company currency for amounts, a number for counts.",
    )

    @api.model
    def _selection_metric(self):
        return self.env["member.metric"]._get_metric_selection()

    @api.depends("metric", "value", "window_type", "window_length", "currency_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for condition in self:
            condition.display_name = condition._get_sentence()

    @api.constrains("value")
    def _check_value_is_positive(self):
        for condition in self:
            if condition.value <= 0:
                raise ValidationError(
                    self.env._(
                        "A condition must ask for more than 0, or everybody would"
                        " meet it. Enter the figure that a member has to reach."
                    )
                )

    def _get_sentence(self):
        """Return the condition in words."""
        self.ensure_one()
        return self.env._(
            "%(metric)s at least %(value)s %(window)s",
            metric=dict(self._selection_metric()).get(self.metric, ""),
            value=self._get_value_label(),
            window=self._get_window_label(),
        )

    def _get_value_label(self):
        """Return the value as people write it, with the currency for amounts."""
        self.ensure_one()
        return self.env["member.metric"]._format_figure(
            self.metric, self.value, self.currency_id
        )

    def _get_logic_condition(self):
        """Return the condition as the pure :class:`Condition`."""
        self.ensure_one()
        return qualification.Condition(
            qualification.FigureKey(self.metric, self._get_window()),
            Decimal(str(round(self.value, 2))),
        )
