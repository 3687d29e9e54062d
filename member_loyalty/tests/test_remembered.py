from itertools import count
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestRemembered(TransactionCase):
    """Only who can change nothing may go by what was found before."""

    def setUp(self):
        super().setUp()
        numbers = count(1)
        self.make = lambda: next(numbers)
        self.addCleanup(self.env.cr.cache.clear)

    def _ask(self, key):
        model = self.env["member.remembered"]
        return model._remember_while_reading((key,), self.make)

    def test_whoever_only_reads_is_answered_once_for_each_key(self):
        with patch.object(type(self.env.cr), "readonly", True):
            answers = [self._ask(key) for key in ("a", "a", "b", "a")]

        self.assertEqual(answers, [1, 1, 2, 1])

    def test_whoever_may_change_something_asks_anew(self):
        answers = [self._ask("a") for _time in range(2)]

        self.assertEqual(answers, [1, 2])

    def test_another_transaction_does_not_know_what_one_remembers(self):
        with patch.object(type(self.env.cr), "readonly", True):
            self._ask("a")
            self.env.transaction.clear()

            self.assertEqual(self._ask("a"), 2)
