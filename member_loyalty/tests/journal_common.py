from odoo.tests import freeze_time

from .common import MemberCommon


@freeze_time("2026-03-15 10:00:00")
class JournalCommon(MemberCommon):
    """Every test ends with a journal that is true to the documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()

    def setUp(self):
        super().setUp()
        self.addCleanup(self._check_nothing_is_missing)

    def _check_nothing_is_missing(self):
        """Compare with a rebuild, and follow the journal's own promises."""
        journal = self.env["member.journal"]
        for company in self.env["res.company"].search([]):
            self.assertEqual(journal._find_drift(company), [])

    def _get_rows(self, *documents):
        """Return the journal rows of documents, in the order they were booked."""
        keys = [f"{document._name},{document.id}" for document in documents]
        return self.env["member.activity"].search(
            [("source_key", "in", keys)], order="source_key, revision"
        )

    def _get_net(self, *documents):
        """Return amount and orders that documents come to together."""
        rows = self._get_rows(*documents)
        return round(sum(rows.mapped("amount")), 2), sum(rows.mapped("order_count"))

    def assertJournal(self, document, expected):
        """Compare a document's rows with (event, day of month, amount, orders)."""
        told = [
            (row.event, row.date.isoformat()[5:], row.amount, row.order_count)
            for row in self._get_rows(document)
        ]
        self.assertEqual(told, expected)
