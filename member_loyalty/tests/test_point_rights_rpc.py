from contextlib import suppress
from inspect import getmembers, signature

from odoo.exceptions import AccessError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .point_rights_common import NATIVE_MODELS, POINT_MODELS, PointRightsCommon

OURS = "odoo.addons.member_loyalty."
WATCHED = (*POINT_MODELS, *NATIVE_MODELS, "member.point.import", "member.program")


@tagged("post_install", "-at_install")
class TestPointRightsOfRpc(PointRightsCommon):
    """Whatever of ours is called from outside by those who must not, moves nothing."""

    def _find_public_methods(self):
        """Return (model, method) of everything of ours about points."""
        found = set()
        for name, model in self.env.registry.items():
            if not name.startswith(
                ("member.point", "member.card", "loyalty.", "sale.")
            ):
                continue
            for method, function in getmembers(model, callable):
                module = getattr(function, "__module__", "") or ""
                is_ours = module.startswith(OURS) and "tests" not in module
                if is_ours and not method.startswith("_"):
                    found.add((name, method))
        return sorted(found)

    def _call(self, user, model, method):
        """Call a method as the web client does, with arguments that fit."""
        record = self.env[model].search([], limit=1)
        function = getattr(type(record), method)
        fitting = {
            "vals": {"points": 9999},
            "vals_list": [{"points": 9999, "program_id": self.wallet.id}],
        }
        is_model = getattr(function, "_api_model", False)
        args = [] if is_model else [record.ids]
        args += [
            fitting.get(name, record.ids)
            for name in list(signature(function).parameters)[1:]
        ]
        return call_kw(self.env[model].with_user(user), method, args, {})

    def _get_snapshot(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            model: self.env[model]
            .with_context(active_test=False)
            .search([], order="id")
            .read(load=None)
            for model in WATCHED
        }

    def test_nobody_else_moves_points_by_calling(self):
        methods = self._find_public_methods()
        self.assertIn(("member.point.statement", "action_export"), methods)
        before = self._get_snapshot()
        for user in (self.salesperson, self.employee, self.portal, self.public):
            for model, method in methods:
                with (
                    mute_logger("odoo.sql_db"),
                    suppress(Exception),
                    self.env.cr.savepoint(),
                ):
                    self._call(user, model, method)
                    self.env.flush_all()
                self.env.invalidate_all(flush=False)

        self.assertEqual(self._get_snapshot(), before)

    def test_what_moves_points_cannot_be_called_from_outside(self):
        for model, method in (
            ("member.point.ledger", "_post"),
            ("loyalty.card", "_book_change"),
            ("loyalty.card", "_transfer_points"),
            ("loyalty.card", "_merge_into"),
            ("loyalty.card", "_give_to_member"),
            ("member.point.lot", "_extend"),
            ("member.point.allowance", "_use"),
            ("member.point.import", "_book_slice"),
            ("sale.order", "_as_engine"),
            ("sale.order", "_settle_points"),
        ):
            with self.assertRaises(AccessError, msg=method):
                get_public_method(self.env[model], method)
