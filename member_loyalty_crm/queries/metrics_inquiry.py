"""What is counted from inquiries."""

from odoo.addons.member_loyalty.queries.metrics import JournalSum


class QualityInquiries(JournalSum):
    """How many inquiries of quality a member sent."""

    name = "quality_inquiries"
    kind = "inquiry"
    column = "quantity"
    limits = ("country_ids", "team_ids")
