from odoo import fields, models

from ..logic.deferred_revenue import Deferral, Given
from ..logic.purchase_posting import exact


class MemberPointDeferral(models.Model):
    """What a journal entry deferred for points, and what it was computed from.

    It lives and dies with its entry: without it, or when it is cancelled, the next
    one starts from the one before.
    """

    _name = "member.point.deferral"
    _description = "Deferral for Points"
    _order = "date desc, id desc"
    _rec_name = "date"
    _check_company_auto = True

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Journal Entry",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    move_state = fields.Selection(related="move_id.state", string="State")
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(
        readonly=True,
        help="What the entry adds to the liability; negative: it lowers it.",
    )
    sales = fields.Monetary(
        readonly=True, help="The purchases that earned points since the entry before."
    )
    sales_total = fields.Monetary(readonly=True, aggregator=None)
    given_with_sales = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    given_otherwise = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    issued = fields.Float(
        string="Points Given",
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="In all, less those taken back.",
    )
    deferred = fields.Float(
        string="Deferred in All", digits=(16, 6), readonly=True, aggregator=None
    )
    redeemed = fields.Float(
        string="Points Used", digits=(16, 2), readonly=True, aggregator=None
    )
    expected = fields.Float(
        string="Expected to Be Used in All",
        digits=(16, 2),
        readonly=True,
        aggregator=None,
    )
    owed = fields.Monetary(readonly=True, aggregator=None)

    _program_day = models.Index("(program_id, date)")

    def action_open_move(self):
        """Open the journal entry."""
        self.ensure_one()
        return self.move_id._get_records_action()

    def _get_state(self):
        """Return where the deferral stood with this entry; nothing without one."""
        if not self:
            return Deferral()
        return Deferral(
            exact(self.issued),
            exact(self.deferred),
            exact(self.redeemed),
            exact(self.expected),
        )

    def _get_given(self):
        """Return what had been given by then, from the beginning."""
        if not self:
            return Given(exact(0), exact(0))
        return Given(
            exact(self.sales_total),
            exact(self.given_with_sales),
            exact(self.given_otherwise),
        )
