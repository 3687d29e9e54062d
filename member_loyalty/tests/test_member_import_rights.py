from odoo.exceptions import AccessError
from odoo.tests import tagged

from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestMemberImportRights(ImportCommon):
    def test_a_salesperson_reads_and_does_not_import(self):
        batch = self._create_batch("1,2011-01-10,A1,,Ann,,,5.00")
        reader = batch.with_user(self._create_user("reader", "user"))

        self.assertEqual(reader.read(["state"])[0]["state"], "draft")
        for step in (reader.action_check, reader.action_import, reader.action_undo):
            with self.assertRaises(AccessError):
                step()
        with self.assertRaises(AccessError):
            self._create_batch("1,2011-01-10,A1,,A,,,5", user=reader.env.user)

    def test_problems_can_be_read_and_not_changed(self):
        batch = self._create_batch("1,2011-01-10,,,,,,5.00")
        batch.action_check()

        with self.assertRaises(AccessError):
            batch.line_ids.write({"problem": "future_date"})
        with self.assertRaises(AccessError):
            batch.line_ids.unlink()
