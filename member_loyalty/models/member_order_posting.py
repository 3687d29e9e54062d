from decimal import Decimal

from odoo import fields, models

from ..logic.order_points import missing
from ..logic.point_lots import Allocation, give_back
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from ..queries import order_points as queries


class MemberOrderPosting(models.AbstractModel):
    """The postings of an order: what comes in, what is taken back or given back."""

    _name = "member.order.posting"
    _description = "Postings of an Order"

    def _prepare_earning_postings(self, key, card, target, booked, expires_at):
        """Return the postings that bring what was earned to its target.

        :param key: loyalty program, rule and part
        """
        expired = Decimal(0)
        if target < booked:
            rows = self.env.execute_query(queries.expired_of_order(self.id))
            expired = {tuple(row[:3]): exact(row[3]) for row in rows}.get(key, expired)
        points = missing(target, booked, expired)
        if not points:
            return []
        taken = "claimed_back" if self.state == "sale" else "reversed"
        return [
            self._prepare_posting(
                card,
                "earned" if points > 0 else taken,
                points,
                expires_at=expires_at if points > 0 else None,
                rule_id=key[1],
                part=key[2],
            )
        ]

    def _prepare_spending_postings(self, program_id, card, target, booked):
        """Return the postings that bring what was spent to its target."""
        if target > booked:
            may_owe = self._may_owe_points()
            return [
                self._prepare_posting(card, "spent", booked - target, may_owe=may_owe)
            ]
        if target == booked:
            return []
        return self._prepare_return_postings(program_id, card, booked - target)

    def _prepare_return_postings(self, program_id, card, points):
        """Return the postings that give spent points back.

        What comes back goes to the lots that paid. Lots of a card that was merged
        into another one come back on that other card, with their expiry.
        """
        rows = self.env.execute_query(queries.spent_allocations(self.id, program_id))
        here = tuple(
            Allocation(lot, exact(part))
            for lot, part, at, _until in rows
            if at == card.id
        )
        moved = [row for row in rows if row[2] != card.id]
        expiries = {row[0]: row[3] for row in moved}
        elsewhere = give_back(
            [Allocation(lot, exact(part)) for lot, part, *_rest in moved], points
        )
        postings = [
            self._prepare_posting(
                card, "reversed", -part.points, expires_at=expiries[part.lot_id]
            )
            for part in elsewhere
        ]
        points += sum((part.points for part in elsewhere), Decimal(0))
        if points:
            now = fields.Datetime.now()
            expires_at = card.member_program_id._get_point_expiry(now)
            postings.append(
                self._prepare_posting(
                    card, "reversed", points, expires_at=expires_at, restores=here
                )
            )
        return postings

    def _prepare_posting(self, card, kind, points, **values):
        """Return a posting of this order on a card."""
        return Posting(
            card.id,
            kind,
            points,
            fields.Datetime.now(),
            source=("sale.order", self.id),
            source_ref=self.name,
            **values,
        )

    def _may_owe_points(self):
        """Tell whether points that lack become a debt: the order was paid already."""
        return any(
            transaction.state in ("authorized", "done")
            for transaction in self.sudo().transaction_ids
        )

    def _get_own_points(self, coupon):
        """Return the points on a card that this order has earned itself."""
        if not self.sudo().member_points_ids:
            return 0.0
        [(points,)] = self.env.execute_query(
            queries.usable_of_order(self._origin.id, coupon.id, fields.Datetime.now())
        )
        return float(points)

    def _get_booked_points(self, coupon):
        """Return what is booked as spent for this order, or kept for its payment."""
        if not self.sudo().member_points_ids:
            return 0.0
        rows = self.env.execute_query(queries.held(self.env, self.ids))
        return float(
            sum(row[-1] for row in rows if row[1] == coupon.sudo().program_id.id)
        )
