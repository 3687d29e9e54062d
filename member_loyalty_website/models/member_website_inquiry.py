from datetime import timedelta

from odoo import fields, models


class MemberWebsiteInquiry(models.AbstractModel):
    """A shop where visitors and buyers can ask for an offer of several products."""

    _name = "member.website.inquiry"
    _description = "Inquiry Lists of a Website"

    member_inquiry_enabled = fields.Boolean(
        string="Inquiry List",
        help="Shows “Add to Inquiry” beside “Add to Cart”, and a page where the list is"
        " sent to you.",
    )
    member_inquiry_days = fields.Integer(
        string="Forget Inquiry Lists After",
        default=60,
        help="Days after which lists are deleted that visitors did not send, and copies"
        " of those that were sent. Lists of buyers stay until they are sent.",
    )

    def _offers_inquiries(self):
        """Tell whether the visitor of this request can fill an inquiry list here."""
        return bool(self.member_inquiry_enabled and self.has_ecommerce_access())

    def _get_last_inquiry_moment(self):
        """Return the moment since which lists are kept."""
        return fields.Datetime.now() - timedelta(days=max(self.member_inquiry_days, 1))
