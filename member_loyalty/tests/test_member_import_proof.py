import csv
import gzip
import os
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import file_path

from .import_common import ImportCommon

EXTRACT = "member_loyalty/demo/online_retail/online_retail_extract.csv.gz"
FULL_FILE = "MEMBER_LOYALTY_RETAIL_FILE"
# The first and the last day of the twelve months, both included.
WINDOWS = (("2009-12-01", "2010-11-30"), ("2010-12-10", "2011-12-09"))


def independent_figures(path, first, last, goods_only=False):
    """Sum the file by customer, without any code of the add-on.

    Returns the amount and the number of orders of every customer in the file.
    """
    amounts = defaultdict(Decimal)
    days = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row["CustomerID"]:
                continue
            if goods_only and not (row["StockCode"][:5].isdigit()):
                continue
            document = row["CustomerID"], row["InvoiceNo"]
            amounts[document] += int(row["Quantity"]) * Decimal(row["UnitPrice"])
            days[document] = row["InvoiceDate"][:10]
    figures = {customer: [Decimal(0), 0] for customer, _invoice in amounts}
    for document, amount in amounts.items():
        if first <= days[document] <= last:
            figures[document[0]][0] += amount
            figures[document[0]][1] += amount > 0
    return figures


def independent_tier(amount, orders, gold_orders=None):
    """Return the tier that the amount and the number of orders give."""
    if amount >= 10000 or (gold_orders and orders >= gold_orders):
        return "Gold"
    return "Silver" if amount >= 1000 else "Ordinary"


class ProofCommon(ImportCommon):
    """Imports a real file and compares what is decided, customer by customer."""

    @classmethod
    def _import_file(cls, path, **values):
        batch = cls._create_batch(
            Path(path).read_bytes(), filename="online_retail.csv.gz", **values
        )
        batch._check_columns()
        batch._begin_staging()
        batch._stage_to_the_end()
        batch._book()
        return batch

    def _evaluate(self, last, gold_orders=None):
        """Decide the tiers in a new program with the customers of the import."""
        program = self._create_program(self.company, gold_orders=gold_orders)
        members = self.batch.sudo().membership_ids.partner_id
        program._enroll_partners(members, "import", date(2009, 1, 1))
        run = program._evaluate(date.fromisoformat(last))
        while run.state == "running":
            run._evaluate_next_slice()
        memberships = self.env["member.membership"].search(
            [("program_id", "=", program.id)]
        )
        return {
            membership.partner_id.ref: membership.tier_id.name
            for membership in memberships
        }

    def _assert_equal_tiers(self, path, gold_orders=None, **options):
        for first, last in WINDOWS:
            expected = {
                customer: independent_tier(*figures, gold_orders)
                for customer, figures in independent_figures(
                    path, first, last, **options
                ).items()
            }

            decided = self._evaluate(last, gold_orders)

            with self.subTest(as_of=str(last)):
                self.assertEqual(set(expected.values()), {"Ordinary", "Silver", "Gold"})
                self.assertEqual(decided, expected)

    def _assert_equal_figures(self, path):
        members = self.batch.sudo().membership_ids.partner_id
        for first, last in WINDOWS:
            expected = independent_figures(path, first, last)

            figures = self.program._get_figures(members.ids, date.fromisoformat(last))

            for member in members:
                amount, orders, _last = figures.get(member.id, (0, 0, False))
                self.assertAlmostEqual(amount, float(expected[member.ref][0]), 2)
                self.assertEqual(orders, expected[member.ref][1])


@tagged("post_install", "-at_install")
class TestMemberImportProof(ProofCommon):
    """The tiers of real customers are those that a plain calculation gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = file_path(EXTRACT)
        cls.batch = cls._import_file(cls.path)

    def test_every_line_of_the_extract_is_accounted_for(self):
        self.assertRecordValues(
            self.batch,
            [{"line_count": 54982, "refused_line_count": 3879, "enrolled_count": 392}],
        )

    def test_tiers_equal_the_independent_calculation(self):
        self._assert_equal_tiers(self.path)

    def test_figures_equal_the_independent_calculation(self):
        self._assert_equal_figures(self.path)

    def test_tiers_with_a_rule_on_orders_equal_the_independent_calculation(self):
        self._assert_equal_tiers(self.path, gold_orders=3)

    def test_orders_cancelled_at_once_leave_nothing(self):
        for ref, as_of in (("16446", date(2011, 12, 9)), ("12346", date(2011, 1, 18))):
            customer = self._find_customer(ref)
            figures = self.program._get_figures(customer.ids, as_of)
            self.assertLess(figures[customer.id][0], 1000)


@tagged("post_install", "-at_install")
class TestMemberImportProofVariants(ProofCommon):
    """The same with goods alone, and on the full file where there is one."""

    def test_tiers_by_goods_alone_equal_the_independent_calculation(self):
        path = file_path(EXTRACT)

        self.batch = self._import_file(path, goods_only=r"^\d{5}")

        self._assert_equal_tiers(path, goods_only=True)

    def test_tiers_of_the_full_file_equal_the_independent_calculation(self):
        path = os.environ.get(FULL_FILE)
        if not path:
            self.skipTest(f"{FULL_FILE} does not name the full file")

        self.batch = self._import_file(path)

        self.assertEqual(self.batch.line_count, 1044847)
        self.assertEqual(self.batch.document_count, 44876)
        self.assertEqual(self.batch.enrolled_count, 5942)
        self._assert_equal_tiers(path)
        self._assert_equal_tiers(path, gold_orders=3)
        self._assert_equal_figures(path)
