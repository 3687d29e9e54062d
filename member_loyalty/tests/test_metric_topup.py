from datetime import date

from odoo.tests import tagged

from ..logic.figures import FigureKey
from ..logic.windows import Window
from ..queries.measuring import EVERYBODY, Measuring, measure
from .common import TODAY
from .rehearsal_common import RehearsalCommon
from .topup_common import TopupCommon


@tagged("post_install", "-at_install")
class TestMetricTopup(TopupCommon):
    """How much money a member put on the eWallet."""

    def _get_topped_up(self, customer, as_of=TODAY, window=("lifetime", 0)):
        measuring = Measuring(
            self.program.id,
            self.env.company.id,
            self.program._get_partner_column(),
            as_of,
            EVERYBODY,
        )
        key = FigureKey("topped_up", Window(*window))
        figures = measure((key,), self.env["member.metric"]._get_metrics(), measuring)
        self.env.flush_all()
        SQL = type(figures.ctes)
        [(value,)] = self.env.execute_query(
            SQL(
                "WITH member AS (SELECT partner_id, joined_on FROM member_membership"
                " WHERE program_id = %s AND partner_id = %s), %s"
                " SELECT %s FROM member%s",
                self.program.id,
                customer.id,
                figures.ctes,
                figures.columns[key],
                figures.joins,
            )
        )
        return value

    def setUp(self):
        super().setUp()
        self.ada = self._create_customer()
        self._enroll(self.ada)

    def test_money_put_on_the_ewallet_counts_and_its_bonus_does_not(self):
        self.env["member.topup.bonus"].create(
            {
                "program_id": self.program.id,
                "name": "500 gives 50",
                "from_amount": 500,
                "bonus": 50,
            }
        )

        self._top_up(self.ada, 500)

        self.assertEqual(self._get_topped_up(self.ada), 500)

    def test_what_is_taken_back_counts_no_more(self):
        self._top_up(self.ada, 500)
        second = self._top_up(self.ada, 300)

        second.action_cancel()

        self.assertEqual(self._get_topped_up(self.ada), 500)

    def test_money_that_is_spent_stays_topped_up(self):
        self._top_up(self.ada, 500)
        card = self.env["loyalty.card"].search([("program_id", "=", self.stored.id)])

        self._post(self.ada, -400, card=card)

        self.assertEqual(self._get_topped_up(self.ada), 500)

    def test_purchases_and_points_are_no_top_ups(self):
        self._confirm_order(self.ada, 700)

        self.assertEqual(self._get_topped_up(self.ada), 0)

    def test_only_the_days_of_the_window_count(self):
        self._top_up(self.ada, 500)
        window = ("rolling_months", 1)

        self.assertEqual(self._get_topped_up(self.ada, date(2026, 4, 14), window), 500)
        self.assertEqual(self._get_topped_up(self.ada, date(2026, 4, 15), window), 0)

    def test_a_contacts_top_up_is_its_companys(self):
        acme = self._create_customer("Acme", is_company=True)
        self._enroll(acme)

        self._top_up(self._create_customer("Ann", parent_id=acme.id), 80)

        self.assertEqual(self._get_topped_up(acme), 80)


@tagged("post_install", "-at_install")
class TestMetricTopupRules(RehearsalCommon):
    def test_a_rule_test_makes_up_a_top_up(self):
        self.silver.rule_ids.condition_ids.write({"metric": "topped_up", "value": 500})

        enough = self._create_test(self.silver, {"kind": "topup", "amount": 500})
        short = self._create_test(self.silver, {"kind": "topup", "amount": 499})

        self.assertEqual((enough.state, short.state), ("passed", "failed"))
