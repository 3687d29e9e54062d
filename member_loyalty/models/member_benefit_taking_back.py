from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class MemberBenefitTakingBack(models.AbstractModel):
    """Taking uses back that were recorded by mistake: by another row, below zero."""

    _name = "member.benefit.taking.back"
    _description = "Taking Back of Uses"

    reversed_id = fields.Many2one(
        comodel_name="member.benefit.usage",
        string="Takes Back",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The use that this line takes back.",
    )
    reversal_ids = fields.One2many(
        comodel_name="member.benefit.usage",
        inverse_name="reversed_id",
        string="Taken Back by",
        readonly=True,
    )
    open_quantity = fields.Integer(
        string="Times That Can Be Taken Back",
        compute="_compute_open_quantity",
        help="How often it was used, less what was taken back by hand.",
    )
    may_take_back = fields.Boolean(compute="_compute_open_quantity")

    @api.depends("quantity", "reversal_ids.quantity")
    def _compute_open_quantity(self):
        for usage in self:
            usage.open_quantity = max(
                usage.quantity + sum(usage.reversal_ids.mapped("quantity")), 0
            )
            usage.may_take_back = (
                usage.open_quantity > 0 and not usage._is_kept_by_document()
            )

    def _is_kept_by_document(self):
        """Tell whether a document books this use, and would book it again."""
        self.ensure_one()
        source = self.sudo()
        if not source.source_model or source.source_model not in self.env:
            return False
        documents = self.env[source.source_model].sudo()
        return hasattr(documents, "_settle_benefit_uses") and bool(
            documents.browse(source.source_id).exists()
        )

    def _take_back(self, quantity, reason):
        """Take a use back: it counts as if it had not been.

        :param int quantity: how often, 1 or more
        :return: the new row
        :raises AccessError: for anyone but officers
        :raises UserError: when it was not used so often, or a document says so
        """
        self.ensure_one()
        self._check_may_take_back()
        if self._is_kept_by_document():
            raise UserError(
                self.env._(
                    "This use stands on %(document)s. Change or cancel that document:"
                    " the use follows.",
                    document=self.source_ref,
                )
            )
        if not 0 < quantity <= self.open_quantity:
            raise UserError(
                self.env._(
                    "%(benefit)s can be taken back %(count)s times here. Enter a"
                    " number from 1 to that.",
                    benefit=self.benefit_id.name,
                    count=self.open_quantity,
                )
            )
        usage = self.sudo()
        return usage.benefit_id._use(
            usage.membership_id._get_current(),
            -quantity,
            counts_on=usage.date,
            cost=-usage._get_cost_of(quantity),
            partner=usage.partner_id,
            tier=usage.tier_id,
            note=reason,
            reversed_use=usage,
        ).with_env(self.env)

    def _get_cost_of(self, quantity):
        """Return the share of the cost that as many uses have; all, the whole rest."""
        rest = self.cost + sum(self.reversal_ids.mapped("cost"))
        return self.currency_id.round(rest * quantity / self.open_quantity)

    @api.model
    def _check_may_take_back(self):
        """Let officers pass.

        :raises AccessError: for the others
        """
        if not self.env.su and not self.env.user.has_group(
            "member_loyalty.member_loyalty_group_officer"
        ):
            raise AccessError(
                self.env._("Only membership officers may take uses of benefits back.")
            )
