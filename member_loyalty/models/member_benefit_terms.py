from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic.benefit_entitlement import Terms


class MemberBenefitTerms(models.AbstractModel):
    """Whom a benefit is granted to, from when until when, and how often."""

    _name = "member.benefit.terms"
    _description = "Terms of a Benefit"

    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        relation="member_benefit_member_tier_rel",
        column1="member_benefit_id",
        column2="member_tier_id",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        copy=True,
        help="Members in one of these tiers have the benefit.",
    )
    tag_ids = fields.Many2many(
        comodel_name="member.tag",
        relation="member_benefit_member_tag_rel",
        column1="member_benefit_id",
        column2="member_tag_id",
        string="Tags",
        copy=True,
        # an archived tag grants nothing; without it, everybody would be granted
        context={"active_test": False},
        help="Members with one of these tags have the benefit too, in any tier.",
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        relation="member_benefit_product_category_rel",
        column1="member_benefit_id",
        column2="product_category_id",
        string="Product Line",
        copy=True,
        help="The benefit holds for products of these categories and below them only."
        " Empty: for every product.",
    )
    date_from = fields.Date(string="From", tracking=True)
    date_to = fields.Date(string="Until", tracking=True, help="Last day, included.")
    quota = fields.Integer(
        string="Uses per Member",
        tracking=True,
        help="How often a member may use the benefit in the period. 0: any number of"
        " times.",
    )
    quota_period = fields.Selection(
        selection=[
            ("month", "a month"),
            ("quarter", "a quarter"),
            ("year", "a year"),
            ("ever", "ever"),
        ],
        string="Period",
        required=True,
        default="year",
        tracking=True,
    )

    @api.constrains("tier_ids", "tag_ids", "category_ids", "active")
    def _check_granted_to_somebody(self):
        for benefit in self:
            if benefit.active and not (
                benefit.tier_ids or benefit.tag_ids or benefit.category_ids
            ):
                raise ValidationError(
                    self.env._(
                        "Nobody has the benefit %(benefit)s. Choose at least one tier"
                        " or tag, or a product line for which every member has it.",
                        benefit=benefit.name,
                    )
                )

    @api.constrains("tier_ids", "program_id")
    def _check_tiers_of_program(self):
        for benefit in self:
            foreign = benefit.tier_ids.filtered(
                lambda tier, one=benefit: tier.program_id != one.program_id
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s is not one of %(program)s. Grant"
                        " %(benefit)s to tiers of its own program.",
                        tier=foreign[0].name,
                        program=benefit.program_id.name,
                        benefit=benefit.name,
                    )
                )

    @api.constrains("tag_ids", "program_id")
    def _check_tags_of_company(self):
        for benefit in self:
            foreign = benefit.tag_ids.filtered(
                lambda tag, one=benefit: (
                    tag.company_id and tag.company_id != one.company_id
                )
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s belongs to %(company)s. Choose a tag of the"
                        " program's own company, or one of all companies.",
                        tag=foreign[0].name,
                        company=foreign[0].company_id.name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        for benefit in self:
            if (
                benefit.date_from
                and benefit.date_to
                and benefit.date_to < benefit.date_from
            ):
                raise ValidationError(
                    self.env._(
                        "%(benefit)s would end before it begins. Choose a last day"
                        " that is not before the first.",
                        benefit=benefit.name,
                    )
                )

    @api.model
    def _check_stay_narrow(self, name, going):
        """Let what is deleted go unless benefits would hold for more without it.

        :param str name: ``tier_ids``, ``tag_ids`` or ``category_ids``
        :param going: the records that are about to be deleted
        :raises UserError: for those that are all that narrows a benefit
        """
        benefits = self.sudo().with_context(active_test=False)
        for benefit in benefits.search([(name, "in", going.ids)]):
            rest = set(benefit[name]) - set(going)
            if name != "category_ids":
                rest |= {*benefit.tier_ids, *benefit.tag_ids} - set(going)
            if not rest:
                self._refuse_widening(benefit, going & benefit[name])

    @api.model
    def _refuse_widening(self, benefit, going):
        """Say that a benefit would be granted to everybody, or for everything.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "The benefit %(benefit)s holds by %(name)s alone: without it, it would"
                " hold for more. Choose another tier, tag or product line for the"
                " benefit first.",
                benefit=benefit.name,
                name=going[0].display_name,
            )
        )

    def _get_terms(self):
        """Return whom the benefit is granted to, as ``Terms`` of ``logic``."""
        self.ensure_one()
        return Terms(
            frozenset(self.tier_ids.ids),
            frozenset(self.tag_ids.ids),
            self.date_from or None,
            self.date_to or None,
            self.quota,
            self.quota_period,
        )
