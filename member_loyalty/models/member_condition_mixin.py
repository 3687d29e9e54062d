from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.figures import FigureKey, Limit
from ..logic.ladder import Condition
from ..logic.windows import Window

LIMITS = {
    "category_ids": "category_ids",
    "country_ids": "country_ids",
    "country_group_ids": "country_ids",
    "team_ids": "team_ids",
    "tag_ids": "tag_ids",
    "tier_ids": "tier_ids",
}


class MemberConditionMixin(models.AbstractModel):
    """A figure that must be reached, or stayed below: metric, value, window, limits."""

    _name = "member.condition.mixin"
    _description = "Condition"
    _inherit = ["member.number.guard", "member.window.mixin"]

    currency_id = fields.Many2one(comodel_name="res.currency")
    metric = fields.Selection(
        selection="_selection_metric", required=True, default="purchase_amount"
    )
    operator = fields.Selection(
        selection=[(">=", "is at least"), ("<", "is less than")],
        required=True,
        default=">=",
    )
    value = fields.Float(
        string="Threshold",
        required=True,
        default=1,
        digits=(16, 2),
        help="The figure to compare with: company currency for amounts, a number for"
        " everything else. For a yes-or-no metric, at least 1 means yes.",
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        string="Product Categories",
        help="Count only what belongs to these categories or to those below them."
        " Imported purchases have no category and are left out.",
    )
    country_ids = fields.Many2many(
        comodel_name="res.country",
        string="Countries",
        help="Count only customers of these countries.",
    )
    country_group_ids = fields.Many2many(
        comodel_name="res.country.group",
        string="Country Groups",
        help="Count only customers of the countries in these groups.",
    )
    team_ids = fields.Many2many(
        comodel_name="crm.team",
        string="Sales Teams",
        help="Count only the orders of these sales teams.",
    )
    tag_ids = fields.Many2many(
        comodel_name="member.tag",
        string="Tags",
        help="The tags that are looked for; any of them.",
    )
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        help="The tiers that are looked for; any of them.",
    )
    has_window = fields.Boolean(compute="_compute_understood")
    understood_limits = fields.Char(compute="_compute_understood")

    @api.model
    def _selection_metric(self):
        return self.env["member.metric"]._get_metric_selection()

    @api.depends("metric")
    def _compute_understood(self):
        metrics = self.env["member.metric"]._get_metrics()
        for condition in self:
            metric = metrics.get(condition.metric)
            limits = metric.limits if metric else ()
            condition.has_window = bool(metric and metric.has_window)
            condition.understood_limits = " ".join(
                name for name, limit in LIMITS.items() if limit in limits
            )

    @api.depends("metric", "operator", "value", "window_type", "window_length")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for condition in self:
            condition.display_name = condition._get_sentence()

    @api.constrains("value", "metric", "operator")
    def _check_value_is_positive(self):
        for condition in self:
            if condition.value <= 0:
                raise ValidationError(
                    self.env._(
                        "A condition must ask for more than 0, or everybody would"
                        " meet it. Enter the figure that a member has to reach."
                    )
                )

    @api.constrains("metric", *LIMITS)
    def _check_required_limit(self):
        metrics = self.env["member.metric"]._get_metrics()
        for condition in self:
            metric = metrics.get(condition.metric)
            if metric and metric.required and not condition._get_ids(metric.required):
                raise ValidationError(
                    self.env._(
                        "The condition “%(metric)s” does not say which. Choose at"
                        " least one under “%(field)s”.",
                        metric=condition._get_metric_label(),
                        field=self._fields[metric.required]._description_string(
                            self.env
                        ),
                    )
                )

    def _get_metric_label(self):
        """Return the name of the metric in the user's language."""
        self.ensure_one()
        return dict(self._selection_metric()).get(self.metric, self.metric or "")

    def _get_sentence(self):
        """Return the condition in words."""
        self.ensure_one()
        metrics = self.env["member.metric"]
        metric = metrics._get_metrics().get(self.metric)
        if metric and metric.unit == "yes":
            return metrics._say_yes_or_no(self._get_figure_key(), self.operator)
        parts = {
            "metric": metrics._say_metric(self._get_figure_key()),
            "value": self._get_value_label(),
            "window": self._get_window_label() if self.has_window else "",
        }
        if self.operator == "<":
            return self.env._(
                "%(metric)s less than %(value)s %(window)s", **parts
            ).strip()
        return self.env._("%(metric)s at least %(value)s %(window)s", **parts).strip()

    def _get_value_label(self):
        """Return the value as people write it, with the currency for amounts."""
        self.ensure_one()
        return self.env["member.metric"]._format_figure(
            self.metric, self.value, self.currency_id
        )

    def _get_ids(self, limit):
        """Return the ids that a limit names, country groups as their countries."""
        self.ensure_one()
        ids = set()
        for name, target in LIMITS.items():
            if target == limit and name in (self.understood_limits or "").split():
                records = self[name]
                if name == "country_group_ids":
                    records = records.country_ids
                ids.update(records._origin.ids)
        return tuple(sorted(ids))

    def _is_measurable(self):
        """Tell whether the condition is complete enough to measure members by it."""
        self.ensure_one()
        metric = self.env["member.metric"]._get_metrics().get(self.metric)
        if not metric or (metric.required and not self._get_ids(metric.required)):
            return False
        return not self._has_window_length() or self.window_length > 0

    def _get_figure_key(self):
        """Return what is measured, as the pure :class:`FigureKey`."""
        self.ensure_one()
        window = self._get_window() if self.has_window else Window("lifetime")
        limits = {limit: self._get_ids(limit) for limit in set(LIMITS.values())}
        return FigureKey(self.metric, window, Limit(**limits))

    def _get_logic_condition(self):
        """Return the condition as the pure :class:`Condition`."""
        self.ensure_one()
        return Condition(
            self._get_figure_key(),
            Decimal(str(round(self.value, 2))),
            self.operator or ">=",
        )
