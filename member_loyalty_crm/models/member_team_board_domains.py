from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

TIER_DAYS = 90
TIER_CHANCE = 0.5
LOW_CHANCE = 0.3
INQUIRY_DAYS = 90
NOBODY = -1


class MemberTeamBoardDomains(models.AbstractModel):
    """What each figure of the overview counts, and the list that shows it."""

    _name = "member.team.board.domains"
    _description = "What the Overview Counts"

    @api.model
    def _get_member_domain(self, program, user_id):
        """Return the domain of the members that a salesperson looks after.

        :param int user_id: 0 for everybody's, -1 for those whom nobody looks after
        """
        domain = Domain("program_id", "=", program.id) & Domain("active", "=", True)
        if not user_id:
            return domain & Domain("partner_id", "any", Domain.TRUE)
        user_id = False if user_id == NOBODY else int(user_id)
        return domain & Domain("partner_id", "any", [("user_id", "=", user_id)])

    @api.model
    def _get_risk_domain(self, key):
        """Return the domain of the members at a risk."""
        today = self.env.company._member_today()
        if key == "tier":
            ends = Domain("has_tier_loss", "=", True)
            ends &= Domain("tier_loss_chance", ">=", TIER_CHANCE)
            ends &= Domain("tier_loss_on", ">=", today)
            ends &= Domain("tier_loss_on", "<=", today + timedelta(days=TIER_DAYS))
            return Domain("forecast_ids", "any", ends)
        if key == "chance":
            low = Domain("has_return_chance", "=", True)
            low &= Domain("return_chance", "<", LOW_CHANCE)
            return Domain("forecast_ids", "any", low)
        if key == "signal":
            return Domain("signal_ids", "any", [("ended_on", "=", False)])
        return Domain("risk_is_overdue", "=", True)

    @api.model
    def _get_any_risk_domain(self):
        """Return the domain of the members at any risk."""
        return Domain.OR(
            self._get_risk_domain(key) for key in ("tier", "chance", "signal", "unpaid")
        )

    @api.model
    def _get_opportunity_domain(self, user_id, tier):
        """Return the domain of open opportunities of members of a tier."""
        domain = Domain("type", "=", "opportunity") & Domain("active", "=", True)
        domain &= Domain("won_status", "=", "pending")
        domain &= Domain("member_tier_id", "in", tier.ids)
        return domain & self._get_owner_domain(user_id)

    @api.model
    def _get_inquiry_domain(self, user_id):
        """Return the domain of what was asked in the last 90 days."""
        since = self.env.company._member_today() - timedelta(days=INQUIRY_DAYS - 1)
        domain = Domain("member_inquiry_state", "not in", (False, "none"))
        domain &= Domain("member_inquiry_on", ">=", since)
        domain &= Domain("company_id", "in", (False, self.env.company.id))
        return domain & self._get_owner_domain(user_id)

    @api.model
    def _get_owner_domain(self, user_id):
        """Return the domain of leads of a salesperson."""
        if not user_id:
            return Domain.TRUE
        return Domain("user_id", "=", False if user_id == NOBODY else int(user_id))

    @api.model
    def get_action(self, what, key=None, user_id=0):
        """Return the action that shows the records behind a figure.

        :param str what: "tier", "risk", "signal", "call", "opportunity" or
            "inquiry"
        :param key: the tier's id, the kind of risk or signal, "late" or another kind
            of calls, the inquiry's state
        :param int user_id: whose, as in :meth:`get_board`
        :raises AccessError: for those who may not see members
        """
        self.env["member.membership"].check_access("read")
        program = self.env["member.program"]._get_company_programs(self.env.company)[:1]
        members = self._get_member_domain(program, user_id)
        tiers = program._get_tiers().filtered(lambda tier: tier.id == key)
        if what == "tier":
            domain = members & Domain("tier_id", "in", tiers.ids) if key else members
            return self._open("member_loyalty.member_membership_action", domain)
        if what == "risk":
            domain = self._get_risk_domain(key) if key else self._get_any_risk_domain()
            action = "member_loyalty_crm.member_membership_risk_action"
            return self._open(action, members & domain)
        if what == "signal":
            domain = Domain("ended_on", "=", False) & Domain("kind", "=", key)
            domain &= Domain("membership_id", "any", members)
            return self._open("member_loyalty_crm.member_signal_action", domain)
        if what == "call":
            domain = self._get_call_domain(user_id, key)
            return self._open("member_loyalty_crm.member_call_action", domain)
        if what == "opportunity":
            domain = self._get_opportunity_domain(user_id, tiers)
            return self._open("crm.crm_lead_opportunities", domain)
        domain = self._get_inquiry_domain(user_id)
        domain &= Domain("member_inquiry_state", "=", key)
        action = self._open("crm.crm_lead_all_leads", domain)
        return action | {"context": {"active_test": False, "create": False}}

    @api.model
    def _open(self, name, domain):
        """Return a native action with a domain, without the filters it starts with."""
        action = self.env["ir.actions.actions"]._for_xml_id(name)
        return {
            **action,
            "id": False,
            "path": False,
            "domain": list(domain),
            "context": {"create": False},
        }
