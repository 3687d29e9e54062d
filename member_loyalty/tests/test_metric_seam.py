from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..queries.metrics import Metric
from .common import TODAY
from .rehearsal_common import RehearsalCommon


class PhoneNumber(Metric):
    """1 for a contact with a phone number: what a small module could add."""

    name = "phone_number"
    unit = "yes"
    has_window = False
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            "SELECT id AS partner_id, 1 AS value FROM res_partner"
            " WHERE phone IS NOT NULL AND %s",
            measuring.scope.contains(SQL("res_partner.id")),
        )


@tagged("post_install", "-at_install")
class TestMetricSeam(RehearsalCommon):
    """A metric of another module works everywhere that ours do."""

    @contextmanager
    def _phone_module(self):
        Registry = type(self.env["member.metric"])
        metrics = Registry._get_metrics
        selection = Registry._get_metric_selection
        measure = Registry._measure_made_up

        def measure_made_up(registry, family, key, facts, member, as_of):
            if key.metric == "phone_number":
                return 1
            return measure(registry, family, key, facts, member, as_of)

        with (
            patch.object(
                Registry,
                "_get_metrics",
                lambda self: {**metrics(self), "phone_number": PhoneNumber()},
            ),
            patch.object(
                Registry,
                "_get_metric_selection",
                lambda self: [*selection(self), ("phone_number", "Has a phone")],
            ),
            patch.object(Registry, "_measure_made_up", measure_made_up),
        ):
            yield

    def test_it_decides_is_previewed_explained_and_tested(self):
        with self._phone_module():
            self.silver.rule_ids.condition_ids.write(
                {"metric": "phone_number", "value": 1}
            )
            ada = self._create_customer(phone="+44 20 7946 0000")
            bea = self._create_customer("Bea")
            self._enroll(ada, bea)
            self.env.flush_all()

            self.assertEqual(self.silver.rule_ids.match_count, 1)
            self.program._evaluate(TODAY)
            self.assertEqual(self._get_tier(ada), "Silver")
            self.assertEqual(self._get_tier(bea), "Ordinary")
            decision = self._get_membership(ada).decision_ids[0]
            self.assertIn("Has a phone", decision.staff_sentence)
            self.assertEqual(self._create_test(self.silver).state, "passed")

    def test_a_rule_whose_module_is_gone_holds_for_nobody_and_stops_nobody(self):
        ada, bob = self._create_customer("Ada"), self._create_customer("Bob")
        with self._phone_module():
            draft = self._draft_rules()
            draft.write(
                {
                    "rule_ids": [
                        Command.create(
                            {
                                "tier_id": self.gold.id,
                                "condition_ids": [
                                    Command.create(
                                        {"metric": "phone_number", "value": 1}
                                    )
                                ],
                            }
                        )
                    ]
                }
            )
            draft._activate()
        self._enroll(ada, bob)
        self._book(ada, 1000)

        self.program._evaluate(TODAY, may_fall=True, kind="manual")

        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertEqual(self._get_tier(bob), "Ordinary")
