from odoo import api, models

from odoo.addons.member_loyalty.models.member_personal_data import Section


class MemberWebsitePersonalData(models.AbstractModel):
    """What the shop and the member centre keep of a contact."""

    _inherit = "member.personal.data"

    @api.model
    def _get_sections(self):
        """Override of `member_loyalty`: what a contact did in the shop."""
        return [
            *super()._get_sections(),
            Section(
                "check_ins",
                "member.check.in",
                "partner_id",
                ("day", "moment", "timezone", "streak", "points"),
            ),
            Section(
                "reviews",
                "member.review",
                "partner_id",
                ("product_tmpl_id", "moment", "stars", "text", "state", "points"),
            ),
            Section(
                "shared_links",
                "member.share",
                "partner_id",
                ("product_tmpl_id", "moment", "visit_count", "visit_points"),
            ),
            *self._get_interest_sections(),
        ]

    @api.model
    def _get_interest_sections(self):
        """Return what a contact looked at, looked for and put on an inquiry list."""
        counters = ("view_count", "seconds", "search_count", "inquiry_count")
        return [
            Section(
                "product_interests",
                "member.product.interest",
                "partner_id",
                ("day", "product_tmpl_id", *counters, "cart_count"),
            ),
            Section(
                "searches",
                "member.product.search",
                "partner_id",
                ("day", "words", "search_count"),
            ),
            Section(
                "inquiry_list",
                "member.inquiry.list.line",
                "list_id.partner_id",
                ("product_id", "quantity", "uom_id", "note"),
            ),
        ]

    @api.model
    def _get_exceptions(self):
        """Override of `member_loyalty`."""
        return {
            **super()._get_exceptions(),
            "member.inquiry.list": "its lines are given",
            "member.share.visit": "visitors are others; their number is given",
        }
