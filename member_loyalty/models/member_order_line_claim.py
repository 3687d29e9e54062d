from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import float_is_zero

MARKS = ("member_benefit_id", "member_benefit_part", "member_is_uncounted")


class MemberOrderLineClaim(models.AbstractModel):
    """What makes a line free is what a benefit says: nobody writes it by hand.

    Who is entitled is asked where a benefit is claimed. So there is one door.
    """

    _name = "member.order.line.claim"
    _description = "Guard of Free Lines"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to let only our own code make lines of benefits.

        :raises AccessError: when somebody else does
        """
        if not self.env.su:
            context = self.env.context
            asked = [vals.get(mark) for vals in vals_list for mark in MARKS]
            if any(asked) or any(context.get(f"default_{mark}") for mark in MARKS):
                self._refuse_benefit_change()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `sale` to let only our own code say what is a benefit.

        :raises AccessError: when somebody else does
        """
        if not self.env.su and not vals.keys().isdisjoint((*MARKS, "order_id")):
            self._check_benefits_stay(vals)
        return super().write(vals)

    def _check_benefits_stay(self, vals):
        """Let changes pass that leave alone which lines are benefits of which order.

        :raises AccessError: for the others
        """
        names = [name for name in (*MARKS, "order_id") if name in vals]
        for line in self.sudo():
            now = line.read(names, load=None)[0]
            changed = [n for n in names if (now[n] or False) != (vals[n] or False)]
            if changed and (changed != ["order_id"] or line.member_benefit_id):
                self._refuse_benefit_change()

    @api.model
    def _refuse_benefit_change(self):
        """Say how a benefit comes to an order.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "What a benefit brings to an order cannot be written by hand. Remove"
                " the line and claim it again with “Benefits”."
            )
        )

    def _filter_claimed(self):
        """Return the lines with free products, with rights."""
        return self.sudo().filtered(
            lambda line: (
                line.member_benefit_id.kind == "product"
                and not line.member_benefit_part
            )
        )

    @api.constrains("member_benefit_id", "price_unit")
    def _check_benefit_is_free(self):
        for line in self._filter_claimed():
            if not float_is_zero(line.price_unit, precision_digits=6):
                raise ValidationError(
                    self.env._(
                        "%(benefit)s is free. Remove the line and sell the product on"
                        " another one.",
                        benefit=line.member_benefit_id.name,
                    )
                )

    @api.constrains("member_benefit_id", "product_id")
    def _check_benefit_has_product(self):
        for line in self._filter_claimed().with_context(active_test=False):
            benefit = line.member_benefit_id
            if line.product_id not in benefit.product_ids:
                raise ValidationError(
                    self.env._(
                        "%(product)s is none of the products of %(benefit)s. Remove the"
                        " line and claim the benefit again.",
                        product=line.product_id.display_name,
                        benefit=benefit.name,
                    )
                )
