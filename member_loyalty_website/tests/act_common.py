from odoo.tests import new_test_user

from .portal_common import MemberPageCommon


class ActCommon(MemberPageCommon):
    """Acme is a member with a shared purse; rules for acts are added by the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.website.company_id
        cls.program._start_points()
        cls.program.earning_rule_ids.active = False

    @classmethod
    def _create_rule(cls, kind, points=5, **values):
        return cls.env["member.earning.rule"].create(
            {
                "program_id": cls.program.id,
                "name": f"For {kind}",
                "kind": kind,
                "points": points,
                **values,
            }
        )

    @classmethod
    def _create_loner(cls, login):
        """A buyer without a company, who is a member."""
        user = new_test_user(cls.env, login, "base.group_portal", password=login)
        cls.program._enroll_partners(user.partner_id, "hand")
        return user.partner_id

    def _earned(self, partner=None, kind=None):
        """Return the points of all entries in the purse of a contact."""
        self.env.flush_all()
        owner = self.program._get_wallet_owner(partner or self.ann)
        domain = [("card_id.member_owner_id", "=", owner.id)]
        if kind:
            domain.append(("rule_id.kind", "=", kind))
        entries = self.env["member.point.entry"].search(domain, order="id")
        return [entry.points for entry in entries]
