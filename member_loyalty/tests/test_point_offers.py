from odoo import Command
from odoo.tests import tagged

from .event_common import EventsCommon


@tagged("post_install", "-at_install")
class TestPointOffers(EventsCommon):
    """What an event would earn is known without asking, and never out of date."""

    def test_an_offer_follows_every_change_of_its_rule(self):
        tag = self.env["member.tag"].create({"name": "Pioneer"})
        rule = self._create_rule("review", 10, tag_ids=tag.ids)
        offers = [self._get_offer()]

        for change in (
            {"tag_ids": [Command.clear()]},
            {"points": 7},
            {"tag_ids": [Command.link(tag.id)]},
        ):
            rule.write(change)
            offers.append(self._get_offer())
        tag.active = False
        offers.append(self._get_offer())
        tag.active = True
        offers.append(self._get_offer())
        tag.unlink()
        offers.append(self._get_offer())
        rule.active = False
        offers.append(self._get_offer())

        self.assertEqual(offers, [0, 10, 7, 0, 7, 0, 7, 0])

    def test_an_offer_knows_the_rules_without_asking(self):
        self._create_rule("review", 10)
        self._get_offer()
        self.env.invalidate_all()

        with self.assertQueryCount(1):
            self._get_offer()

    def test_a_person_s_event_earns_a_contact_of_the_member_nothing(self):
        self._create_rule("profile", 50)
        self._create_rule("review", 10)
        firm = self._create_customer("Firm", is_company=True)
        clerk = self._create_customer("Clerk", parent_id=firm.id)
        self._enroll(firm)

        offers = [
            self._get_offer(kind, partner)
            for partner in (firm, clerk)
            for kind in ("profile", "review")
        ]

        self.assertEqual(offers, [50, 10, 0, 10])

    def _get_offer(self, kind="review", partner=None):
        rules = self.env["member.earning.rule"]
        return rules._get_event_offer(kind, partner or self.ada).points
