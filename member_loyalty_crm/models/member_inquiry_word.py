from typing import NamedTuple

from odoo import api, fields, models, tools

from ..logic.inquiry_units import MEASURES, UNITS, Unit
from ..logic.inquiry_verdict import SPAM_WORDS

LABELS = ("Pieces", "Packs", "Containers", "Weight", "Volume", "Area", "Length")
# Odoo's own units of measure that lines get, by the name of the unit
UNITS_OF_MEASURE = {
    "pcs": "uom.product_uom_unit",
    "dozen": "uom.product_uom_dozen",
    "kg": "uom.product_uom_kgm",
    "t": "uom.product_uom_ton",
    "g": "uom.product_uom_gram",
    "lb": "uom.product_uom_lb",
    "l": "uom.product_uom_litre",
    "gal": "uom.product_uom_gal",
    "m3": "uom.product_uom_cubic_meter",
    "m2": "uom.product_uom_square_meter",
    "sqft": "uom.product_uom_square_foot",
    "m": "uom.product_uom_meter",
    "ft": "uom.product_uom_foot",
    "yd": "uom.product_uom_yard",
    "km": "uom.product_uom_km",
}


class Vocabulary(NamedTuple):
    """The words by which a company's inquiries are read."""

    units: dict
    uom_ids: dict
    spam: tuple


class MemberInquiryWord(models.Model):
    """A word by which inquiries are read: of a unit, or of spam."""

    _name = "member.inquiry.word"
    _inherit = ["member.cached"]
    _description = "Inquiry Word"
    _order = "kind, unit, name, id"

    kind = fields.Selection(
        selection=[("unit", "Unit"), ("spam", "Spam")], required=True, default="unit"
    )
    name = fields.Char(
        string="Word",
        required=True,
        help="As customers write it, in small letters. Of spam: a word or a phrase.",
    )
    unit = fields.Char(help="How lines write this unit, such as pcs or carton.")
    measure = fields.Selection(
        selection=list(zip(MEASURES, LABELS, strict=True)),
        default="piece",
        help="What is counted. Of “500 bags of 25 kg” the bags are the quantity:"
        " pieces go before packs, packs before containers, and these before weight.",
    )
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Unit of Measure",
        ondelete="set null",
        help="The unit that lines and quotations get.",
    )
    active = fields.Boolean(
        default=True, help="Archive a word that should no longer be understood."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for all companies. A company's own word goes before a shared one.",
    )

    _word_is_unique = models.UniqueIndex(
        "(kind, lower(name), COALESCE(company_id, 0))",
        "This word is there already. Look among the archived ones too.",
    )
    _unit_is_named = models.Constraint(
        "CHECK (kind != 'unit' OR (unit IS NOT NULL AND measure IS NOT NULL))",
        "Say which unit the word means and what it counts.",
    )

    @api.model
    @tools.ormcache("company_id")
    def _get_vocabulary(self, company_id):
        """Return the words by which a company's inquiries are read."""
        words = self.sudo().search(
            [("company_id", "in", (company_id, False))], order="company_id DESC"
        )
        # those of the company come last, and replace the shared ones
        units, uom_ids = {}, {}
        for word in words.filtered(lambda word: word.kind == "unit"):
            units[word.name.strip().lower()] = Unit(word.unit, word.measure)
            if word.uom_id:
                uom_ids[word.unit] = word.uom_id.id
        spam = words.filtered(lambda word: word.kind == "spam")
        return Vocabulary(units, uom_ids, tuple(spam.mapped("name")))

    @api.model
    def _load_words(self):
        """Write down the words with which the suite starts, unless there are any."""
        if self.with_context(active_test=False).search_count([], limit=1):
            return
        uom_ids = {
            unit: self.env.ref(name).id
            for unit, name in UNITS_OF_MEASURE.items()
            if self.env.ref(name, raise_if_not_found=False)
        }
        units = [
            {
                "kind": "unit",
                "name": word,
                "unit": unit.name,
                "measure": unit.measure,
                "uom_id": uom_ids.get(unit.name),
            }
            for word, unit in UNITS.items()
        ]
        self.create([*units, *({"kind": "spam", "name": one} for one in SPAM_WORDS)])
