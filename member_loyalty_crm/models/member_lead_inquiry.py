from odoo import api, fields, models
from odoo.exceptions import AccessError

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


# what the rules or the buttons say, and nobody writes
KEPT = {
    "member_inquiry_grade",
    "member_inquiry_level",
    "member_inquiry_state",
    "member_inquiry_reasons",
    "member_inquiry_on",
    "member_inquiry_decided_by",
    "member_inquiry_to_check",
    "member_inquiry_waits",
    "member_inquiry_text_print",
    "member_inquiry_lines_print",
}


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

    member_inquiry_line_ids = fields.One2many(
        comodel_name="member.inquiry.line",
        inverse_name="lead_id",
        string="Inquiry Lines",
        copy=True,
    )
    member_inquiry_decided_by = fields.Selection(
        selection=[("rules", "Rules"), ("hand", "By hand")],
        string="Inquiry Decided",
        readonly=True,
        copy=False,
        help="By hand: reading the texts again leaves the decision alone.",
    )
    member_inquiry_to_check = fields.Boolean(
        string="Inquiry to Check",
        readonly=True,
        copy=False,
        help="The rules took it for spam, a duplicate or a copy, or its grade is within"
        " ten points of the threshold. A decision by hand settles it.",
    )
    member_inquiry_waits = fields.Boolean(
        string="Inquiry Waits to be Read", readonly=True, copy=False
    )
    member_inquiry_text_print = fields.Char(
        readonly=True, copy=False, index="btree_not_null"
    )
    member_inquiry_lines_print = fields.Char(
        readonly=True, copy=False, index="btree_not_null"
    )
    member_inquiry_reason_text = fields.Text(
        string="Reasons",
        compute="_compute_member_inquiry_reason_text",
        compute_sudo=True,
        help="Why the inquiry has this grade, and what else decided.",
    )

    @api.depends("member_inquiry_reasons", "member_inquiry_decided_by")
    @api.depends_context("lang")
    def _compute_member_inquiry_reason_text(self):
        words = self.env["member.inquiry.reason"]
        for lead in self:
            lead.member_inquiry_reason_text = words._say(lead.member_inquiry_reasons)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `crm` to leave grade and decision to the rules.

        :raises AccessError: when a user writes them
        """
        for vals in vals_list:
            self._check_kept_fields(vals)
        leads = self if self.env.su else self._without_kept_defaults()
        return super(MemberLeadInquiry, leads).create(vals_list)

    def _without_kept_defaults(self):
        """Return the leads in a context that says nothing of grade and decision."""
        defaults = {f"default_{name}" for name in KEPT}
        context = self.env.context
        if defaults.isdisjoint(context):
            return self
        return self.with_env(
            self.env(context={k: v for k, v in context.items() if k not in defaults})
        )

    def write(self, vals):
        """Override of `crm` to leave grade and decision to rules and buttons.

        :raises AccessError: when a user writes them
        """
        self._check_kept_fields(vals)
        return super().write(vals)

    def _check_kept_fields(self, vals):
        if not self.env.su and (kept := KEPT.intersection(vals)):
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be written. Use the buttons on the page"
                    " “Inquiry” of the lead, or leave these columns out.",
                    fields=", ".join(
                        sorted(self._fields[name].string for name in kept)
                    ),
                )
            )
