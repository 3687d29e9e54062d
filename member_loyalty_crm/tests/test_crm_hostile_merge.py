from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged

from .clean_common import CleanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestHostileMerges(CleanCommon):
    """Merges and duplicates asked for by officers who may not see the customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.away = cls.env["res.company"].create({"name": "Away"})
        cls.eve = cls._create_user(
            "eve",
            "officer",
            "base.group_partner_manager",
            company_id=cls.away.id,
            company_ids=[Command.set(cls.away.ids)],
        )
        cls.officer = cls._create_user("off", "officer", "base.group_partner_manager")
        (cls.ada | cls.bea).company_id = cls.env.company

    def _ask(self, model, method, *args, **kwargs):
        return call_kw(self.env(user=self.eve, su=False)[model], method, args, kwargs)

    def test_a_merge_of_hidden_customers_is_not_told_by_its_form(self):
        self._enroll(self.bea)
        merge = self._merge(self.bea, into=self.ada)
        self.assertTrue(merge)

        with self.assertRaises(AccessError):
            self._ask("member.merge.undoing", "create", [{"merge_id": merge.id}])
        with self.assertRaises(AccessError):
            self._ask(
                "member.merge.undoing",
                "onchange",
                [],
                {"merge_id": merge.id},
                ["merge_id"],
                {"merge_id": {}, "goes_back": {}, "stays": {}},
            )
        for method in ("action_undo", "read", "action_open_contact"):
            with self.subTest(method), self.assertRaises(AccessError):
                self._ask("member.merge", method, merge.ids)

    def test_a_pair_of_hidden_customers_is_not_told_by_its_form(self):
        pair = self.env["member.duplicate"].create(
            {
                "partner_id": self.ada.id,
                "other_id": self.bea.id,
                "state": "open",
                "found_on": "2026-03-15",
            }
        )

        with self.assertRaises(AccessError):
            self._ask("member.duplicate.merge", "create", [{"duplicate_id": pair.id}])
        with self.assertRaises(AccessError):
            self._ask(
                "member.duplicate.merge",
                "onchange",
                [],
                {"duplicate_id": pair.id},
                ["duplicate_id"],
                {"duplicate_id": {}, "obstacle": {}, "points": {}},
            )
        for method in ("action_mark_different", "action_merge", "read"):
            with self.subTest(method), self.assertRaises(AccessError):
                self._ask("member.duplicate", method, pair.ids)

    def test_whose_a_purchase_is_stays_hidden_with_the_customer(self):
        owner = self.env["member.purchase.owner"].create(
            {
                "source_model": "sale.order",
                "source_id": 1,
                "partner_id": self.ada.id,
                "document_partner_id": self.bea.id,
            }
        )

        self.assertEqual(self._ask("member.purchase.owner", "search_count", []), 0)
        with self.assertRaises(AccessError):
            self._ask("member.purchase.owner", "read", owner.ids, ["partner_id"])
        self.assertTrue(owner.with_user(self.officer).read(["partner_id"]))
