from decimal import Decimal

from odoo import api, fields, models

from ..logic.benefit_claim import uses_of
from ..logic.benefit_lines import Changes, Line, compare
from ..logic.benefit_use import Use
from ..logic.purchase_posting import exact

SETTLING = "member_loyalty.settling_benefits"


class MemberOrderBenefit(models.AbstractModel):
    """Benefits on an order: lines that come and go by themselves, and their use.

    Both are convergent: what is due is compared with what is there. Modules extend
    ``_get_benefit_lines_due`` and ``_get_benefit_uses_due``.
    """

    _name = "member.order.benefit"
    _description = "Benefits on an Order"

    member_benefit_usage_ids = fields.One2many(
        comodel_name="member.benefit.usage",
        string="Benefits Used",
        compute="_compute_member_benefit_usage_ids",
        compute_sudo=True,
    )

    def _compute_member_benefit_usage_ids(self):
        usages = self.env["member.benefit.usage"].search(
            [("source_model", "=", self._name), ("source_id", "in", self.ids)]
        )
        for order in self:
            order.member_benefit_usage_ids = usages.filtered(
                lambda usage, one=order: usage.source_id == one.id
            )

    def _get_copiable_order_lines(self):
        """Override of `sale`: a copy gets its own benefits, not those of another."""
        lines = super()._get_copiable_order_lines()
        return lines.filtered(lambda line: not line.sudo().member_benefit_id)

    def _get_granted_benefits(self, *kinds):
        """Return what the customer of this order is granted.

        By today's tier on a quotation, by the tier at confirmation on an order.

        :return: list of (membership, benefit), with rights
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        Benefit = self.env["member.benefit"]
        if not self.partner_id or not Benefit._is_kind_granted(company, *kinds):
            return []
        day = company._member_today()
        tiers = {}
        if self.state == "sale" and (tier := self.sudo().member_confirmed_tier_id):
            day = company._get_member_day(self.date_order)
            member = tier.program_id._get_member_partners(self.sudo().partner_id)
            held = Benefit._find_memberships(tier.program_id, member)
            tiers = {one.id: tier for one in held.values()}
        granted = Benefit._find_granted(
            self.partner_id, company, day, *kinds, tiers=tiers
        )
        return granted[self.partner_id.id]

    def _settle_benefits(self):
        """Bring lines and uses of benefits to what the orders say now."""
        data = self.env.cr.precommit.data
        benefits = self.env["member.benefit"]
        if data.get(SETTLING) or not benefits._is_anything_granted():
            return
        data[SETTLING] = True
        try:
            orders = self.exists().filtered(
                lambda order: benefits._is_any_granted(
                    order.company_id or self.env.company
                )
            )
            for order in orders:
                order._settle_benefit_lines()
            # what moved to another order is given back before it is used there
            for order in orders.sorted(lambda one: len(one._get_claim_lines())):
                order._settle_benefit_uses()
        finally:
            data[SETTLING] = False

    def unlink(self):
        """Override of `sale` to give back what a deleted quotation used."""
        if self.env["member.benefit"]._is_anything_granted():
            for order in self:
                self.env["member.benefit.usage"]._settle(order, {})
        return super().unlink()

    def _settle_benefit_lines(self):
        """Put the lines on a quotation that benefits bring, and take off others."""
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return
        held = self.order_line.filtered("member_benefit_part")
        due = self._get_benefit_lines_due()
        if not held and not due:
            return
        self._apply_benefit_lines(
            compare(due, {line.id: line._get_benefit_line() for line in held})
        )

    def _apply_benefit_lines(self, changes: Changes):
        """Add, change and take off lines of benefits."""
        lines = self.env["sale.order.line"].sudo()
        lines.browse(changes.remove).unlink()
        for line_id, line in changes.update:
            lines.browse(line_id).write(self._prepare_benefit_line(line))
        lines.create([self._prepare_benefit_line(line) for line in changes.create])

    @api.model
    def _prepare_benefit_line(self, line: Line):
        """Return the values of an order line that a benefit brings."""
        benefit = self.env["member.benefit"].sudo().browse(line.benefit_id)
        return {
            "order_id": self.id,
            "product_id": benefit._get_line_product().id,
            "name": line.name,
            "product_uom_qty": 1,
            "price_unit": line.price,
            "technical_price_unit": line.price,
            "discount": 0,
            "tax_ids": [fields.Command.set(line.tax_ids)],
            "member_benefit_id": line.benefit_id,
            "member_benefit_part": line.part,
            "sequence": 9999,
        }

    def _get_benefit_lines_due(self):
        """Return the lines that benefits put on this quotation by themselves.

        Seam: a kind of benefit adds its ``Line`` of ``logic.benefit_lines``.
        """
        return []

    def _settle_benefit_uses(self):
        """Book what this order uses of benefits."""
        self.ensure_one()
        due = self._get_benefit_uses_due()
        order = self.sudo()
        self.env["member.benefit.usage"]._settle(
            self,
            due,
            is_forced=self._is_benefit_use_forced(),
            partner=order.partner_id,
        )

    def _get_benefit_uses_due(self):
        """Return the uses that this order makes of benefits: free products.

        They are used as soon as they stand on a quotation, so that nobody puts them
        on two. Seam: a kind of benefit adds its own.

        :return: ``Use`` of ``logic.benefit_use`` by (membership, benefit)
        """
        due = {}
        if self.state == "cancel":
            return due
        lines = self.order_line.filtered(
            lambda line: line.sudo().member_benefit_id.kind == "product"
        )
        for benefit, of_benefit in lines.sudo().grouped("member_benefit_id").items():
            if membership := self._get_benefit_membership(benefit):
                pieces = sum(line._get_benefit_pieces() for line in of_benefit)
                uses = uses_of(exact(pieces), benefit.product_quantity)
                cost = sum(line._get_benefit_cost() for line in of_benefit)
                due[membership, benefit] = Use(uses, Decimal(str(round(cost, 2))))
        return due

    def _get_benefit_membership(self, benefit):
        """Return the customer's membership in the program of a benefit.

        On an order also one that has ended since: what was used then stays used.
        """
        program = benefit.program_id
        member = program._get_member_partners(self.sudo().partner_id)
        found = self.env["member.benefit"]._find_memberships(program, member)
        if member.id not in found and self.state == "sale":
            ended = self.env["member.benefit"].with_context(active_test=False)
            found = ended._find_memberships(program, member)
        return found.get(member.id)

    def _is_benefit_use_forced(self):
        """Tell whether uses are recorded even beyond a quota: the order is paid."""
        return bool(
            self.sudo().transaction_ids.filtered(
                lambda payment: payment.state in ("pending", "authorized", "done")
            )
        )
