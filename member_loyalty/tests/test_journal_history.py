from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalHistory(JournalCommon):
    """Orders from before the module was installed are collected as if followed."""

    def setUp(self):
        super().setUp()
        self._travel_to("2026-03-02 09:00:00")
        self.euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 0.8)])
        self._play_a_past()
        self._travel_to("2026-03-31 09:00:00")

    def _play_a_past(self):
        plain = self._confirm_order(self.customer, 600)
        partly = self._confirm_order(self.customer, 300)
        wholly = self._confirm_order(self._create_customer("Bea"), 500)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": self.euro.id}
        )
        foreign = self._confirm_order(self.customer, 400, pricelist_id=pricelist.id)
        notes = self._credit(self._invoice(partly), 50, on="2026-03-10")
        self._travel_to("2026-03-12 09:00:00")
        notes |= self._credit(self._invoice(wholly), on="2026-03-12")
        self.documents = [plain, partly, wholly, foreign, *notes]

    def _tell(self):
        rows = self._get_rows(*self.documents[:4]) + self._get_rows(*self.documents[4:])
        return [
            (
                row.source_key,
                row.event,
                str(row.date),
                row.amount,
                row.document_amount,
                row.order_count,
                row.partner_id.name,
                row.revision,
            )
            for row in rows
        ]

    def _forget(self):
        """Leave the database as it was before the module was installed."""
        self.env.flush_all()
        for table in (
            "member_tier_decision",
            "member_membership",
            "member_activity",
        ):
            self.env.cr.execute(f"DELETE FROM {table}")
        self.env.invalidate_all()

    def test_the_journal_is_the_same_as_if_followed_live(self):
        live = self._tell()
        self._forget()

        self._run_cron("collect_history")

        self.assertEqual(self._tell(), live)
        self.assertEqual(len(live), 7)

    def test_the_same_customers_are_members_in_the_same_tiers(self):
        self._forget()

        self._run_cron("collect_history")

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_collecting_twice_adds_nothing(self):
        self._forget()
        self._run_cron("collect_history")
        once = self._tell()

        self._run_cron("collect_history")

        self.assertEqual(self._tell(), once)

    def test_what_is_held_already_is_left_alone(self):
        live = self._tell()

        self._run_cron("collect_history")

        self.assertEqual(self._tell(), live)

    def test_batches_of_one_give_the_same(self):
        live = self._tell()
        self._forget()
        self.patch(type(self.env["member.journal"]), "_iterate_documents", _one_by_one)

        self._run_cron("collect_history")

        self.assertEqual(self._tell(), live)

    def test_a_cancelled_order_of_the_past_comes_to_nothing(self):
        order = self._confirm_order(self.customer, 70)
        note = self._credit(self._invoice(order), 20)
        order._action_cancel()
        self._forget()

        self._run_cron("collect_history")

        self.assertEqual(self._get_net(order, note), (0, 0))

    def test_a_difference_to_the_documents_is_found(self):
        self.env.cr.execute(
            "DELETE FROM member_activity WHERE source_key = %s",
            [f"sale.order,{self.documents[0].id}"],
        )
        self.env.invalidate_all()

        drift = self.env["member.journal"]._find_drift(self.company)

        self.assertEqual([row["amount"] for row in drift], [600])
        self._run_cron("collect_history")


def _one_by_one(journal, company, question):
    found = journal.env.execute_query(
        question(journal.env, company.ids, after=0, limit=100)
    )
    return [[document_id] for (document_id,) in found]
