from odoo import models
from odoo.exceptions import UserError


class MemberAct(models.AbstractModel):
    """Something that a member did to earn points: written down once, for good."""

    _name = "member.act"
    _description = "Act of a Member that Earns Points"

    def write(self, vals):
        """Refuse: what members did is history.

        :raises UserError: unless only what :meth:`_get_changing_fields` names changes
        """
        if not vals.keys() <= self._get_changing_fields():
            raise UserError(
                self.env._("What members did to earn points cannot be changed.")
            )
        return super().write(vals)

    def _get_changing_fields(self):
        """Return the names of the fields that do change.

        :rtype: set[str]
        """
        return set()
