from odoo import models


class MemberPointEntry(models.Model):
    """A movement of points, as its member reads about it."""

    _inherit = "member.point.entry"

    def _say_reason(self):
        """Say what the points came or went for; may be empty.

        :rtype: str
        """
        self.ensure_one()
        rule = self.rule_id.name if self.points > 0 else ""
        return " · ".join(part for part in (rule, self.source_ref, self.reason) if part)

    def _say_debt(self):
        """Say by how much this changed what the member owes; empty when it did not."""
        self.ensure_one()
        if not self.debt:
            return ""
        points = self.env["member.centre"]._show_points(abs(self.debt))
        if self.debt > 0:
            return self.env._(
                "Points that were not there any more, and are owed: %(points)s",
                points=points,
            )
        return self.env._("Pays points that were owed: %(points)s", points=points)

    def _get_order_url(self):
        """Return the address of the order behind the entry, if there is one."""
        self.ensure_one()
        if self.source_model != "sale.order" or not self.source_id:
            return ""
        return f"/my/orders/{self.source_id}"
