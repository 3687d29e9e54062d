import random

from odoo.tests import freeze_time, tagged

from .clean_common import CleanCommon

SEEDS = range(4)
STEPS = 14


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberMergeOracle(CleanCommon):
    """Any sequence of purchases, points, merges and undoings leaves true figures.

    What each customer bought is kept beside it in plain Python, and so is who became
    whom; the base class compares points and journal after each test.
    """

    def test_random_sequences(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self._live(random.Random(seed))

    def _live(self, chance):
        """Let some customers buy, merge and part, and compare after each step."""
        self.people = [
            self._create_customer(f"Person {number}", email="same@lumen.test")
            for number in range(4)
        ]
        self.bought = {person.id: [] for person in self.people}
        self.merges = []
        for _step in range(STEPS):
            act = chance.choice(
                (self._buy, self._buy, self._earn, self._spend, self._join, self._part)
            )
            act(chance)
            self._compare()

    def _buy(self, chance):
        person = chance.choice(self.people)
        amount = chance.choice((100, 400, 700))
        self._confirm_order(person, amount)
        self.bought[person.id].append(amount)

    def _earn(self, chance):
        self._give_points(chance.choice(self.people), chance.choice((10, 25)))

    def _spend(self, chance):
        person = chance.choice(self.people)
        points = self._get_points(person)
        if points >= 10:
            self._give_points(person, -10)

    def _join(self, chance):
        if len(self.people) < 2:
            return
        source, into = chance.sample(self.people, 2)
        before = self.bought[source.id]
        count = self.env["member.merge"].search_count([])
        merge = self._merge(source, into=into)
        if self.env["member.merge"].search_count([]) == count:
            merge = merge.browse()
        self.merges.append((merge, into, before))
        self.bought[into.id] = self.bought[into.id] + before
        self.people.remove(source)

    def _part(self, _chance):
        if not self.merges:
            return
        merge, _into, before = self.merges.pop()
        if not merge:
            return
        into = merge.partner_id
        points = self._get_points(into)
        restored = merge._undo()
        parted = self._get_points(into) + self._get_points(restored)
        self.assertEqual(parted, points, "Points came or went")
        for amount in before:
            self.bought[into.id].remove(amount)
        self.bought[restored.id] = list(before)
        self.people.append(restored)

    def _compare(self):
        """Compare purchases and tier of everybody with what plain Python says."""
        self.env.invalidate_all()
        for person in self.people:
            amount = sum(self.bought[person.id])
            self.assertEqual(self._get_amount(person), amount)
            if self.bought[person.id]:
                tier = "Silver" if amount >= 1000 else "Ordinary"
                self.assertEqual(self._get_tier(person), tier)
        memberships = self.env["member.membership"].search(
            [("partner_id", "in", [person.id for person in self.people])]
        )
        self.assertFalse(memberships.decision_ids._replay())
