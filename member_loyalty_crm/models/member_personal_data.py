from odoo import api, models

from odoo.addons.member_loyalty.models.member_personal_data import Section


class MemberPersonalData(models.AbstractModel):
    _inherit = "member.personal.data"

    @api.model
    def _get_sections(self):
        """Override of `member_loyalty` to give what is reckoned of a member."""
        return [
            *super()._get_sections(),
            Section(
                "scores",
                "member.score",
                "partner_id",
                (
                    *("scored_on", "recency", "frequency", "monetary", "segment"),
                    *("stage", "value_score", "next_expected_on", "lifetime_value"),
                ),
            ),
            Section(
                "forecasts",
                "member.forecast",
                "partner_id",
                ("forecast_on", "return_chance", "tier_loss_chance", "tier_loss_on"),
            ),
            Section(
                "signals",
                "member.signal",
                "partner_id",
                ("found_on", "ended_on", "kind", "reason"),
            ),
            Section(
                "calls",
                "member.call",
                "partner_id",
                ("made_on", "kind", "state", "called_on", "outcome"),
            ),
        ]

    @api.model
    def _get_exceptions(self):
        """Override of `member_loyalty` to explain what sales keeps for itself."""
        return {
            **super()._get_exceptions(),
            "member.duplicate": "a guess about two contacts would tell of the other",
            "member.duplicate.key": "an index of the contact's own name and address",
            "member.inquiry.report": "a view of leads, which are no data of the suite",
            "member.merge": "holds other contacts; what was merged is given as own",
            "member.purchase.owner": "says whose a purchase is; purchases are given",
        }
