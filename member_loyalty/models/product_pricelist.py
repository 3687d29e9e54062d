from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..logic.price_rules import Rule
from .member_benefit_price import PRICE_KINDS, PRICELISTS


class ProductPricelist(models.Model):
    """A price list, perhaps one that only members get.

    What the suite assumes of Odoo here: ``_get_partner_pricelist_multi`` alone says
    which price list a customer has; it takes the contact's own one if the filter hook
    lets it pass, and looks for others by the domain of the search hook.
    """

    _inherit = "product.pricelist"

    is_member_pricelist = fields.Boolean(
        string="For Members Only",
        readonly=True,
        help="Only members who have it by a benefit get this price list.",
    )
    member_benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        string="Kept by the Benefit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The benefit that made this price list and changes it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        pricelists = super().create(vals_list)
        if any(pricelists.mapped("is_member_pricelist")):
            self.env.registry.clear_cache()
        return pricelists

    def write(self, vals):
        """Override of `product` to keep what benefits give.

        :raises UserError: when such a price list is to be archived, opened to others,
            or moved to another company
        """
        if not (vals.get("active", True) and vals.get("is_member_pricelist", True)):
            self._check_not_given()
        if "company_id" in vals:
            self._check_stays_in_company(vals["company_id"])
        result = super().write(vals)
        if "is_member_pricelist" in vals:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _find_giving_benefits(self):
        """Return the active benefits that give these price lists."""
        benefits = self.env["member.benefit"].sudo()
        by_list = [("kind", "=", "pricelist"), ("pricelist_id", "in", self.ids)]
        by_percent = [("kind", "=", "discount"), ("own_pricelist_id", "in", self.ids)]
        return benefits.search(
            fields.Domain("active", "=", True)
            & (fields.Domain(by_list) | fields.Domain(by_percent))
        )

    def _check_not_given(self):
        """Let pass price lists that no benefit gives.

        :raises UserError: for the others
        """
        if not set(self.ids) & set(self._get_member_pricelist_ids()):
            return
        if benefit := self._find_giving_benefits()[:1]:
            raise UserError(
                self.env._(
                    "Members have the price list %(pricelist)s by the benefit"
                    " %(benefit)s. Archive the benefit first.",
                    pricelist=benefit._get_pricelist().name,
                    benefit=benefit.name,
                )
            )

    def _check_stays_in_company(self, company_id):
        """Let pass price lists that stay in the company of their benefits.

        :raises UserError: for the others
        """
        if not set(self.ids) & set(self._get_member_pricelist_ids()):
            return
        for benefit in self._find_giving_benefits():
            if company_id and company_id != benefit.company_id.id:
                raise UserError(
                    self.env._(
                        "Members of %(company)s have the price list %(pricelist)s by"
                        " the benefit %(benefit)s. Archive the benefit first.",
                        company=benefit.company_id.name,
                        pricelist=benefit._get_pricelist().name,
                        benefit=benefit.name,
                    )
                )

    def action_open_to_everybody(self):
        """Make an ordinary price list of one that no benefit gives any more.

        :raises UserError: when a benefit gives it
        """
        self.check_access("write")
        self._check_not_given()
        if kept := self.filtered("member_benefit_id")[:1]:
            raise UserError(
                self.env._(
                    "%(pricelist)s belongs to the benefit %(benefit)s. Duplicate the"
                    " price list, and open the copy.",
                    pricelist=kept.name,
                    benefit=kept.sudo().member_benefit_id.name,
                )
            )
        self.is_member_pricelist = False
        return True

    @api.model
    def _close_members_lists(self):
        """Let nobody have a price list of members any more, nor the benefits."""
        lists = self.sudo().search([("is_member_pricelist", "=", True)])
        lists._find_giving_benefits().active = False
        lists.filtered("active").active = False

    def _keep_for_members(self):
        """Keep a price list for members from now on.

        :raises UserError: when customers have it chosen on their contact
        """
        self.ensure_one()
        if self.is_member_pricelist:
            return
        chosen = self._find_customers_with_it()
        if chosen:
            raise UserError(
                self.env._(
                    "The price list %(pricelist)s is chosen on the contact"
                    " %(customer)s. Give members a copy of it, or take it off the"
                    " contact: members get it by their benefit.",
                    pricelist=self.name,
                    customer=chosen[0].display_name,
                )
            )
        self.is_member_pricelist = True

    def _find_customers_with_it(self):
        """Find contacts on which the price list is chosen, in any company."""
        customers = self.env["res.partner"].sudo().with_context(active_test=False)
        own = [("id", "=", self.company_id.id)] if self.company_id else []
        for company in self.env["res.company"].sudo().search(own):
            if found := customers.with_company(company).search(
                [("specific_property_product_pricelist", "=", self.id)], limit=1
            ):
                return found
        return customers

    @api.model
    @tools.ormcache()
    def _get_member_pricelist_ids(self):
        """Return the ids of the price lists for members, without asking again."""
        lists = self.sudo().with_context(active_test=False)
        return frozenset(lists.search([("is_member_pricelist", "=", True)]).ids)

    def _is_for_members(self):
        """Tell whether this is a price list for members, without asking."""
        return self._origin.id in self._get_member_pricelist_ids()

    def _get_price_rules(self):
        """Return the rules of the price list as ``Rule`` of ``logic``."""
        return [
            Rule(
                item.percent_price,
                item.base_pricelist_id.id or None,
                item.categ_id.id or None,
            )
            for item in self.item_ids
        ]

    @api.model
    def _get_partner_pricelist_multi(self, partner_ids):
        """Override of `product`: a price list by a benefit beats the country's.

        One that is chosen on the contact beats the benefit's.
        """
        found = super()._get_partner_pricelist_multi(partner_ids)
        granted = self._is_any_member_price_granted()
        if not granted or not self.env["res.groups"]._is_feature_enabled(PRICELISTS):
            return found
        partners = self.env["res.partner"].with_context(active_test=False)
        others = partners.browse(partner_ids).filtered(
            lambda partner: not self._get_chosen_pricelist(partner)
        )
        for partner_id, lists in self._find_member_pricelists(others).items():
            if usable := lists._filter_usable_here()[:1]:
                found[partner_id] = usable
        return found

    @api.model
    def _get_normal_pricelists(self, partner_ids):
        """Return the price lists that customers would have without membership."""
        return super()._get_partner_pricelist_multi(partner_ids)

    @api.model
    def _get_chosen_pricelist(self, partner):
        """Return the price list chosen on a contact, if it holds."""
        chosen = partner.specific_property_product_pricelist
        return chosen._get_partner_pricelist_multi_filter_hook()

    @api.model
    def _is_any_member_price_granted(self):
        """Tell whether the company grants prices to any member, without asking."""
        benefits = self.env["member.benefit"]
        return benefits._is_kind_granted(self.env.company, *PRICE_KINDS)

    @api.model
    def _find_member_pricelists(self, partners, with_used_up=False):
        """Return the price lists that customers have by benefits, the first one first.

        :param with_used_up: also those that they may use no more in this period
        :return: {partner id: price lists}
        """
        company = self.env.company
        day = company._member_today()
        granted = self.env["member.benefit"]._find_granted(
            partners, company, day, *PRICE_KINDS
        )
        return {
            partner_id: self.browse(
                benefit._get_pricelist().id
                for membership, benefit in pairs
                if with_used_up
                or not benefit.quota
                or benefit._get_available(membership, day)
            )
            for partner_id, pairs in granted.items()
        }

    def _is_entitled(self, partner):
        """Tell whether a customer may have this price list, in the current company."""
        self.ensure_one()
        if not self._is_for_members():
            return True
        if not self._is_any_member_price_granted():
            return False
        lists = self._find_member_pricelists(partner, with_used_up=True)
        return self._origin.id in lists[partner.id].ids

    def _filter_usable_here(self):
        """Return the price lists that can be used where the customer is.

        Seam: the shop leaves out those of other websites.
        """
        return self.filtered(lambda one: one.sudo().active)

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        """Override of `product`: no list for members is anybody's fallback."""
        domain = super()._get_partner_pricelist_multi_search_domain_hook(company_id)
        return [*domain, ("is_member_pricelist", "=", False)]

    def _get_partner_pricelist_multi_filter_hook(self):
        """Override of `product`: no list for members is chosen on a contact."""
        lists = super()._get_partner_pricelist_multi_filter_hook()
        return lists.filtered(lambda one: not one._is_for_members())
