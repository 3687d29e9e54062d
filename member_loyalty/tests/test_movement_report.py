from odoo.tests import freeze_time, tagged

from .common import TODAY, MemberCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMovementReport(MemberCommon):
    """Each tier change has two sides: the tier that was left, the tier reached."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(country_id=cls.env.ref("base.pt").id)
        cls.membership = cls._enroll(cls.customer, tier=cls.silver)
        cls.env.flush_all()

    def _get_rows(self):
        rows = self.env["member.movement.report"].search(
            [("membership_id", "=", self.membership.id)], order="id"
        )
        return [
            (row.move, row.direction, row.tier_id.name, row.other_tier_id.name)
            for row in rows
        ]

    def test_who_is_moved_leaves_one_tier_and_comes_into_another(self):
        self.assertEqual(
            self._get_rows(),
            [
                ("join", "in", "Ordinary", False),
                ("manual", "out", "Ordinary", "Silver"),
                ("manual", "in", "Silver", "Ordinary"),
            ],
        )

    def test_came_less_left_is_who_is_there_now(self):
        self._enroll(self._create_customer("Bea"))
        counts = self.env["member.movement.report"]._read_group(
            [("program_id", "=", self.program.id)], ["tier_id"], ["balance:sum"]
        )

        self.assertEqual(dict(counts), {self.ordinary: 1, self.silver: 1})

    def test_movements_per_month_by_country(self):
        groups = self.env["member.movement.report"]._read_group(
            [("program_id", "=", self.program.id), ("direction", "=", "in")],
            ["date:month", "country_id", "move"],
            ["count:sum"],
        )
        month, country = TODAY.replace(day=1), self.env.ref("base.pt")

        self.assertEqual(
            groups, [(month, country, "join", 1), (month, country, "manual", 1)]
        )

    def test_a_decision_that_leaves_everybody_in_place_is_no_movement(self):
        before = self._get_rows()
        self.env["member.tier.decision"].sudo().create(
            {
                "membership_id": self.membership.id,
                "date": TODAY,
                "event": "manual",
                "from_tier_id": self.silver.id,
                "to_tier_id": self.silver.id,
            }
        )

        self.assertEqual(self._get_rows(), before)

    def test_every_event_is_a_movement_or_is_left_out(self):
        report = self.env["member.movement.report"]
        moves = {value for value, _label in report._selection_move()}
        events = dict(self.env["member.tier.decision"]._fields["event"].selection)

        self.assertFalse(moves & set(report._get_events_without_move()))
        self.assertEqual(
            moves | set(report._get_events_without_move()), set(events) | {"warned"}
        )

    def test_a_row_opens_the_member(self):
        row = self.env["member.movement.report"].search(
            [("membership_id", "=", self.membership.id)], limit=1
        )
        self.assertEqual(row.action_open_membership()["res_id"], self.membership.id)

    def test_a_salesperson_reads_and_a_stranger_does_not(self):
        user = self._create_user("reader", "user")
        abroad = self._create_company()
        stranger = self._create_user(
            "stranger", "manager", company_id=abroad.id, company_ids=abroad.ids
        )
        report = self.env["member.movement.report"]
        mine = [("membership_id", "=", self.membership.id)]

        self.assertTrue(report.with_user(user).search(mine))
        self.assertFalse(report.with_user(stranger).search(mine))
