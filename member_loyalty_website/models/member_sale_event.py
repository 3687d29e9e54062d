from datetime import datetime
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.member_sale import state_of

LONGEST_RESERVATION = 24 * 60


class MemberSaleEvent(models.Model):
    """Some days or hours in which members pay less: a member day or a flash sale.

    A flash sale has a limited quantity. Its row counts what is taken; whoever takes
    changes the row, so that no number of buyers at once gets more than there is.
    """

    _name = "member.sale.event"
    _description = "Member Sale"
    _inherit = [
        "member.number.guard",
        "member.cached",
        "member.sale.offering",
        "member.sale.words",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "begins_at desc, id desc"

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    kind = fields.Selection(
        selection=[("day", "Member Day"), ("flash", "Flash Sale")],
        required=True,
        default="day",
        tracking=True,
        help="A flash sale has a limited quantity, a member day has not.",
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        default=lambda self: self.env["member.program"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        ),
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    website_id = fields.Many2one(
        comodel_name="website",
        domain="[('company_id', '=', company_id)]",
        help="Empty: on every website of the company.",
    )
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        ondelete="restrict",
        help="Members in one of these tiers. Without tiers and tags: every member.",
    )
    tag_ids = fields.Many2many(
        comodel_name="member.tag",
        string="Tags",
        ondelete="restrict",
        context={"active_test": False},
        help="Members with one of these tags too, in any tier.",
    )

    product_tmpl_ids = fields.Many2many(
        comodel_name="product.template", string="Products"
    )
    product_ids = fields.Many2many(comodel_name="product.product", string="Variants")
    category_ids = fields.Many2many(
        comodel_name="product.category",
        string="Product Categories",
        help="All products of these categories, and of those below them.",
    )

    price_kind = fields.Selection(
        selection=[("percent", "Reduction in Percent"), ("fixed", "Fixed Price")],
        string="Price",
        required=True,
        default="percent",
        tracking=True,
    )
    percent = fields.Float(
        string="Reduction",
        digits=(5, 2),
        tracking=True,
        help="Percent off the price that others pay. The price of the member's tier"
        " is not lowered further: the lower of the two holds.",
    )
    fixed_price = fields.Monetary(
        tracking=True, help="What a unit costs, in the currency of the company."
    )
    begins_at = fields.Datetime(string="From", required=True, tracking=True)
    ends_at = fields.Datetime(string="Until", required=True, tracking=True)

    quantity_limit = fields.Float(
        default=0.0,
        string="Quantity",
        digits="Product Unit",
        tracking=True,
        help="How many units there are at this price in all, over all its products.",
    )
    quantity_per_member = fields.Float(
        default=0.0,
        string="Per Member",
        digits="Product Unit",
        tracking=True,
        help="How many of them one member may have. 0: any number.",
    )
    reservation_minutes = fields.Integer(
        string="Kept While Paying",
        default=30,
        required=True,
        help="For so many minutes a unit is kept for whoever has begun to pay.",
    )
    taken_quantity = fields.Float(
        default=0.0,
        string="Taken",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Sold, or kept for somebody who is paying.",
    )
    left_quantity = fields.Float(
        string="Left", digits="Product Unit", compute="_compute_state"
    )
    state = fields.Selection(
        selection=[
            ("coming", "Coming"),
            ("running", "Running"),
            ("sold_out", "Sold Out"),
            ("over", "Over"),
        ],
        compute="_compute_state",
        help="By the clock and by what is left.",
    )
    taking_ids = fields.One2many(
        comodel_name="member.sale.taking", inverse_name="event_id"
    )
    line_count = fields.Integer(compute="_compute_line_count")

    _ends_after_it_begins = models.Constraint(
        "CHECK(ends_at > begins_at)",
        "The sale would end before it begins. Choose a later end.",
    )
    _limits_are_not_negative = models.Constraint(
        "CHECK(quantity_limit >= 0 AND quantity_per_member >= 0)",
        "A quantity cannot be negative.",
    )
    _never_oversold = models.Constraint(
        "CHECK(quantity_limit = 0 OR taken_quantity <= quantity_limit)",
        "So many units are sold or kept already. Choose a higher quantity.",
    )

    @api.depends(
        *("begins_at", "ends_at", "quantity_limit", "taken_quantity"), "active"
    )
    def _compute_state(self):
        now = fields.Datetime.now()
        for event in self:
            event.left_quantity = max(event.quantity_limit - event.taken_quantity, 0)
            begins = event.begins_at or datetime.max
            ends = event.ends_at or datetime.max
            limit, taken = event.quantity_limit, event.taken_quantity
            event.state = state_of(now, begins, ends, Decimal(limit), Decimal(taken))

    @api.depends("taking_ids")
    def _compute_line_count(self):
        groups = self.env["member.sale.taking"]._read_group(
            [("event_id", "in", self.ids), ("state", "!=", "released")],
            ["event_id"],
            ["__count"],
        )
        counts = {event.id: count for event, count in groups}
        for event in self:
            event.line_count = counts.get(event.id, 0)

    @api.constrains("product_tmpl_ids", "product_ids", "category_ids")
    def _check_has_products(self):
        for event in self:
            named = event.product_tmpl_ids or event.product_ids or event.category_ids
            if not named:
                raise ValidationError(
                    self.env._(
                        "%(sale)s has no product. Choose products, variants or"
                        " categories.",
                        sale=event.name,
                    )
                )

    @api.constrains("price_kind", "percent", "fixed_price")
    def _check_price(self):
        for event in self:
            if event.price_kind == "percent" and not 0 < event.percent <= 100:
                raise ValidationError(
                    self.env._(
                        "A reduction has to be more than 0 and at most 100 percent."
                    )
                )
            if event.price_kind == "fixed" and event.fixed_price <= 0:
                raise ValidationError(
                    self.env._("Enter the price, which has to be above zero.")
                )

    @api.constrains("kind", "quantity_limit")
    def _check_quantity(self):
        for event in self:
            if (event.kind == "flash") != (event.quantity_limit > 0):
                raise ValidationError(
                    self.env._(
                        "A flash sale has a limited quantity, a member day has none."
                        " Enter a quantity for %(sale)s, or choose the other kind.",
                        sale=event.name,
                    )
                )

    @api.constrains("program_id", "tier_ids", "website_id", "reservation_minutes")
    def _check_belongs_together(self):
        for event in self:
            if event.tier_ids.program_id - event.program_id:
                raise ValidationError(
                    self.env._(
                        "%(sale)s names tiers of another program. Choose tiers of"
                        " %(program)s.",
                        sale=event.name,
                        program=event.program_id.name,
                    )
                )
            if event.website_id.company_id - event.company_id:
                raise ValidationError(
                    self.env._("The website and the program are of two companies.")
                )
            if not 1 <= event.reservation_minutes <= LONGEST_RESERVATION:
                raise ValidationError(
                    self.env._("Keep units between a minute and a day for payments.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_taken(self):
        if self.sudo().taking_ids:
            raise ValidationError(
                self.env._("Something was sold in this sale. Archive it instead.")
            )

    def action_open_lines(self):
        """Open the order lines that have something of the sale."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order Lines"),
            "res_model": "member.sale.taking",
            "view_mode": "list,form",
            "domain": [("event_id", "=", self.id)],
        }
