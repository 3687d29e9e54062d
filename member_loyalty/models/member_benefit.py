from odoo import api, fields, models
from odoo.exceptions import UserError

FAMILIES = [
    ("price", "Price"),
    ("service", "Service"),
    ("logistics", "Logistics"),
    ("interaction", "Interaction"),
]
ICONS = [
    ("fa-percent", "Percent"),
    ("fa-tag", "Price tag"),
    ("fa-gift", "Gift"),
    ("fa-ticket", "Coupon"),
    ("fa-truck", "Truck"),
    ("fa-rocket", "Rocket"),
    ("fa-star", "Star"),
    ("fa-user", "Person"),
    ("fa-headphones", "Headphones"),
    ("fa-file-text-o", "Document"),
    ("fa-clock-o", "Clock"),
    ("fa-birthday-cake", "Cake"),
    ("fa-calendar", "Calendar"),
    ("fa-envelope-o", "Letter"),
    ("fa-wrench", "Tool"),
    ("fa-diamond", "Diamond"),
]
KINDS = [
    ("promise", "A promise that people keep"),
    ("discount", "Percent off the price"),
    ("pricelist", "A price list"),
    ("first_order", "Reduction on the first order"),
    ("product", "A free product"),
    ("gift", "A gift on an occasion"),
    ("account_manager", "An account manager"),
    ("priority", "Being answered first"),
    ("documents", "Product documents"),
    ("early_access", "Buying new products early"),
]


class MemberBenefit(models.Model):
    """What a program grants its members, to whom of them, and how it comes about."""

    _name = "member.benefit"
    _description = "Benefit"
    _inherit = [
        "member.number.guard",
        "mail.thread",
        "member.benefit.terms",
        "member.benefit.holding",
        "member.benefit.using",
        "member.benefit.price",
        "member.benefit.reduction",
        "member.benefit.product",
        "member.benefit.gift",
        "member.benefit.gift.giving",
        "member.benefit.reminding",
        "member.benefit.manager",
        "member.benefit.priority",
        "member.benefit.documents",
        "member.benefit.early.access",
        "member.benefit.matrix",
        "member.benefit.figures",
    ]
    _numbers_judged_elsewhere = frozenset({"discount_percent"})
    _order = "program_id, sequence, id"
    _check_company_auto = True

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
    currency_id = fields.Many2one(related="program_id.currency_id")
    name = fields.Char(
        required=True, translate=True, tracking=True, help="Members read it."
    )
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    family = fields.Selection(
        selection=FAMILIES,
        compute="_compute_family",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    kind = fields.Selection(
        selection=KINDS,
        string="Realised by",
        required=True,
        default="promise",
        tracking=True,
        help="What makes the benefit real. A promise is kept by people; its use is"
        " recorded by hand.",
    )
    icon = fields.Selection(
        selection=ICONS, compute="_compute_icon", store=True, readonly=False
    )
    member_text = fields.Text(
        string="Text for Members",
        translate=True,
        help="What members read about it, beside its name.",
    )
    usage_text = fields.Text(
        string="How to Use It", translate=True, help="Members read it."
    )
    cost = fields.Monetary(
        string="Cost per Use",
        tracking=True,
        help="What one use costs you. Price and freight benefits know their own cost.",
    )

    _quota_not_negative = models.Constraint(
        "CHECK(quota >= 0)",
        "A benefit cannot be used less than never. Enter how often a member may use it"
        " in the period, or 0 for any number of times.",
    )
    _cost_not_negative = models.Constraint(
        "CHECK(cost >= 0)", "A benefit costs nothing or something: enter 0 or more."
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.model
    def _get_kind_looks(self):
        """Return family and icon of new benefits, by kind.

        Seam: a module that makes benefits real adds its kinds.
        """
        return {
            "promise": ("service", "fa-star"),
            "discount": ("price", "fa-percent"),
            "pricelist": ("price", "fa-tag"),
            "first_order": ("price", "fa-ticket"),
            "product": ("interaction", "fa-gift"),
            "gift": ("interaction", "fa-birthday-cake"),
            "account_manager": ("service", "fa-user"),
            "priority": ("service", "fa-clock-o"),
            "documents": ("service", "fa-file-text-o"),
            "early_access": ("interaction", "fa-rocket"),
        }

    @api.depends("kind")
    def _compute_family(self):
        looks = self._get_kind_looks()
        for benefit in self:
            benefit.family = looks[benefit.kind or "promise"][0]

    @api.depends("kind")
    def _compute_icon(self):
        looks = self._get_kind_looks()
        for benefit in self:
            benefit.icon = looks[benefit.kind or "promise"][1]

    @api.model_create_multi
    def create(self, vals_list):
        benefits = super().create(vals_list)
        self.env.registry.clear_cache()
        return benefits

    def write(self, vals):
        """Keep a benefit in its program, where it was used.

        :raises UserError: when a used one is to go elsewhere or become another kind
        """
        if {"program_id", "kind"} & vals.keys():
            self._check_unused(vals)
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for benefit in self._filter_used():
            raise UserError(
                self.env._(
                    "%(benefit)s was used, and that is history. Archive it: then nobody"
                    " has it any more.",
                    benefit=benefit.name,
                )
            )

    def _outlive_kind(self):
        """Keep benefits as history when the module that made them real goes.

        For ``ondelete`` of kinds that other modules add.
        """
        result = super().write({"kind": "promise", "active": False})
        self.env.registry.clear_cache()
        return result

    def _check_unused(self, vals):
        """Let pass what stays as it is, and benefits that nobody used yet.

        :raises UserError: for the others
        """
        for benefit in self._filter_used():
            program_id = vals.get("program_id", benefit.program_id.id)
            kind = vals.get("kind", benefit.kind)
            if (program_id, kind) != (benefit.program_id.id, benefit.kind):
                raise UserError(
                    self.env._(
                        "%(benefit)s was used as what it is. Archive it and make a new"
                        " benefit.",
                        benefit=benefit.name,
                    )
                )

    def _filter_used(self):
        """Return those of the benefits that somebody used, or was given."""
        used = self.browse()
        for name in ("member.benefit.usage", "member.benefit.gift.issue"):
            rows = self.env[name].sudo()
            found = rows._read_group([("benefit_id", "in", self.ids)], ["benefit_id"])
            used |= self.browse(benefit.id for (benefit,) in found)
        return self & used
