from odoo import fields, models

STATES = [
    ("none", "No Inquiry"),
    ("ordinary", "Inquiry"),
    ("quality", "Quality Inquiry"),
    ("spam", "Spam"),
    ("duplicate", "Duplicate"),
    ("copy", "Copy to Many"),
]
LEVELS = [("d", "D: 0-24"), ("c", "C: 25-49"), ("b", "B: 50-74"), ("a", "A: 75-100")]
LINKS = [
    ("login", "Logged in"),
    ("mail", "Mail address of a contact"),
    ("domain", "Mail domain of the company"),
    ("hand", "Set by hand"),
]


class MemberLeadInquiry(models.AbstractModel):
    """What a lead asks for, how good an inquiry it is, and whose."""

    _name = "member.lead.inquiry"
    _description = "Inquiry of a Lead"

    member_inquiry_grade = fields.Integer(
        string="Inquiry Grade",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="0 to 100: how concrete the inquiry is.",
    )
    member_inquiry_level = fields.Selection(
        selection=LEVELS,
        string="Inquiry Level",
        readonly=True,
        copy=False,
        help="The grade in four levels, for lists and for predictive lead scoring.",
    )
    member_inquiry_state = fields.Selection(
        selection=STATES,
        string="Inquiry Quality",
        readonly=True,
        copy=False,
        default="none",
        index="btree_not_null",
        help="A quality inquiry has a grade over the program's threshold and is no"
        " spam, duplicate or copy.",
    )
    member_inquiry_reasons = fields.Json(
        string="Inquiry Reasons", readonly=True, copy=False
    )
    member_inquiry_on = fields.Date(
        string="Inquiry Date",
        readonly=True,
        copy=False,
        help="The day of the inquiry in the company's time zone.",
    )
    member_inquiry_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Inquiry of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The contact whose inquiry it is: it counts for the member it belongs to.",
    )
    member_inquiry_link = fields.Selection(
        selection=LINKS,
        string="Known by",
        readonly=True,
        copy=False,
        help="How it is known whose inquiry this is.",
    )
