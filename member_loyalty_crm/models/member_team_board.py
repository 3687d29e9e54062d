from odoo import api, models
from odoo.fields import Domain

PEOPLE_SHOWN = 50
REPORTS = (
    "member_loyalty_crm.crm_lead_tier_action",
    "member_loyalty_crm.member_inquiry_report_action",
)


class MemberTeamBoard(models.AbstractModel):
    """What a salesperson looks at in the morning: the members, the risks, the chances.

    Everything is counted with the rights of the user, in the company at hand.
    """

    _name = "member.team.board"
    _description = "Overview of a Salesperson's Members"
    _inherit = ["member.team.board.domains", "member.team.board.calls"]

    @api.model
    @api.readonly
    def get_board(self, user_id=None):
        """Return the figures of the overview.

        :param user_id: whose members: a user's id, 0 for everybody's, None for mine
            or, when I have none, everybody's
        :raises AccessError: for those who may not see members
        """
        members = self.env["member.membership"]
        members.check_access("read")
        program = self.env["member.program"]._get_company_programs(self.env.company)[:1]
        if user_id is None:
            mine = self._get_member_domain(program, self.env.uid)
            user_id = self.env.uid if members.search_count(mine, limit=1) else 0
        board = {
            "user_id": user_id,
            "uid": self.env.uid,
            "user": self.env["res.users"].browse(max(user_id, 0)).display_name,
            "currency_id": self.env.company.currency_id.id,
            "program": program.display_name or "",
            "tiers": self._get_tiers(program, user_id),
            "risks": self._get_risks(program, user_id),
            "signals": self._get_signals(program, user_id),
            "calls": self._get_calls(user_id),
            "opportunities": self._get_opportunities(program, user_id),
            "inquiries": self._get_inquiries(user_id),
            "people": [] if user_id else self._get_people(program),
            "reports": self._get_reports(),
        }
        board["member_count"] = sum(tier["count"] for tier in board["tiers"])
        board["amount"] = sum(tier["amount"] for tier in board["tiers"])
        return board

    @api.model
    def _get_tiers(self, program, user_id):
        """Return the tiers from the highest: members, purchases, average value."""
        domain = self._get_member_domain(program, user_id)
        counts = dict(
            self.env["member.membership"]._read_group(domain, ["tier_id"], ["__count"])
        )
        scores = {
            tier: (amount, value)
            for tier, amount, value in self.env["member.score"]._read_group(
                Domain("membership_id", "any", domain),
                ["tier_id"],
                ["amount:sum", "value_score:avg"],
            )
        }
        return [
            {
                "id": tier.id,
                "name": tier.name,
                "color": tier.color,
                "count": counts.get(tier, 0),
                "amount": scores.get(tier, (0, 0))[0] or 0,
                "value": round(scores.get(tier, (0, 0))[1] or 0),
                "is_scored": tier in scores,
            }
            for tier in program._get_tiers()[::-1]
        ]

    @api.model
    def _get_risks(self, program, user_id):
        """Return what could be lost: how many members, and how much money."""
        members = self._get_member_domain(program, user_id)
        risks = []
        for key, label, hint in self._get_risk_labels():
            domain = members & self._get_risk_domain(key)
            count = self.env["member.membership"].search_count(domain)
            amount = self._get_risk_amount(key, domain) if count else 0
            risks.append(
                {
                    "key": key,
                    "label": label,
                    "hint": hint,
                    "count": count,
                    "amount": amount,
                }
            )
        return risks

    @api.model
    def _get_risk_labels(self):
        """Return the risks as (key, label, what the amount says)."""
        return [
            (
                "tier",
                self.env._("Will lose the tier within 90 days"),
                self.env._("in purchases"),
            ),
            ("chance", self.env._("Unlikely to come back"), self.env._("in purchases")),
            ("signal", self.env._("With open signals"), self.env._("in purchases")),
            ("unpaid", self.env._("With overdue invoices"), self.env._("overdue")),
        ]

    @api.model
    def _get_risk_amount(self, key, domain):
        """Return how much is at stake: purchases, or what is overdue."""
        if key == "unpaid":
            members = self.env["member.membership"].search(domain)
            return sum(members._get_overdue_amounts(self.env.company).values())
        [(amount,)] = self.env["member.score"]._read_group(
            Domain("membership_id", "any", domain), [], ["amount:sum"]
        )
        return amount or 0

    @api.model
    def _get_signals(self, program, user_id):
        """Return how many signals are open, by kind."""
        signals = self.env["member.signal"]
        labels = dict(signals._fields["kind"]._description_selection(self.env))
        domain = Domain("ended_on", "=", False) & Domain(
            "membership_id", "any", self._get_member_domain(program, user_id)
        )
        groups = signals._read_group(
            domain, ["kind"], ["__count"], order="__count desc"
        )
        return [
            {"key": kind, "label": labels.get(kind, kind), "count": count}
            for kind, count in groups
        ]

    @api.model
    def _get_opportunities(self, program, user_id):
        """Return the open opportunities of members by tier; nothing without rights."""
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return []
        rows = []
        for tier in program._get_tiers()[::-1]:
            domain = self._get_opportunity_domain(user_id, tier)
            [(count, amount)] = leads._read_group(
                domain, [], ["__count", "expected_revenue:sum"]
            )
            rows.append(
                {
                    "id": tier.id,
                    "name": tier.name,
                    "color": tier.color,
                    "count": count,
                    "amount": amount or 0,
                }
            )
        return rows

    @api.model
    def _get_inquiries(self, user_id):
        """Return the inquiries of the last 90 days by quality."""
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return []
        labels = dict(
            leads._fields["member_inquiry_state"]._description_selection(self.env)
        )
        counts = dict(
            leads.with_context(active_test=False)._read_group(
                self._get_inquiry_domain(user_id),
                ["member_inquiry_state"],
                ["__count"],
            )
        )
        return [
            {"key": key, "label": label, "count": counts[key]}
            for key, label in labels.items()
            if counts.get(key)
        ]

    @api.model
    def _get_people(self, program):
        """Return who looks after how many members, and how many are at risk."""
        members = self.env["member.membership"]
        domain = self._get_member_domain(program, 0)
        at_risk = dict(
            members._read_group(
                domain & self._get_any_risk_domain(), ["risk_user_id"], ["__count"]
            )
        )
        groups = members._read_group(
            domain, ["risk_user_id"], ["__count"], order="__count desc"
        )
        return [
            {
                "id": user.id or -1,
                "name": user.name or self.env._("Nobody"),
                "count": count,
                "at_risk": at_risk.get(user, 0),
            }
            for user, count in groups[:PEOPLE_SHOWN]
        ]

    @api.model
    def _get_reports(self):
        """Return the reports that the overview leads to, of those the user may read.

        Seam: another part adds ``{"label": ..., "action": XML id}``.
        """
        reports = []
        for name in REPORTS:
            action = self.env.ref(name, raise_if_not_found=False)
            if action and self.env[action.sudo().res_model].has_access("read"):
                reports.append({"label": action.sudo().name, "action": name})
        return reports
