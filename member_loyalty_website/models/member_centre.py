from odoo import models


class MemberCentre(models.AbstractModel):
    """The member centre, put together of its parts."""

    _name = "member.centre"
    _inherit = [
        "member.centre.acts",
        "member.centre.behaviour",
        "member.centre.consent",
        "member.centre.orders",
        "member.centre.points",
        "member.centre.referral",
        "member.centre.sales",
    ]
    _description = "Member Centre"
