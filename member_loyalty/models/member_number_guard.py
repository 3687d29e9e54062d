from odoo import api, models
from odoo.exceptions import ValidationError

from ..logic.countable import is_countable


class MemberNumberGuard(models.AbstractModel):
    """A record whose numbers are counted with: none is endless, or no number."""

    _name = "member.number.guard"
    _description = "Record with Numbers to Count with"

    # numbers whose own check has a better sentence
    _numbers_judged_elsewhere = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to look at the numbers before they are rounded."""
        for vals in vals_list:
            self._refuse_endless_numbers(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base` to look at the numbers before they are rounded."""
        self._refuse_endless_numbers(vals)
        return super().write(vals)

    @api.model
    def _refuse_endless_numbers(self, vals):
        """Refuse what cannot be counted with; a form cannot send it, a program can.

        :raises ValidationError: when a number is endless, or none
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or name in self._numbers_judged_elsewhere:
                continue
            is_number = field.type in ("float", "monetary")
            if is_number and not is_countable(value):
                raise ValidationError(
                    self.env._(
                        "“%(field)s” cannot be counted with. Enter a number with fewer"
                        " than 16 digits.",
                        field=field._description_string(self.env),
                    )
                )
