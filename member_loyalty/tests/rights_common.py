from odoo.tests import freeze_time

from .common import MemberCommon

READ_ONLY = (
    "member.program",
    "member.tier",
    "member.tier.rule",
    "member.tier.condition",
    "member.membership",
    "member.activity",
    "member.tier.decision",
    "member.evaluation.run",
    "member.ladder.version",
    "member.simulation",
    "member.simulation.line",
    "member.rule.test",
    "member.tag",
    "member.tag.rule",
    "member.tag.condition",
    "member.tag.change",
)


@freeze_time("2026-03-15 10:00:00")
class RightsCommon(MemberCommon):
    """One user of each kind, and a record of each of our models."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(email="ada@example.com")
        cls.order = cls._confirm_order(cls.customer, 1500)
        cls.membership = cls.customer.member_membership_ids
        cls.activity = cls.env["member.activity"].search(
            [("source_key", "=", f"sale.order,{cls.order.id}")]
        )
        cls.rule_tag = cls.env["member.tag"].create(
            {
                "name": "Spends",
                "kept_by": "rules",
                "program_id": cls.program.id,
                "rule_ids": [cls._prepare_rule({"value": 1000})],
            }
        )
        cls.run_of_today = cls.program._evaluate(cls.activity.date)
        cls._rehearse()
        cls.tag = cls.env["member.tag"].create({"name": "Needs support"})
        cls.salesperson = cls._create_user(
            "sales", "sales_team.group_sale_salesman_all_leads"
        )
        cls.officer = cls._create_user(
            "officer", "officer", "base.group_partner_manager"
        )
        cls.manager = cls._create_user("manager", "manager")
        cls.employee = cls._create_user(
            "employee", "base.group_user", "base.group_partner_manager"
        )
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")

    @classmethod
    def _rehearse(cls):
        """Make a draft, simulate it and keep a rule test."""
        cls.draft = cls._draft_rules()
        cls._get_rules(cls.draft, cls.gold).condition_ids.value = 1200
        cls.simulation = cls.env["member.simulation"].create(
            {"version_id": cls.draft.id}
        )
        cls.simulation.action_run()
        cls.rule_test = cls.env["member.rule.test"].create(
            {
                "name": "Everybody starts here",
                "program_id": cls.program.id,
                "expected_tier_id": cls.ordinary.id,
            }
        )

    def _get_record(self, model):
        return self.env[model].search([], limit=1)

    def _get_snapshot(self):
        """Return every row of our models, to see that nothing was changed."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            model: self.env[model]
            .with_context(active_test=False)
            .search([], order="id")
            .read(load=None)
            for model in READ_ONLY
        }
