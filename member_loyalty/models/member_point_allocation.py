from odoo import fields, models
from odoo.exceptions import UserError

from ..queries import point_guards
from ..queries.execution import run_quietly


class MemberPointAllocation(models.Model):
    """Which lot paid for which entry. Append-only.

    Positive points were taken from the lot; negative ones went back to it.
    """

    _name = "member.point.allocation"
    _description = "Allocation of Points"
    _inherit = "member.append.only"
    _order = "id"
    _log_access = False

    lot_id = fields.Many2one(
        comodel_name="member.point.entry",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    entry_id = fields.Many2one(
        comodel_name="member.point.entry",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    points = fields.Float(digits=(16, 2), required=True, readonly=True)
    company_id = fields.Many2one(related="entry_id.company_id")

    def init(self):
        """Let the database refuse to change or delete allocations."""
        run_quietly(self.env, point_guards.append_only(self._table))

    def _refuse_change(self):
        """Let nobody change or delete what paid for what.

        :raises UserError: always
        """
        raise UserError(
            self.env._("What paid for what cannot be changed or deleted any more.")
        )
