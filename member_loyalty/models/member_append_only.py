from odoo import api, models
from odoo.exceptions import UserError


class MemberAppendOnly(models.AbstractModel):
    """Rows that stay as they were written: what was wrong is put right by another.

    A model that plugs this in says in its own sentence why, and what to do instead.
    """

    _name = "member.append.only"
    _description = "Row that Stays as it Was"

    def write(self, vals):
        """Override of `base` to refuse: rows are append-only."""
        self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_deletion()

    def _refuse_change(self):
        """Let nobody change a row. Say why in an override.

        :raises UserError: always
        """
        raise UserError(self.env._("What was recorded cannot be changed."))

    def _refuse_deletion(self):
        """Let nobody delete a row; the same sentence, unless a model has another.

        :raises UserError: always
        """
        self._refuse_change()
