from contextlib import suppress
from inspect import getmembers, signature

from odoo.exceptions import AccessError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_common import RightsCommon

OURS = "odoo.addons.member_loyalty."


@tagged("post_install", "-at_install")
class TestRightsOfRpc(RightsCommon):
    """Whatever is called from outside, by whom it is not meant for, changes nothing."""

    def _find_public_methods(self):
        """Return (model, method) of everything of ours that can be called."""
        found = set()
        for name, model in self.env.registry.items():
            for method, function in getmembers(model, callable):
                module = getattr(function, "__module__", "") or ""
                is_ours = module.startswith(OURS) and "tests" not in module
                if is_ours and not method.startswith("_"):
                    found.add((name, method))
        return sorted(
            pair
            for pair in found
            if not getattr(
                getattr(self.env.registry[pair[0]], pair[1]), "_api_private", 0
            )
        )

    def _call(self, user, model, method):
        """Call a method as the web client does, with arguments that fit."""
        record = self.env[model].search([], limit=1)
        function = getattr(type(record), method)
        parameters = list(signature(function).parameters)[1:]
        is_model = getattr(function, "_api_model", False)
        fitting = {
            "vals": {"name": "x"},
            "vals_list": [{"name": "x"}],
            "values": {"login": "x", "name": "x", "password": "x"},
        }
        args = ([] if is_model else [record.ids]) + [
            fitting.get(parameter, record.ids)
            for parameter in parameters
            if parameter not in ("token", "kwargs", "args")
        ]
        return call_kw(self.env[model].with_user(user), method, args, {})

    def test_there_are_methods_to_try(self):
        found = self._find_public_methods()

        self.assertIn(("member.program", "action_evaluate"), found)
        self.assertIn(("res.partner", "action_enroll"), found)
        self.assertNotIn(("member.journal", "_settle"), found)

    def test_nobody_else_changes_anything_by_calling(self):
        methods = [
            pair
            for pair in self._find_public_methods()
            if pair[0].startswith("member.") or pair[1].startswith("action_")
        ]
        before = self._get_snapshot()
        for user in (self.salesperson, self.employee, self.portal, self.public):
            for model, method in methods:
                with mute_logger("odoo.sql_db"):
                    self._try(user, model, method)

        self.assertEqual(self._get_snapshot(), before)

    def _try(self, user, model, method):
        """Call, and forget it again when it is refused; the snapshot judges."""
        with suppress(Exception), self.env.cr.savepoint():
            self._call(user, model, method)
            self.env.flush_all()
        self.env.invalidate_all(flush=False)

    def test_what_decides_cannot_be_called_from_outside(self):
        for model, method in (
            ("member.journal", "_settle"),
            ("member.membership", "_assign_tier"),
            ("member.program", "_evaluate"),
            ("member.program", "_cron_evaluate"),
            ("member.activity", "_reverse"),
        ):
            with self.assertRaises(AccessError, msg=method):
                get_public_method(self.env[model], method)
