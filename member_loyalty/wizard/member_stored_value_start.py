from odoo import api, fields, models

from ..queries import stored_value


class MemberStoredValueStart(models.TransientModel):
    """Gives the members of a program an eWallet: a new one, or one that exists."""

    _name = "member.stored.value.start"
    _description = "Start Stored Value"

    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True
    )
    company_id = fields.Many2one(related="program_id.company_id")
    currency_id = fields.Many2one(related="program_id.currency_id")
    native_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="eWallet That Exists",
        domain="[('program_type', '=', 'ewallet'), ('company_id', '=', company_id),"
        " ('member_program_id', '=', False)]",
        help="Empty: a new one is made, with the product that tops it up.",
    )
    card_count = fields.Integer(
        string="Cards with a Balance", compute="_compute_balances"
    )
    balance = fields.Monetary(string="Taken Over", compute="_compute_balances")

    @api.depends("native_id")
    def _compute_balances(self):
        for wizard in self:
            wizard.card_count = wizard.balance = 0
            if wizard.native_id:
                self.env.flush_all()
                [(count, total)] = self.env.execute_query(
                    stored_value.balances(wizard.native_id.id)
                )
                wizard.card_count, wizard.balance = count, float(total)

    def action_start(self):
        """Start it, and go back to the program."""
        self.ensure_one()
        self.program_id.check_access("write")
        if self.native_id:
            self.native_id.check_access("write")
        self.program_id._start_stored_value(self.native_id)
        return self.program_id._get_records_action()
