from odoo import api, fields, models
from odoo.fields import Domain


class MemberSegmentHolder(models.AbstractModel):
    """Finding records by the segments that their members are in.

    A model says with :meth:`_get_segment_domain` which of its records those are.
    """

    _name = "member.segment.holder"
    _description = "Filter by Segment"

    member_segment_id = fields.Many2one(
        comodel_name="member.segment",
        string="Segment",
        store=False,
        search="_search_member_segment_id",
        groups="member_loyalty.member_loyalty_group_user",
        help="To filter by: is in the segment today.",
    )

    @api.model
    def _search_member_segment_id(self, operator, value):
        """Return the domain of what is in any of the segments.

        Nothing (False) stands for what is in no segment.
        """
        segments = self.env["member.segment"]
        if operator in ("any", "any!"):
            return self._get_segment_domain(segments.search(Domain("id", "in", value)))
        if operator != "in":
            return NotImplemented
        every = segments.with_context(active_test=False)
        found = every.search([("id", "in", [one for one in value if one])])
        domain = self._get_segment_domain(found)
        if False in value:
            domain |= ~self._get_segment_domain(segments.search([("id", "!=", False)]))
        return domain

    @api.model
    def _get_segment_domain(self, segments):
        """Return the domain of the records whose members are in the segments."""
        raise NotImplementedError


class MemberMembershipSegments(models.AbstractModel):
    """Members by the segments that they are in."""

    _name = "member.membership.segments"
    _description = "Members by Segment"
    _inherit = ["member.segment.holder"]

    @api.model
    def _get_segment_domain(self, segments):
        """Override of `member.segment.holder`: the members themselves."""
        return segments._find_members(segments)


class MemberPartnerSegments(models.AbstractModel):
    """Contacts by the segments that they are in."""

    _name = "member.partner.segments"
    _description = "Contacts by Segment"
    _inherit = ["member.segment.holder"]

    @api.model
    def _get_segment_domain(self, segments):
        """Override of `member.segment.holder`: contacts that are members."""
        members = segments._find_members(segments)
        return Domain("member_membership_ids", "any", members)
