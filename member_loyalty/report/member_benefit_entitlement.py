from odoo import api, fields, models
from odoo.tools import SQL

from ..models.member_benefit import FAMILIES
from ..queries import benefit_entitlement as queries


class MemberBenefitEntitlement(models.Model):
    """A benefit that a member has today, how often it was used and what is left."""

    _name = "member.benefit.entitlement"
    _description = "Benefit of a Member"
    _auto = False
    _order = "membership_id, sequence, benefit_id"
    _rec_name = "benefit_id"
    _depends = {
        "member.membership": ["partner_id", "program_id", "tier_id", "active"],
        "member.benefit": [
            *("program_id", "company_id", "family", "kind", "sequence", "active"),
            *("quota", "quota_period", "date_from", "date_to"),
            *("tier_ids", "tag_ids", "gift_occasion"),
        ],
        "member.activity": ["order_count", "commercial_partner_id"],
        "member.benefit.allowance": ["used", "last_used_on"],
        "member.tag": ["active"],
        "res.partner": ["member_tag_ids"],
    }

    membership_id = fields.Many2one(comodel_name="member.membership", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Member", readonly=True
    )
    tier_id = fields.Many2one(comodel_name="member.tier", readonly=True)
    benefit_id = fields.Many2one(comodel_name="member.benefit", readonly=True)
    program_id = fields.Many2one(comodel_name="member.program", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    family = fields.Selection(selection=FAMILIES, readonly=True)
    kind = fields.Char(readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    quota = fields.Integer(string="Granted", readonly=True, aggregator=None)
    used = fields.Integer(readonly=True, help="In the benefit's period.")
    available = fields.Integer(
        string="Still Left", readonly=True, help="Empty: any number of times."
    )
    usable_until = fields.Date(readonly=True)
    last_used_on = fields.Date(string="Last Used", readonly=True)
    tier_color = fields.Integer(related="tier_id.color")
    realised_by = fields.Selection(related="benefit_id.kind", string="Realised by")
    icon = fields.Selection(related="benefit_id.icon")
    member_text = fields.Text(related="benefit_id.member_text")
    usage_text = fields.Text(related="benefit_id.usage_text")
    left_text = fields.Char(string="Left in Words", compute="_compute_left_text")

    @property
    def _table_query(self):
        """Return a row for each member and benefit."""
        return queries.entitlements(self.env.company._member_today())

    def _as_query(self, ordered=True):
        """Override of `base` to read rows by their members, not among everybody's.

        What a row's id is made of has no index; the member that it names has.
        """
        query = super()._as_query(ordered)
        if self._ids:
            query.add_where(
                SQL(
                    "%s = ANY(%s)",
                    SQL.identifier(self._table, "membership_id"),
                    queries.memberships_of(self._ids),
                )
            )
        return query

    def _compute_left_text(self):
        for one in self:
            if one.kind == "gift":
                one.left_text = self.env._("On the occasion")
            elif one.kind == "first_order" and not one.quota:
                one.left_text = self.env._("On the first order")
            elif not one.quota:
                one.left_text = self.env._("Any number of times")
            else:
                one.left_text = self.env._(
                    "%(left)s of %(quota)s", left=one.available, quota=one.quota
                )

    @api.model
    def _get_action(self, memberships):
        """Return the action that shows what these memberships have."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_benefit_entitlement_action"
        )
        action["domain"] = [("membership_id", "in", memberships.ids)]
        action["context"] = {"search_default_group_family": 1}
        return action

    def action_record_use(self):
        """Open the form that records a use of this benefit by this member."""
        self.ensure_one()
        action = self.membership_id.action_record_benefit()
        action["context"]["default_benefit_id"] = self.benefit_id.id
        return action
