from datetime import date
from random import Random

from odoo.tests import tagged

from ..queries.metrics import CORE_METRICS
from .metric_common import WINDOWS, MetricCommon

DAYS = (
    date(2026, 3, 15),
    date(2026, 3, 1),
    date(2026, 3, 31),
    date(2026, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2026, 1, 1),
    date(2025, 12, 31),
)
CROWD = 12
KEYS_EACH = 4


@tagged("post_install", "-at_install")
class TestMetricOracle(MetricCommon):
    """The queries measure members as plain Python does, row for row."""

    def _compare(self, seed, as_of, **values):
        """Compare all metrics for a random crowd; return how many were not nought."""
        random = Random(seed)
        self.program.write(values)
        contacts = self._create_random_members(random, CROWD, as_of)
        self._book_random_past(random, contacts, as_of)
        metrics = CORE_METRICS
        keys = {
            self._get_random_key(random, metric)
            for metric in metrics
            for _key in range(KEYS_EACH)
        }

        measured = self._measure_in_sql(sorted(keys, key=str), contacts, as_of)

        self.assertEqual(set(measured), set(contacts.ids))
        for contact in contacts:
            expected = self._measure_in_python(keys, contact, as_of)
            for key in keys:
                self.assertEqual(
                    measured[contact.id][key],
                    expected[key],
                    f"seed {seed}, {as_of}, {key.code}",
                )
        return {
            key.metric
            for figures in measured.values()
            for key, value in figures.items()
            if value
        }

    def test_every_metric_over_every_window_is_measured_alike(self):
        told = set()
        for seed, as_of in enumerate(DAYS):
            with self.subTest(as_of=str(as_of)):
                told |= self._compare(seed, as_of)

        self.assertEqual(told, {metric.name for metric in CORE_METRICS})

    def test_wherever_the_company_is(self):
        for seed, zone in enumerate(("Asia/Tokyo", "America/Los_Angeles", False)):
            self.env.company.partner_id.tz = zone
            with self.subTest(zone=zone):
                self._compare(50 + seed, date(2026, 3, 1))

    def test_contacts_as_members_are_measured_alike(self):
        self._compare(70, date(2026, 3, 31), member_level="contact")

    def test_every_metric_has_a_name_and_a_way_to_say_its_figures(self):
        Metric = self.env["member.metric"]
        names = [name for name, _label in Metric._get_metric_selection()]
        random = Random(1)

        self.assertEqual(names, list(dict.fromkeys(names)))
        self.assertEqual(set(names), set(Metric._get_metrics()))
        for metric in Metric._get_metrics().values():
            key = self._get_random_key(random, metric)
            said = Metric._say_figure(key, 1, self.env.company.currency_id)
            self.assertIn(dict(Metric._get_metric_selection())[metric.name], said)

    def test_all_windows_are_tried(self):
        known = {window.type for window in WINDOWS}

        self.assertEqual(
            known,
            set(
                dict(
                    self.env["member.tier.condition"]
                    ._fields["window_type"]
                    ._description_selection(self.env)
                )
            ),
        )
