from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ..logic.price_rules import Rule, is_percentage, wanted_rules

PRICE_KINDS = ("discount", "pricelist")
PRICELISTS = "product.group_product_pricelist"


class MemberBenefitPrice(models.AbstractModel):
    """Prices that a benefit gives: a price list, or a percentage off one.

    A percentage keeps a price list of its own. There is one for each benefit, never
    one for each customer: whoever has the benefit is asked at each order.
    """

    _name = "member.benefit.price"
    _description = "Prices by a Benefit"

    discount_percent = fields.Float(
        string="Percent Off",
        tracking=True,
        help="More than 0, at most 100.",
    )
    base_pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        string="Off the Prices of",
        index="btree_not_null",
        ondelete="restrict",
        help="The price list that the percentage is off. Empty: the sales price of"
        " each product. Of several prices a customer could have, a price list chosen"
        " on the contact wins, then the first benefit in their order, then the"
        " country's price list. The first price benefit switches price lists on in the"
        " settings, and from then on every active price list holds.",
    )
    pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        string="Price List",
        index="btree_not_null",
        ondelete="restrict",
        help="Only members with this benefit get it from now on: nobody can choose it,"
        " and it is nobody's price list by country or by default. Of several prices a"
        " customer could have, a price list chosen on the contact wins, then the first"
        " benefit in their order, then the country's price list. The first price"
        " benefit switches price lists on in the settings, and from then on every"
        " active price list holds.",
    )
    own_pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        string="Kept Price List",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Made and changed with this benefit.",
    )

    @api.constrains("kind", "discount_percent")
    def _check_discount_percent(self):
        for benefit in self:
            if benefit.kind == "discount" and not is_percentage(
                benefit.discount_percent
            ):
                raise ValidationError(
                    self.env._(
                        "%(percent)s%% is nothing that %(benefit)s can take off a"
                        " price. Enter more than 0 and at most 100.",
                        percent=benefit.discount_percent,
                        benefit=benefit.name,
                    )
                )

    @api.constrains("kind", "pricelist_id", "base_pricelist_id", "program_id")
    def _check_pricelists(self):
        for benefit in self:
            if benefit.kind == "pricelist" and not benefit.pricelist_id:
                raise ValidationError(
                    self.env._(
                        "%(benefit)s gives no price list yet. Choose one.",
                        benefit=benefit.name,
                    )
                )
            for pricelist in (benefit.pricelist_id | benefit.base_pricelist_id).sudo():
                company = pricelist.company_id
                if company and company != benefit.company_id:
                    raise ValidationError(
                        self.env._(
                            "The price list %(pricelist)s belongs to %(other)s."
                            " Choose one of %(company)s.",
                            pricelist=pricelist.name,
                            other=company.name,
                            company=benefit.company_id.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        benefits = super().create(vals_list)
        benefits._keep_pricelists()
        self.env["res.partner"]._forget_prices()
        return benefits

    def write(self, vals):
        result = super().write(vals)
        if self._get_price_fields() & vals.keys():
            self._keep_pricelists()
        self.env["res.partner"]._forget_prices()
        return result

    def unlink(self):
        """Archive the price lists of their own; orders may go on naming them."""
        kept = self.sudo().own_pricelist_id
        result = super().unlink()
        kept.filtered("active").active = False
        self.env["res.partner"]._forget_prices()
        return result

    @api.model
    def _get_price_fields(self):
        """Return the fields that change what price lists have to say."""
        return {
            *("kind", "active", "name", "program_id", "category_ids"),
            *("discount_percent", "base_pricelist_id", "pricelist_id"),
        }

    def _get_pricelist(self):
        """Return the price list that members get by this benefit, with rights."""
        self.ensure_one()
        benefit = self.sudo()
        kept = {"discount": benefit.own_pricelist_id, "pricelist": benefit.pricelist_id}
        return kept.get(self.kind, self.env["product.pricelist"].sudo())

    def _keep_pricelists(self):
        """Bring price lists to what the benefits say; write what differs only."""
        if self.filtered(lambda one: one.active and one.kind in PRICE_KINDS):
            self._switch_pricelists_on()
        for benefit in self.sudo():
            if benefit.kind == "discount":
                benefit._keep_own_pricelist()
            elif benefit.own_pricelist_id.active:
                benefit.own_pricelist_id.active = False
            if benefit.kind == "pricelist":
                benefit.pricelist_id._keep_for_members()

    @api.model
    def _switch_pricelists_on(self):
        """Switch price lists on as the settings do, unless they are."""
        if not self.env["res.groups"]._is_feature_enabled(PRICELISTS):
            group = self.env.ref(PRICELISTS).sudo()
            self.env.ref("base.group_user").sudo()._apply_group(group)
            self.env["res.company"].sudo()._activate_or_create_pricelists()

    def _keep_own_pricelist(self):
        """Make or change the price list of a percentage."""
        self.ensure_one()
        values = self._prepare_own_pricelist()
        pricelist = self.own_pricelist_id
        if not pricelist:
            values["item_ids"] = self._prepare_price_rules()
            pricelist = pricelist.create({**values, "member_benefit_id": self.id})
            self.own_pricelist_id = pricelist
            return
        changed = {
            name: value
            for name, value in values.items()
            if pricelist._fields[name].convert_to_write(pricelist[name], pricelist)
            != value
        }
        if set(pricelist._get_price_rules()) != set(self._get_wanted_rules()):
            changed["item_ids"] = [Command.clear(), *self._prepare_price_rules()]
        if changed:
            pricelist.write(changed)

    def _prepare_own_pricelist(self):
        """Return the values of the price list of a percentage, without its rules."""
        currency = self.base_pricelist_id.currency_id or self.company_id.currency_id
        return {
            "name": self.name,
            "active": self.active,
            "company_id": self.company_id.id,
            "currency_id": currency.id,
            "is_member_pricelist": True,
        }

    def _get_wanted_rules(self):
        return wanted_rules(
            self.discount_percent,
            self.base_pricelist_id.id or None,
            self.category_ids.ids,
        )

    def _prepare_price_rules(self):
        """Return the commands that make the rules of the price list."""
        return [
            Command.create(self._prepare_price_rule(rule))
            for rule in self._get_wanted_rules()
        ]

    @api.model
    def _prepare_price_rule(self, rule: Rule):
        return {
            "compute_price": "percentage",
            "percent_price": rule.percent,
            "base": "pricelist" if rule.base_id else "list_price",
            "base_pricelist_id": rule.base_id,
            "applied_on": "2_product_category" if rule.category_id else "3_global",
            "display_applied_on": "2_product_category"
            if rule.category_id
            else "1_product",
            "categ_id": rule.category_id,
        }
