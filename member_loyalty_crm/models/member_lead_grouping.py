from odoo import api, models


class MemberLeadGrouping(models.AbstractModel):
    """The tier of a lead's customer as well, to see, search and group by."""

    _name = "member.lead.grouping"
    _inherit = ["member.customer.grouping"]
    _description = "Groups of Leads by Customer"

    @api.model
    def _search_member_tier_id(self, operator, value):
        return self._search_by_customer("member_tier_id", operator, value)

    @api.model
    def _get_customer_groups(self):
        return {**super()._get_customer_groups(), "member_tier_id": "member_membership"}
