from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .member_call_kinds import get_signal_kinds


class MemberCallOffer(models.Model):
    """What a caller may offer, to whom and for which reason."""

    _name = "member.call.offer"
    _description = "Offer in a Call"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="For staff: how lists call this offer.")
    sequence = fields.Integer(
        default=10, help="The first offer that fits is suggested."
    )
    active = fields.Boolean(default=True)
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    text = fields.Char(
        string="What to Offer",
        required=True,
        translate=True,
        help="What the caller reads, such as: Welcome back, 2 % off.",
    )
    kind = fields.Selection(
        selection=get_signal_kinds,
        string="Reason",
        help="Empty: whatever the reason is.",
    )
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        relation="member_call_offer_tier_rel",
        column1="offer_id",
        column2="tier_id",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Only members of these tiers. Empty: all.",
    )
    country_group_ids = fields.Many2many(
        comodel_name="res.country.group",
        relation="member_call_offer_country_group_rel",
        column1="offer_id",
        column2="country_group_id",
        string="Regions",
        help="Only members in these regions. Empty: everywhere.",
    )
    product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="member_call_offer_product_rel",
        column1="offer_id",
        column2="product_id",
        string="Products",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        help="Suggested for the quotation.",
    )
    benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        string="Free Product",
        ondelete="restrict",
        domain="[('program_id', '=', program_id), ('kind', '=', 'product')]",
        help="Put on the quotation, if the customer has this benefit and uses of it"
        " are left.",
    )
    coupon_program_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="Coupon",
        ondelete="restrict",
        check_company=True,
        domain="[('program_type', '=', 'coupons')]",
        help="The caller can give the customer a coupon of this program, once for a"
        " call.",
    )
    coupon_days = fields.Integer(
        string="Valid for Days",
        default=30,
        help="How many days the coupon is good. 0: without an end.",
    )

    _coupon_days_not_negative = models.Constraint(
        "CHECK(coupon_days >= 0)",
        "A coupon cannot end before it is given. Enter for how many days it is good,"
        " or 0 for no end.",
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.constrains("program_id", "tier_ids", "benefit_id")
    def _check_program(self):
        for offer in self:
            programs = offer.tier_ids.program_id | offer.benefit_id.program_id
            if programs - offer.program_id:
                raise ValidationError(
                    self.env._(
                        "Tiers and free product of %(offer)s have to be of the program"
                        " %(program)s.",
                        offer=offer.name,
                        program=offer.program_id.name,
                    )
                )

    @api.constrains("coupon_program_id")
    def _check_coupon_program(self):
        for offer in self.filtered("coupon_program_id"):
            if offer.coupon_program_id.program_type != "coupons":
                raise ValidationError(
                    self.env._(
                        "%(program)s gives no coupons. Choose a coupon program, or"
                        " none.",
                        program=offer.coupon_program_id.name,
                    )
                )

    @api.model
    def _find_for(self, call):
        """Return the first offer that fits a call; none when no one does."""
        offers = self.search([("program_id", "=", call.program_id.id)])
        return offers.filtered(lambda offer: offer._fits(call))[:1]

    def _fits(self, call):
        self.ensure_one()
        kinds = call.signal_ids.filtered(lambda one: not one.ended_on).mapped("kind")
        countries = self.country_group_ids.country_ids
        return (
            (not self.kind or self.kind in kinds)
            and (not self.tier_ids or call.membership_id.tier_id in self.tier_ids)
            and (not self.country_group_ids or call.partner_id.country_id in countries)
        )
