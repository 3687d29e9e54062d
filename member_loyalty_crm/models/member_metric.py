from odoo import api, models

from odoo.addons.member_loyalty.logic.figure_measuring import sum_quantity

from ..queries.metrics_inquiry import QualityInquiries


class MemberMetric(models.AbstractModel):
    _inherit = "member.metric"

    @api.model
    def _get_metrics(self):
        """Override of `member_loyalty` to measure inquiries of quality."""
        return {**super()._get_metrics(), QualityInquiries.name: QualityInquiries()}

    @api.model
    def _get_metric_selection(self):
        """Override of `member_loyalty` to offer inquiries of quality."""
        return [
            *super()._get_metric_selection(),
            (QualityInquiries.name, self.env._("Inquiries of quality")),
        ]

    @api.model
    def _measure_made_up(self, family, key, facts, member, as_of):
        """Override of `member_loyalty` for the customers of rule tests."""
        if key.metric == QualityInquiries.name:
            return sum_quantity(QualityInquiries.kind, key, facts, member, as_of)
        return super()._measure_made_up(family, key, facts, member, as_of)
