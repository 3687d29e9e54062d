from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date


class MemberBenefitEntitlement(models.Model):
    """A benefit, as its member reads about it."""

    _inherit = "member.benefit.entitlement"

    def _is_used_up(self):
        """Tell whether nothing is left of the benefit in its period."""
        self.ensure_one()
        return bool(self.quota) and not self.available

    def _say_what_is_left(self):
        """Say how often the benefit can be used and until when; may be empty."""
        self.ensure_one()
        if not self.quota:
            return self._say_how_long()
        if self._is_used_up():
            return self._say_used_up()
        values = {"left": self.available, "quota": self.quota}
        if not self.usable_until:
            return self.env._("%(left)s of %(quota)s left", **values)
        return self.env._(
            "%(left)s of %(quota)s left, until %(day)s",
            day=format_date(self.env, self.usable_until),
            **values,
        )

    def _say_how_long(self):
        """Say until when a benefit without a quota is granted."""
        if not self.usable_until:
            return ""
        return self.env._("Until %(day)s", day=format_date(self.env, self.usable_until))

    def _say_used_up(self):
        """Say that nothing is left, and when there is again."""
        if not self._comes_again():
            return self.env._("Used up")
        return self.env._(
            "Used up, again from %(day)s",
            day=format_date(self.env, self.usable_until + timedelta(days=1)),
        )

    def _comes_again(self):
        """Tell whether the benefit can be used again once its period is over."""
        last_day = self.benefit_id.date_to
        return bool(self.usable_until) and (
            not last_day or last_day > fields.Date.to_date(self.usable_until)
        )
