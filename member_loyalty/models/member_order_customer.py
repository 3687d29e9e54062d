from odoo import models

from ..logic.purchase_posting import exact
from ..queries import order_points as queries


class MemberOrderCustomer(models.AbstractModel):
    """Lets points go with a confirmed order that is given to another customer."""

    _name = "member.order.customer"
    _description = "Customer of an Order with Points"

    def _follow_customer(self):
        """Take what confirmed orders earned from who is not their customer any more.

        The settling that follows gives it to the customer they have now. What was
        spent stays with the card that paid.
        """
        for order in self.sudo().filtered(lambda one: one.state == "sale"):
            for promised in order.member_points_ids.filtered("card_id"):
                owner = promised.program_id._get_wallet_owner(order.partner_id)
                if promised.card_id._get_current().member_owner_id != owner:
                    order._move_promise(promised)

    def _move_promise(self, promised):
        """Take back what was earned by rules; promise it to the customer of now."""
        old = promised.card_id._get_current()
        postings = []
        for _order, *key, earned, _spent in self.env.execute_query(
            queries.held(self.env, self.ids)
        ):
            if key[0] == old.program_id.id and key[1]:
                postings += self._prepare_earning_postings(
                    tuple(key), old, exact(0), exact(earned), None
                )
        self.env["member.point.ledger"]._post(postings)
        program = promised.program_id
        promised.card_id = self._may_earn(program) and self._find_member_wallet(
            program, create=True
        )
