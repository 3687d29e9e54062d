from odoo import api, fields, models, tools

from ..logic.inquiry_grade import Criterion

KINDS = [
    ("quantity", "States a Quantity"),
    ("product", "Names the Product"),
    ("price", "Names a Price"),
    ("term", "Names a Delivery Term"),
    ("wanted_date", "Says When"),
    ("destination", "Says Where To"),
    ("attachment", "Has an Attachment"),
    ("sender", "Sender is Known"),
    ("words", "Has One of These Words"),
]


class MemberInquiryCriterion(models.Model):
    """Something that makes an inquiry concrete, and what it weighs in the grade."""

    _name = "member.inquiry.criterion"
    _inherit = ["member.cached"]
    _description = "Inquiry Criterion"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(selection=KINDS, string="Met If It", required=True)
    points = fields.Integer(
        required=True,
        default=10,
        aggregator="sum",
        help="The weight. The grade is the share of the points of all criteria that"
        " are met.",
    )
    words = fields.Text(
        help="For the criterion that asks for words: words or phrases, one on each"
        " line. One of them in the inquiry is enough."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for all companies. A company's own criterion goes before the"
        " shared one of the same kind.",
    )

    _points_in_range = models.Constraint(
        "CHECK (points BETWEEN 0 AND 100)",
        "A criterion weighs 0 to 100 points. Archive it to leave it out.",
    )
    _words_are_named = models.Constraint(
        "CHECK (kind != 'words' OR words IS NOT NULL)",
        "Name at least one word that this criterion looks for.",
    )

    @api.model
    @tools.ormcache("company_id")
    def _get_criteria(self, company_id):
        """Return the criteria that grade a company's inquiries."""
        wanted = self.sudo().search([("company_id", "in", (company_id, False))])
        own = {one.kind for one in wanted if one.company_id and one.kind != "words"}
        return tuple(
            Criterion(one.kind, one.points, one._get_words(), one.id)
            for one in wanted
            if one.company_id or one.kind not in own
        )

    def _get_words(self):
        """Return the words of the criterion, one of each line."""
        self.ensure_one()
        return tuple(filter(None, map(str.strip, (self.words or "").splitlines())))
