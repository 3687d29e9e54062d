import json

from odoo import api, fields, models

from ..queries import point_import as queries


class MemberPointImportLine(models.Model):
    """A row of a list of balances, or a card that is taken over: whose it is, how
    many points it brings, and what came of it.

    Written in sets, by ``queries.point_import``.
    """

    _name = "member.point.import.line"
    _description = "Row of Opening Balances"
    _log_access = False
    _order = "import_id desc, number, id"
    _rec_name = "number"

    import_id = fields.Many2one(
        comodel_name="member.point.import",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="import_id.company_id")
    number = fields.Integer(
        string="Row",
        required=True,
        readonly=True,
        aggregator=None,
        help="The line of the file, the column names being line 1.",
    )
    excerpt = fields.Char(string="What the Row Says", readonly=True)
    ref = fields.Char(string="Reference", readonly=True)
    email = fields.Char(readonly=True)
    code = fields.Char(string="Card Number", readonly=True)
    name = fields.Char(readonly=True)
    points = fields.Float(digits=(16, 2), readonly=True)
    expires_on = fields.Date(string="Last Day", readonly=True)
    note = fields.Char(readonly=True)
    owner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    native_card_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Card Taken Over",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    native_partner_id = fields.Many2one(
        comodel_name="res.partner", readonly=True, ondelete="set null"
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Booked on",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    problem = fields.Selection(
        selection=[
            ("unreadable_line", "Row cannot be taken apart"),
            ("unreadable_number", "Points are missing or no number"),
            ("too_precise", "More than two decimals"),
            ("negative", "Less than zero points"),
            ("no_points", "No points: nothing to book"),
            ("missing_member", "Nobody is named"),
            ("unknown_member", "Customer is not known"),
            ("ambiguous_member", "More than one customer fits"),
            ("unreadable_date", "Last day is no date"),
            ("expired", "Expired already"),
            ("repeated", "Says the same as an earlier row"),
        ],
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("refused", "Left out"),
            ("good", "Will be booked"),
            ("booked", "Booked"),
            ("undone", "Undone"),
        ],
        readonly=True,
    )
    undone_points = fields.Float(string="Taken Back", digits=(16, 2), readonly=True)

    _by_number = models.UniqueIndex("(import_id, number)")
    _waiting = models.Index("(import_id, number) WHERE state = 'good'")

    @api.model
    def _note_undone(self, batch, taken):
        """Keep how many points of each row were taken back.

        :param dict taken: points by row number
        """
        rows = [{"number": number, "points": str(taken[number])} for number in taken]
        self.env.execute_query(queries.mark_undone(batch.id, json.dumps(rows)))
        self.invalidate_model()
