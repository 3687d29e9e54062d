from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from ..queries import point_guards
from ..queries.execution import run_quietly

KINDS = [
    ("earned", "Earned"),
    ("spent", "Spent"),
    ("expired", "Expired"),
    ("adjusted", "Adjusted"),
    ("reversed", "Reversed"),
    ("transferred", "Transferred"),
    ("claimed_back", "Claimed Back"),
    ("opening", "Opening Balance"),
]


class MemberPointEntry(models.Model):
    """One movement of points on a card, as it happened.

    Append-only, in the database as well: what was wrong is put right by another
    entry. A positive entry is a lot unless it gives points back to older lots.
    """

    _name = "member.point.entry"
    _description = "Point Entry"
    _inherit = "member.append.only"
    _order = "id desc"
    _rec_name = "source_ref"

    card_id = fields.Many2one(
        comodel_name="loyalty.card", required=True, readonly=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(related="card_id.member_owner_id", string="Member")
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    points = fields.Float(digits=(16, 2), required=True, readonly=True)
    debt = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="By how much this changed what the member owes in points.",
    )
    balance = fields.Float(
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="The points on the card after this entry.",
    )
    date = fields.Datetime(required=True, readonly=True)
    day = fields.Date(
        required=True, readonly=True, help="The day in the company's time zone."
    )
    expires_at = fields.Datetime(
        readonly=True, help="From this moment on the points cannot be used any more."
    )
    lot_id = fields.Many2one(
        comodel_name="member.point.entry",
        string="Concerns Lot",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The lot whose expiry this entry changes.",
    )
    rule_id = fields.Many2one(
        comodel_name="member.earning.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    part = fields.Char(
        readonly=True, help="Which part of the document, when it gives several."
    )
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        string="Document", model_field="source_model", readonly=True
    )
    source_ref = fields.Char(string="Source", readonly=True)
    source_key = fields.Char(
        readonly=True, help="What this happened for; the same never counts twice."
    )
    reason = fields.Char(readonly=True)
    allocation_ids = fields.One2many(
        comodel_name="member.point.allocation",
        inverse_name="entry_id",
        string="Paid by Lots",
        readonly=True,
    )

    _once_per_source = models.UniqueIndex(
        "(program_id, source_key) WHERE source_key IS NOT NULL",
        "These points were booked before.",
    )
    _card_day = models.Index("(card_id, id)")
    _source = models.Index("(source_model, source_id) WHERE source_id IS NOT NULL")
    _program_day = models.Index("(program_id, day)")
    _rule_day = models.Index("(card_id, rule_id, day) WHERE rule_id IS NOT NULL")

    def init(self):
        """Let the database refuse to change or delete entries."""
        run_quietly(self.env, point_guards.append_only(self._table))

    def _refuse_change(self):
        """Let nobody change what is booked.

        :raises UserError: always
        """
        raise UserError(
            self.env._("Point entries cannot be changed. Book another one instead.")
        )

    def _refuse_deletion(self):
        """Let nobody delete a row.

        :raises UserError: always
        """
        raise UserError(
            self.env._("Point entries cannot be deleted. Book another one instead.")
        )

    @api.model
    def _take_back_given(self, documents, reason):
        """Take back the points that documents gave; what was spent of them is owed.

        :param str reason: what the statement says
        """
        now = fields.Datetime.now()
        given = self.sudo().search(
            [
                ("source_model", "=", documents._name),
                ("source_id", "in", documents.ids),
                ("kind", "=", "earned"),
            ]
        )
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    entry.card_id._get_current().id,
                    "reversed",
                    -exact(entry.points),
                    now,
                    rule_id=entry.rule_id.id or None,
                    source=(documents._name, entry.source_id),
                    source_ref=entry.source_ref,
                    source_key=f"{entry.source_key}|reversed",
                    reason=reason,
                )
                for entry in given
            ]
        )

    def action_open_document(self):
        """Open the document that these points come from.

        :raises UserError: when it is no longer there
        """
        self.ensure_one()
        document = self.source_model and self.env[self.source_model].browse(
            self.source_id or 0
        )
        if not document or not document.exists():
            raise UserError(
                self.env._("There is no document behind this entry any more.")
            )
        return document._get_records_action()
