from odoo import api, fields, models

from ..queries import point_statement as queries

RECENT = 200


class MemberPointStatement(models.Model):
    """What a member has: usable points, what is pending or owed, and how it came.

    A row is a card that the ledger keeps, for those who may see members; cards of
    other programs, and what else Odoo's own cards hold, stay out of sight.
    """

    _name = "member.point.statement"
    _description = "Statement of Points"
    _inherit = ["member.point.statement.workbook"]
    _auto = False
    _order = "points desc, id"
    _rec_name = "owner_id"
    _rec_names_search = ["owner_id", "code"]
    _depends = {
        "loyalty.card": [
            "code",
            "active",
            "member_owner_id",
            "member_program_id",
            "partner_id",
            "program_id",
            "points",
            "member_debt",
        ],
        "member.program": ["company_id"],
    }

    card_id = fields.Many2one(comodel_name="loyalty.card", readonly=True)
    code = fields.Char(string="Card Number", readonly=True)
    active = fields.Boolean(readonly=True)
    owner_id = fields.Many2one(
        comodel_name="res.partner", string="Member", readonly=True
    )
    is_own = fields.Boolean(
        string="Own Purse",
        readonly=True,
        help="The points are the contact's own and not shared by a company.",
    )
    program_id = fields.Many2one(comodel_name="member.program", readonly=True)
    wallet_id = fields.Many2one(
        comodel_name="loyalty.program", string="Kept in", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    points = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="What is on the card, with points that have just expired.",
    )
    debt = fields.Float(
        string="Owed",
        digits=(16, 2),
        readonly=True,
        help="Points to be taken back that were spent already; what is earned next"
        " pays them.",
    )
    usable_points = fields.Float(
        string="Usable", digits=(16, 2), compute="_compute_totals"
    )
    next_expiry = fields.Datetime(
        compute="_compute_totals", help="When the next points expire."
    )
    next_expiry_points = fields.Float(
        string="Expire Next", digits=(16, 2), compute="_compute_totals"
    )
    pending_points = fields.Float(
        string="Pending",
        digits=(16, 2),
        compute="_compute_totals",
        help="Earned with orders, and not available yet.",
    )
    recent_entry_ids = fields.Many2many(
        comodel_name="member.point.entry",
        string="Latest Movements",
        compute="_compute_recent_entry_ids",
    )
    open_lot_ids = fields.Many2many(
        comodel_name="member.point.lot",
        string="Points by Expiry",
        compute="_compute_open_lot_ids",
    )
    pending_ids = fields.Many2many(
        comodel_name="member.point.pending",
        string="Pending Orders",
        compute="_compute_pending_ids",
    )

    @property
    def _table_query(self):
        """Return a row for each card that the ledger keeps."""
        return queries.cards()

    def _compute_totals(self):
        rows = self.env.execute_query(
            queries.totals(self.env, self._ids_of_cards(), fields.Datetime.now())
        )
        found = {card_id: values for card_id, *values in rows}
        for statement in self:
            usable, expiry, expiring, pending = found.get(
                statement.id, (0, False, 0, 0)
            )
            statement.usable_points = usable
            statement.next_expiry = expiry
            statement.next_expiry_points = expiring
            statement.pending_points = pending

    def _compute_recent_entry_ids(self):
        for statement in self:
            statement.recent_entry_ids = statement.env["member.point.entry"].search(
                [("card_id", "=", statement.id)], order="id desc", limit=RECENT
            )

    def _compute_open_lot_ids(self):
        for statement in self:
            statement.open_lot_ids = statement.env["member.point.lot"].search(
                [("card_id", "=", statement.id), ("remaining", ">", 0)],
                order="expires_at, earned_at, id",
                limit=RECENT,
            )

    def _compute_pending_ids(self):
        for statement in self:
            statement.pending_ids = statement.env["member.point.pending"].search(
                [("card_id", "=", statement.id), ("state", "=", "waiting")],
                limit=RECENT,
            )

    def _ids_of_cards(self):
        return [number for number in self._ids if isinstance(number, int)]

    def action_open_entries(self):
        """Open all movements on this card, to filter by period and kind."""
        return self._open("member_point_entry_action")

    def action_open_lots(self):
        """Open the lots of this card that have something left."""
        return self._open("member_point_lot_action", search_default_open=1)

    def action_adjust(self):
        """Open the form that grants, deducts, transfers or extends."""
        return self.env["member.point.adjustment"]._get_opening_action(cards=self)

    def action_export(self):
        """Download the statement as an Excel file."""
        self.ensure_one()
        self._check_may_export()
        return {
            "type": "ir.actions.act_url",
            "url": f"/member_loyalty/statement/{self.id}",
            "target": "self",
        }

    def _open(self, action, **context):
        """Return an action on what belongs to this card."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"member_loyalty.{action}"
        )
        action["domain"] = [("card_id", "=", self.id)]
        action["context"] = context
        action["display_name"] = self.display_name
        return action

    @api.model
    def _get_statement_action(self, domain):
        """Return an action on the statements of a domain; on the one if it is one."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_point_statement_action"
        )
        statements = self.search(domain, limit=2)
        action["domain"] = domain
        action["context"] = {}
        if len(statements) == 1:
            action.update(
                views=[(False, "form")], view_mode="form", res_id=statements.id
            )
        return action
