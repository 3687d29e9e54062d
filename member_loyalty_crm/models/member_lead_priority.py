from odoo import api, fields, models

from odoo.addons.member_loyalty.models.member_benefit_priority import PRIORITIES


class MemberLeadPriority(models.AbstractModel):
    """Gives the stars to a lead that its customer is promised."""

    _name = "member.lead.priority"
    _description = "Priority of a Member's Lead"

    member_priority = fields.Selection(
        selection=PRIORITIES,
        string="Priority of Member",
        default="0",
        readonly=True,
        copy=False,
        help="The stars that a benefit promised the customer when the lead was made, or"
        " when it got its customer. You may change the lead's own stars.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `crm` to answer members first who are promised that."""
        leads = super().create(vals_list)
        leads._answer_first()
        return leads

    def write(self, vals):
        """Override of `crm` to answer members first, once it is known who asks."""
        changing = self.browse()
        if vals.get("partner_id"):
            changing = self.filtered(
                lambda lead: lead.partner_id.id != vals["partner_id"]
            )
        result = super().write(vals)
        changing._answer_first()
        return result

    def _answer_first(self):
        """Give leads the stars that their customers are promised; never take any.

        One lead of each member after the other, so that quotas hold; members of one
        benefit together.
        """
        found = self.env["member.benefit"]._find_priorities(self, "partner_id")
        waiting = [(lead, *found[lead.id]) for lead in self.sudo() if lead.id in found]
        while waiting:
            first = {
                membership.id: (lead, membership, benefit)
                for lead, membership, benefit in reversed(waiting)
            }
            waiting = [one for one in waiting if one not in first.values()]
            used = {}
            for lead, membership, benefit in first.values():
                if lead._may_use(membership, benefit):
                    used.setdefault(benefit, {})[membership] = lead
            for benefit, leads in used.items():
                self._use_priority(benefit, leads)

    @api.model
    def _use_priority(self, benefit, leads):
        """Give stars to one lead each of several members, and record the uses.

        :param dict leads: a lead by membership
        """
        self.browse(lead.id for lead in leads.values()).sudo()._raise_priority(
            benefit.priority_level
        )
        memberships = self.env["member.membership"].sudo().union(*leads)
        benefit._use_once_each(
            memberships, sources={one.id: lead for one, lead in leads.items()}
        )

    def _may_use(self, membership, benefit):
        """Tell whether a lead is one that the member may have answered first."""
        self.ensure_one()
        if self.member_priority not in (False, "0"):
            return False
        if not benefit.quota:
            return True
        return bool(
            benefit._get_available(membership, benefit.company_id._member_today())
        )

    def _raise_priority(self, level):
        """Write stars on leads that have fewer."""
        lower = self.filtered(lambda lead: (lead.priority or "0") < level)
        lower.write({"priority": level})
        self.write({"member_priority": level})
