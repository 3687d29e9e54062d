from odoo import api, fields, models

from ..queries import customer_groups
from .member_score import SEGMENTS


class MemberPartnerSegment(models.AbstractModel):
    """The segment of a contact, or of its company, in the current company."""

    _name = "member.partner.segment"
    _description = "Segment of a Contact"

    member_segment = fields.Selection(
        selection=SEGMENTS,
        string="RFM Segment",
        compute="_compute_member_segment",
        search="_search_member_segment",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="Of the contact or its company, as scored last night in the current"
        " company.",
    )

    # whose inquiry it is, is looked up by mail address and by domain
    _member_mail = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _member_mail_domain = models.Index(
        "(split_part(email_normalized, '@', 2)) WHERE email_normalized IS NOT NULL"
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_member_segment(self):
        segments = self._get_member_segments(self.env.company)
        for partner in self:
            partner.member_segment = segments.get(partner.id, False)

    def _get_member_segments(self, company):
        """Return the segments in a company's first program, by partner id.

        Whoever has none is left out.
        """
        program = self.env["member.program"]._get_company_programs(company)[:1]
        if not program or not self:
            return {}
        found = dict(
            self.env.execute_query(
                customer_groups.segments_of_contacts(
                    self.env, company.id, program.member_level, self._origin.ids
                )
            )
        )
        return {
            partner.id: found[partner._origin.id]
            for partner in self
            if partner._origin.id in found
        }

    @api.model
    def _search_member_segment(self, operator, value):
        if operator != "in":
            return NotImplemented
        level = self._get_member_level()
        company_id = self.env.company.id

        def find(segments):
            query = customer_groups.contacts_in_segments(
                self.env, company_id, level, segments
            )
            return fields.Domain("id", "in", query)

        found = find([one for one in value if one])
        if False in value:
            found |= ~find([segment for segment, _label in SEGMENTS])
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        """Override of `base` to group contacts by their segment."""
        if field_expr != "member_segment" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        score = query.make_alias(alias, "member_score")
        query.add_join(
            "LEFT JOIN",
            score,
            "member_score",
            customer_groups.score_of_contact(
                self.env, alias, score, self.env.company.id, self._get_member_level()
            ),
        )
        return customer_groups.group_held(score, "member_score")
