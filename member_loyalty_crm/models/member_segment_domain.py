import ast
import re
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..queries import segment_members

PROMOTION_DAYS = 365
OF_ANY_SEGMENT = re.compile(r"member_segment_id")
OF_ANY_TAG = re.compile(r"\b(member_)?tag_ids\b")


class MemberSegmentDomain(models.AbstractModel):
    """Who is in a segment, as a domain on members."""

    _name = "member.segment.domain"
    _description = "Domain of a Segment"

    def _get_domain(self):
        """Return the domain of the segment's members, as of today.

        Purchases and products are those of the segment's company, whatever companies
        the user looks at. Rights are those of whoever searches by it.

        :rtype: odoo.fields.Domain on ``member.membership``
        """
        self.ensure_one()
        program = self.program_id._origin
        if not program:
            return Domain.FALSE
        segment = self.with_context(
            allowed_company_ids=program.sudo().company_id.ids, active_test=False
        )
        return Domain.AND(
            [
                Domain("program_id", "=", program.id),
                Domain("active", "=", True),
                *segment._get_domains(),
            ]
        )

    def _get_domains(self):
        """Return the conditions, all of which must hold.

        Seam: another module adds its own.
        """
        return [
            *self._get_standing_domains(),
            *self._get_contact_domains(),
            *self._get_score_domains(),
            *self._get_purchase_domains(),
            *self._get_benefit_domains(),
            self._get_extra_domain(),
        ]

    def _get_today(self):
        """Return the day it is in the segment's company."""
        return self.program_id._origin.sudo().company_id._member_today()

    def _get_first_day(self, days):
        """Return the first of the last ``days`` days, of which today is one."""
        return self._get_today() - timedelta(days=days - 1)

    def _get_standing_domains(self):
        """Return the conditions on the membership itself."""
        domains = []
        if self.tier_ids:
            domains.append(Domain("tier_id", "in", self.tier_ids.ids))
        if self.joined_from:
            domains.append(Domain("joined_on", ">=", self.joined_from))
        if self.joined_until:
            domains.append(Domain("joined_on", "<=", self.joined_until))
        if self.joined_within_days:
            first = self._get_first_day(self.joined_within_days)
            domains.append(Domain("joined_on", ">=", first))
        return domains

    def _get_contact_domains(self):
        """Return the conditions on the member's contact, as one."""
        domains = [
            Domain("member_tag_ids", "in", tag.ids)
            for tag in (self.tag_any_ids, *self.tag_all_ids)
            if tag
        ]
        if self.tag_none_ids:
            domains.append(~Domain("member_tag_ids", "in", self.tag_none_ids.ids))
        if self.country_ids or self.country_group_ids:
            countries = self.country_ids | self.country_group_ids.country_ids
            domains.append(Domain("country_id", "in", countries.ids))
        if self.user_ids:
            domains.append(Domain("user_id", "in", self.user_ids.ids))
        if self.team_ids:
            seats = self.env["crm.team.member"].sudo()
            found = seats.search([("crm_team_id", "in", self.team_ids.ids)])
            domains.append(Domain("user_id", "in", found.user_id.ids))
        return [Domain("partner_id", "any", Domain.AND(domains))] if domains else []

    def _get_score_domains(self):
        """Return the conditions on what was worked out last night."""
        scores = []
        if self.rfm_segment_ids:
            scores.append(Domain("segment", "in", self.rfm_segment_ids.mapped("code")))
        if self.stage_ids:
            scores.append(Domain("stage", "in", self.stage_ids.mapped("code")))
        if self.value_score_min > 0:
            scores.append(Domain("value_score", ">=", self.value_score_min))
        if self.value_score_max < 100:
            scores.append(Domain("value_score", "<=", self.value_score_max))
        scores += [
            Domain(name, ">=", self[f"{name}_min"])
            for name in ("recency", "frequency", "monetary")
            if self[f"{name}_min"]
        ]
        domains = [Domain("score_ids", "any", Domain.AND(scores))] if scores else []
        if self.return_chance_below:
            forecast = Domain("has_return_chance", "=", True) & Domain(
                "return_chance", "<", self.return_chance_below
            )
            domains.append(Domain("forecast_ids", "any", forecast))
        return domains

    def _get_purchase_domains(self):
        """Return the conditions on what was bought, when and how."""
        members = self.env["member.membership"]
        domains = []
        if self.purchase_history:
            never = self.purchase_history == "never"
            domains.append(members._bought_since(None, never))
        if self.bought_within_days:
            first = self._get_first_day(self.bought_within_days)
            domains.append(members._bought_since(first))
        if self.not_bought_within_days:
            first = self._get_first_day(self.not_bought_within_days)
            domains.append(members._bought_since(first, True))
        if bought := self._find_buyers("bought"):
            domains.append(Domain.OR(bought))
        domains += [~one for one in self._find_buyers("not_bought")]
        if self.promotion_share_min:
            domains.append(Domain("partner_id", "in", self._find_with_promotions()))
        return domains

    def _find_buyers(self, prefix):
        """Return domains of those who bought one of the products, the categories."""
        members = self.env["member.membership"]
        products = self[f"{prefix}_product_ids"].ids
        categories = self[f"{prefix}_category_ids"].ids
        domains = []
        if products:
            domains.append(members._search_member_bought_product_id("in", products))
        if categories:
            domains.append(members._search_member_bought_category_id("in", categories))
        return domains

    def _find_with_promotions(self):
        """Return the query of the members who buy with promotions."""
        program = self.program_id._origin.sudo()
        return segment_members.with_promotions(
            self.env,
            program.company_id.id,
            program.member_level,
            self._get_first_day(PROMOTION_DAYS),
            self.promotion_share_min,
        )

    def _get_benefit_domains(self):
        """Return the conditions on benefits and points."""
        domains = []
        if self.unused_benefit_ids:
            unused = Domain("benefit_id", "in", self.unused_benefit_ids.ids)
            unused &= Domain("used", "=", 0)
            domains.append(Domain("benefit_entitlement_ids", "any", unused))
        if self.points_min:
            owners = segment_members.with_points(
                self.env, self.program_id._origin.sudo().wallet_id.id, self.points_min
            )
            domains.append(Domain("partner_id", "in", owners))
        return domains

    def _get_extra_domain(self):
        """Return the filter that somebody built, as a domain.

        :raises UserError: when it cannot be read
        """
        try:
            return Domain(ast.literal_eval(self.extra_domain or "[]"))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as bad:
            raise UserError(
                self.env._(
                    "The field “Anything Else” of the segment %(segment)s is not a"
                    " filter. Empty it and build it anew.",
                    segment=self.name or "",
                )
            ) from bad

    @api.constrains("extra_domain", "tag_id")
    def _check_extra_domain(self):
        """Let filters pass that work with the rights of who wrote them."""
        for segment in self:
            text = repr(list(segment._get_extra_domain()))
            segment._check_extra_words(text)
            try:
                segment.sudo(False)._try_extra_domain()
            except (ValueError, TypeError, KeyError) as bad:
                raise ValidationError(
                    self.env._(
                        "The field “Anything Else” of %(segment)s asks for something"
                        " that members do not have: %(problem)s",
                        segment=segment.name,
                        problem=str(bad),
                    )
                ) from bad

    def _check_extra_words(self, text):
        """Refuse filters that ask for segments, or for tags where one is kept.

        :raises ValidationError: when a segment could ask for itself
        """
        if OF_ANY_SEGMENT.search(text):
            raise ValidationError(
                self.env._(
                    "A segment does not ask for a segment. Enter the conditions of"
                    " the other one into %(segment)s.",
                    segment=self.name,
                )
            )
        if self.tag_id and OF_ANY_TAG.search(text):
            raise ValidationError(
                self.env._(
                    "%(segment)s keeps a tag and asks for tags in “Anything Else”."
                    " Ask for them in the fields for tags, so that no circle can"
                    " come about.",
                    segment=self.name,
                )
            )

    def _try_extra_domain(self):
        """Search by the filter, which raises when it does not work."""
        members = self.env["member.membership"]
        members.search(self._get_extra_domain() & Domain("id", "=", 0), limit=1)
