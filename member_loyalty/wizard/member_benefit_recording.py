from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.benefit_entitlement import Holder, is_entitled


class MemberBenefitRecording(models.TransientModel):
    """Records by hand that a member used a benefit."""

    _name = "member.benefit.recording"
    _description = "Record a Use"
    _inherit = "member.number.guard"

    membership_id = fields.Many2one(
        comodel_name="member.membership", string="Member", required=True
    )
    program_id = fields.Many2one(related="membership_id.program_id")
    company_id = fields.Many2one(related="membership_id.company_id")
    currency_id = fields.Many2one(related="membership_id.currency_id")
    held_benefit_ids = fields.Many2many(
        comodel_name="member.benefit", compute="_compute_held_benefit_ids"
    )
    benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        required=True,
        domain="membership_id and [('id', 'in', held_benefit_ids)] or []",
    )
    kind = fields.Selection(related="benefit_id.kind")
    quantity = fields.Integer(string="Times Used", required=True, default=1)
    day = fields.Date(
        string="Used on",
        required=True,
        default=lambda self: self.env.company._member_today(),
    )
    cost = fields.Monetary(
        compute="_compute_cost",
        store=True,
        readonly=False,
        help="What it cost you, all times together.",
    )
    note = fields.Char()
    left_text = fields.Char(string="Still Left", compute="_compute_left_text")

    @api.depends("membership_id")
    def _compute_held_benefit_ids(self):
        for wizard in self:
            wizard.held_benefit_ids = wizard.membership_id._origin.mapped(
                "benefit_entitlement_ids.benefit_id"
            )

    @api.depends("benefit_id", "quantity")
    def _compute_cost(self):
        for wizard in self:
            wizard.cost = wizard.benefit_id.cost * wizard.quantity

    @api.depends("membership_id", "benefit_id", "day")
    def _compute_left_text(self):
        for wizard in self:
            left = None
            if wizard.membership_id and wizard.benefit_id and wizard.day:
                left = wizard.benefit_id._get_available(
                    wizard.membership_id._origin, wizard.day
                )
            wizard.left_text = (
                self.env._("Any number of times") if left is None else str(left)
            )

    def action_record(self):
        """Record the use.

        :raises AccessError: for anyone but officers
        :raises UserError: when the member does not have the benefit on that day, or
            not so often
        """
        self.ensure_one()
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_officer"):
            raise AccessError(
                self.env._("Only membership officers may record uses of benefits.")
            )
        self.membership_id.check_access("read")
        self.benefit_id.check_access("read")
        self._check_figures()
        self._check_held()
        self.benefit_id.sudo()._use(
            self.membership_id.sudo(),
            self.quantity,
            day=self.day,
            cost=Decimal(str(self.cost)),
            note=self.note,
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_figures(self):
        """Let sensible figures pass.

        :raises UserError: for others, saying what to enter
        """
        if self.quantity < 1:
            raise UserError(
                self.env._(
                    "Enter how often it was used: 1 or more. To take a use back, open"
                    " it and press “Take Back”."
                )
            )
        if self.cost < 0:
            raise UserError(
                self.env._("A use costs nothing or something: enter 0 or more.")
            )
        if self.day > self.company_id._member_today():
            raise UserError(
                self.env._("That day has not come yet. Choose today or a day before.")
            )

    def _check_held(self):
        """Let members pass who have the benefit, by their tier and tags of today.

        :raises UserError: for others
        """
        member = self.membership_id.sudo()
        benefit = self.benefit_id.sudo()
        holder = Holder(
            member.tier_id.id, frozenset(member.partner_id.member_tag_ids.ids)
        )
        if (
            not member.active
            or not benefit.active
            or benefit.program_id != member.program_id
            or not is_entitled(benefit._get_terms(), holder, self.day)
        ):
            raise UserError(
                self.env._(
                    "%(member)s does not have %(benefit)s on %(day)s. Choose one of"
                    " the member's benefits, or grant it to the tier first.",
                    member=member.partner_id.display_name,
                    benefit=benefit.name,
                    day=self.day,
                )
            )
