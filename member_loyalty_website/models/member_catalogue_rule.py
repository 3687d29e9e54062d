from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..logic.catalogue import Market, Members, Range, Rule


class MemberCatalogueRule(models.Model):
    """Who sees some products in the shop: members, or a market.

    A rule of the shop: salespeople see and sell everything.
    """

    _name = "member.catalogue.rule"
    _description = "Catalogue Rule"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    website_id = fields.Many2one(
        comodel_name="website",
        domain="[('company_id', '=', company_id)]",
        tracking=True,
        help="Empty: on every website of the company.",
    )

    product_tmpl_ids = fields.Many2many(
        comodel_name="product.template",
        relation="member_catalogue_rule_product_template_rel",
        column1="rule_id",
        column2="product_tmpl_id",
        string="Products",
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        string="Product Categories",
        help="All products of these categories, and of those below them.",
    )
    public_category_ids = fields.Many2many(
        comodel_name="product.public.category",
        string="Shop Categories",
        help="All products of these categories of the shop, and of those below them."
        " The categories themselves are not shown either.",
    )

    kind = fields.Selection(
        selection=[("members", "Members only"), ("market", "Market")],
        required=True,
        default="members",
        tracking=True,
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        domain="[('company_id', '=', company_id)]",
        tracking=True,
        ondelete="restrict",
    )
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        # without it, the rule would let in every member
        ondelete="restrict",
        domain="[('program_id', '=', program_id)]",
        help="Members in one of these tiers. Without tiers and tags: every member.",
    )
    tag_ids = fields.Many2many(
        comodel_name="member.tag",
        string="Tags",
        ondelete="restrict",
        context={"active_test": False},
        help="Members with one of these tags too, in any tier.",
    )
    is_teaser = fields.Boolean(
        string="Show with a Lock",
        tracking=True,
        help="Others see the products and for whom they are, but no price, and cannot"
        " buy them. Otherwise the products are not in the shop for them at all.",
    )
    is_excluded = fields.Selection(
        selection=[("no", "Shown only to"), ("yes", "Hidden from")],
        string="The Market",
        required=True,
        default="no",
        tracking=True,
    )
    country_ids = fields.Many2many(comodel_name="res.country", string="Countries")
    country_group_ids = fields.Many2many(
        comodel_name="res.country.group", string="Country Groups"
    )
    lang_ids = fields.Many2many(
        comodel_name="res.lang",
        string="Languages",
        help="The language of the page. With countries: both have to fit.",
    )
    date_from = fields.Date(string="From", tracking=True)
    date_to = fields.Date(string="Until", tracking=True, help="Last day, included.")

    @api.constrains("product_tmpl_ids", "category_ids", "public_category_ids")
    def _check_speaks_of_something(self):
        for rule in self:
            named = rule.product_tmpl_ids or rule.category_ids
            if not named and not rule.public_category_ids:
                raise ValidationError(
                    self.env._(
                        "%(rule)s speaks of no product. Choose products or categories.",
                        rule=rule.name,
                    )
                )

    @api.constrains(
        *("kind", "program_id", "tier_ids", "country_ids"),
        *("country_group_ids", "lang_ids"),
    )
    def _check_lets_somebody_in(self):
        for rule in self:
            if rule.kind == "members" and not rule.program_id:
                raise ValidationError(
                    self.env._(
                        "%(rule)s is for members. Choose the program.", rule=rule.name
                    )
                )
            foreign = rule.tier_ids.program_id - rule.program_id
            if rule.kind == "members" and foreign:
                raise ValidationError(
                    self.env._(
                        "%(rule)s names tiers of another program. Choose tiers of"
                        " %(program)s.",
                        rule=rule.name,
                        program=rule.program_id.name,
                    )
                )
            market = rule.country_ids or rule.country_group_ids or rule.lang_ids
            if rule.kind == "market" and not market:
                raise ValidationError(
                    self.env._(
                        "%(rule)s names no market. Choose countries, country groups or"
                        " languages.",
                        rule=rule.name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for rule in self:
            if rule.date_from and rule.date_to and rule.date_from > rule.date_to:
                raise ValidationError(
                    self.env._(
                        "%(rule)s would end before it begins. Choose a later last day.",
                        rule=rule.name,
                    )
                )

    @api.constrains("company_id", "website_id", "program_id")
    def _check_company(self, fnames=None):
        for rule in self:
            others = rule.website_id.company_id | rule.program_id.company_id
            if others - rule.company_id:
                raise ValidationError(
                    self.env._(
                        "Website, program and rule %(rule)s have to belong to one"
                        " company.",
                        rule=rule.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self._forget_rules()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._forget_rules()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_rules()
        return result

    @api.model
    def _forget_rules(self):
        """Have the rules asked for anew, also by who looked before the commit.

        The map of the site is made anew, too: Odoo keeps it for half a day.
        """
        maps = [("url", "=like", "/sitemap-%.xml"), ("type", "=", "binary")]
        self.env["ir.attachment"].sudo().search(maps).unlink()
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    @tools.ormcache("website_id")
    def _get_rules(self, website_id):
        """Return the rules of a website as plain data, whoever visits it.

        Kept, so that a shop without rules pays for no question.

        :rtype: tuple[Rule, ...]
        """
        website = self.env["website"].sudo().browse(website_id)
        rules = self.sudo().search(
            [
                ("company_id", "=", website.company_id.id),
                ("website_id", "in", (False, website_id)),
            ]
        )
        return tuple(rule._prepare_rule() for rule in rules)

    def _prepare_rule(self):
        """Return the rule as plain data."""
        self.ensure_one()
        if self.kind == "members":
            audience = Members(
                program=self.program_id.id,
                tiers=frozenset(self.tier_ids.ids),
                tags=frozenset(self.tag_ids.ids),
            )
        else:
            countries = self.country_ids | self.country_group_ids.country_ids
            audience = Market(
                countries=frozenset(countries.mapped("code")),
                languages=frozenset(self.lang_ids.mapped("code")),
                is_excluded=self.is_excluded == "yes",
            )
        return Rule(
            rule_id=self.id,
            range=Range(
                templates=frozenset(self.product_tmpl_ids.ids),
                categories=frozenset(self.category_ids.ids),
                shop_categories=frozenset(self.public_category_ids.ids),
            ),
            audience=audience,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            is_teaser=self.kind == "members" and self.is_teaser,
        )

    @api.model
    def _get_covered_domain(self, rule):
        """Return the products that a rule speaks of, as a search."""
        named = rule.range
        covered = Domain.FALSE
        if named.templates:
            covered |= Domain("member_catalogue_rule_ids", "in", [rule.rule_id])
        if named.categories:
            below = self._get_below("product.category", named.categories)
            covered |= Domain("categ_id", "in", below)
        if named.shop_categories:
            below = self._get_below("product.public.category", named.shop_categories)
            covered |= Domain("public_categ_ids", "in", below)
        return covered

    @api.model
    def _get_below(self, model, categories):
        """Return categories and those below them, asked once in a request.

        With rights: visitors do not find what is hidden from them, so that a search
        by "child_of" in their name would leave nothing out.
        """
        known = self.env["website"]._get_known(f"below_{model}")
        if categories not in known:
            below = self.env[model].sudo().with_context(active_test=False)
            found = below.search([("id", "child_of", sorted(categories))])
            known[categories] = found.ids
        return known[categories]
