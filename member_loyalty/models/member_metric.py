from odoo import api, models
from odoo.tools.misc import formatLang

from ..logic.figures import FigureKey
from ..logic.rule_testing import measure
from ..queries import metrics

LIMIT_MODELS = {
    "category_ids": "product.category",
    "country_ids": "res.country",
    "team_ids": "crm.team",
    "tag_ids": "member.tag",
    "tier_ids": "member.tier",
}


class MemberMetric(models.AbstractModel):
    """The registry of what can be measured of a member.

    Seam: another module adds a metric by extending these methods.
    """

    _name = "member.metric"
    _description = "Member Metric"

    @api.model
    def _get_metrics(self):
        """Return the known metrics by name, as ``queries.metrics.Metric``."""
        return {metric.name: metric for metric in metrics.CORE_METRICS}

    @api.model
    def _get_metric_selection(self):
        """Return the metrics to choose from, as selection values."""
        return [
            ("purchase_amount", self.env._("Purchase amount")),
            ("order_count", self.env._("Number of orders")),
            ("largest_order", self.env._("Largest order")),
            ("lifetime_value", self.env._("Lifetime value")),
            ("units_bought", self.env._("Units bought")),
            ("active_months", self.env._("Months with an order")),
            ("consecutive_days", self.env._("Active days in a row")),
            ("referrals", self.env._("Referrals")),
            ("points_earned", self.env._("Points earned")),
            ("topped_up", self.env._("Stored value topped up")),
            ("has_tag", self.env._("Has the tag")),
            ("holds_tier", self.env._("Holds the tier")),
            ("from_country", self.env._("Comes from")),
        ]

    @api.model
    def _measure_made_up(self, family, key, facts, member, as_of):
        """Return one figure of a customer that a rule test makes up.

        Seam: whoever adds a metric also says here, in plain Python, what it comes to.

        :param family: of each product category, it and those below it
        :param facts: what the customer did, as ``logic.figure_measuring.Fact``
        :raises ValueError: for a metric that nobody can measure so
        """
        return measure(family, key, facts, member, as_of)

    @api.model
    def _format_figure(self, metric, value, currency):
        """Return a measured value as people write it, amounts with their currency."""
        known = self._get_metrics().get(metric)
        if known and known.unit == "money":
            return formatLang(self.env, float(value), currency_obj=currency)
        is_whole = float(value) == round(float(value))
        number = formatLang(self.env, float(value), digits=0 if is_whole else 2)
        return self._add_unit(known.unit if known else "count", number, value == 1)

    @api.model
    def _add_unit(self, unit, number, is_one):
        """Return a number with the unit of its metric, where that has one."""
        match unit, is_one:
            case "days", True:
                return self.env._("%(number)s day", number=number)
            case "days", False:
                return self.env._("%(number)s days", number=number)
            case "months", True:
                return self.env._("%(number)s month", number=number)
            case "months", False:
                return self.env._("%(number)s months", number=number)
            case "points", _any:
                return self.env._("%(number)s points", number=number)
        return number

    @api.model
    def _say_metric(self, figure):
        """Return what a figure measures in words, with what it is limited to."""
        name = dict(self._get_metric_selection()).get(figure.metric, figure.metric)
        limits = self._say_limits(figure)
        if not limits:
            return name
        return self.env._("%(metric)s (%(limits)s)", metric=name, limits=limits)

    @api.model
    def _say_limits(self, figure):
        """Return the names of what a figure is limited to."""
        names = []
        for limit, model in LIMIT_MODELS.items():
            records = self.env[model].sudo().browse(getattr(figure.limit, limit))
            names += records.exists().mapped("name")
        return ", ".join(names)

    @api.model
    def _say_yes_or_no(self, figure, operator):
        """Return a condition that is met or not in words, such as a tag."""
        parts = {
            "metric": dict(self._get_metric_selection()).get(figure.metric, ""),
            "which": self._say_limits(figure),
        }
        if operator == "<":
            return self.env._("not: %(metric)s %(which)s", **parts)
        return self.env._("%(metric)s %(which)s", **parts)

    @api.model
    def _say_figures(self, figures, currency):
        """Return measured figures, kept by their codes, in words."""
        return "; ".join(
            self._say_figure(FigureKey.from_code(code), value, currency)
            for code, value in (figures or {}).items()
        )

    @api.model
    def _say_figure(self, figure, value, currency):
        """Return a measured figure in words: what, over which days, how much."""
        metric = self._get_metrics().get(figure.metric)
        if metric and metric.unit == "yes":
            answer = self.env._("yes") if value else self.env._("no")
            return self.env._(
                "%(condition)s: %(answer)s",
                condition=self._say_yes_or_no(figure, ">="),
                answer=answer,
            )
        if metric and not metric.has_window:
            return self.env._(
                "%(metric)s: %(value)s",
                metric=self._say_metric(figure),
                value=self._format_figure(figure.metric, value, currency),
            )
        window = self.env["member.tier.condition"].new(
            {"window_type": figure.window.type, "window_length": figure.window.length}
        )
        return self.env._(
            "%(metric)s %(window)s: %(value)s",
            metric=self._say_metric(figure),
            window=window._get_window_label(),
            value=self._format_figure(figure.metric, value, currency),
        )
