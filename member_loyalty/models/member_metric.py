from odoo import api, models
from odoo.tools.misc import formatLang

from ..queries import metrics


class MemberMetric(models.AbstractModel):
    """The registry of what can be measured of a member.

    Seam: another module adds a metric by extending these methods.
    """

    _name = "member.metric"
    _description = "Member Metric"

    @api.model
    def _get_metrics(self):
        """Return the known metrics by name, as ``queries.metrics.Metric``."""
        return {
            metric.name: metric
            for metric in (metrics.PURCHASE_AMOUNT, metrics.ORDER_COUNT)
        }

    @api.model
    def _get_metric_selection(self):
        """Return the metrics to choose from, as selection values."""
        return [
            ("purchase_amount", self.env._("Purchase amount")),
            ("order_count", self.env._("Number of orders")),
        ]

    @api.model
    def _format_figure(self, metric, value, currency):
        """Return a measured value as people write it, amounts with their currency."""
        if metric == "purchase_amount":
            return formatLang(self.env, float(value), currency_obj=currency)
        return formatLang(self.env, float(value), digits=0)

    @api.model
    def _say_figure(self, figure, value, currency):
        """Return a measured figure in words: what, over which days, how much."""
        window = self.env["member.tier.condition"].new(
            {"window_type": figure.window.type, "window_length": figure.window.length}
        )
        return self.env._(
            "%(metric)s %(window)s: %(value)s",
            metric=dict(self._get_metric_selection()).get(figure.metric, figure.metric),
            window=window._get_window_label(),
            value=self._format_figure(figure.metric, value, currency),
        )
