from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBenefitNarrow(BenefitCommon):
    """What a benefit is granted by may go; nobody else gets the benefit by that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["member.tag"].create({"name": "Test VIP"})
        cls.nobody = cls.env["member.tier"]

    def _create_tagged_benefit(self):
        return self._create_benefit(
            tiers=self.nobody, tag_ids=[Command.set(self.tag.ids)]
        )

    def test_a_benefit_of_an_archived_tag_is_not_everybodys(self):
        self._create_tagged_benefit()
        ada = self._create_member(tier=self.silver)

        self.tag.active = False
        self.env.registry.clear_cache()

        self.assertEqual(self._get_granted(ada), [])
        self.assertEqual(self.silver._get_benefits().mapped("name"), [])

    def test_an_archived_tag_grants_nothing_on_any_list(self):
        self._create_tagged_benefit()
        ada = self._create_member(member_tag_ids=[Command.set(self.tag.ids)])
        membership = self._get_membership(ada)
        before = membership.benefit_entitlement_ids.mapped("benefit_id.name")

        self.tag.active = False

        membership.invalidate_recordset()
        self.assertEqual(before, ["Benefit"])
        self.assertFalse(membership.benefit_entitlement_ids)
        self.assertEqual(self._get_granted(ada), [])

    def test_the_only_tag_or_tier_of_a_benefit_is_not_deleted(self):
        self._create_tagged_benefit()
        tier = self.env["member.tier"].create(
            {"program_id": self.program.id, "name": "Test Platinum", "sequence": 99}
        )
        self._create_benefit(tiers=tier, name="Platinum's")

        for grant in (self.tag, tier):
            with self.subTest(grant.name), self.assertRaisesRegex(UserError, "alone"):
                grant.unlink()

    def test_the_only_product_line_of_a_benefit_is_not_deleted(self):
        parent = self.env["product.category"].create({"name": "Test Lights"})
        lamps = parent.create({"name": "Test Lamps", "parent_id": parent.id})
        self._create_benefit(category_ids=[Command.set(lamps.ids)])

        with self.assertRaisesRegex(UserError, "Lamps alone"):
            parent.unlink()
