import logging
from base64 import b64decode
from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .export_common import ExportCommon

EXPORT = "odoo.addons.member_loyalty.wizard.member_export"
BACKGROUND = f"{EXPORT}_background"


@tagged("post_install", "-at_install")
class TestMemberExportRights(ExportCommon):
    def test_the_right_to_export_is_needed(self):
        self._create_member("Ann")
        reader = self._create_user("reader")
        export = self._create_export(reader)

        with self.assertRaisesRegex(AccessError, "may not export"):
            export.action_export()
        with self.assertRaisesRegex(AccessError, "may not export"):
            export._open_workbook()

    def test_menu_and_action_are_hidden_without_the_right(self):
        reader = self._create_user("reader")
        action = self.env.ref("member_loyalty.member_export_action")

        def bound_ids(user):
            actions = self.env["ir.actions.actions"].with_user(user)
            bound = actions.get_bindings("member.membership").get("action", [])
            return [one["id"] for one in bound]

        self.assertIn(action.id, bound_ids(self.exporter))
        self.assertNotIn(action.id, bound_ids(reader))

    def test_members_of_other_companies_are_absent(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        program = self.club.copy({"name": "Elsewhere", "company_id": company.id})
        stranger = self._create_member("Dora", program=program)
        self._create_member("Ann")

        chosen = [["id", "in", stranger.ids]]
        self.assertEqual(self._read_names(), ["Ann"])
        self.assertEqual(self._create_export(chosen_domain=chosen).member_count, 0)
        with self.assertRaises(AccessError):
            self._create_export(program_id=program.id).action_export()

    def test_contacts_that_the_user_may_not_see_are_absent(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self._create_member("Dora", company_id=company.id)
        self._create_member("Ann")

        self.assertEqual(self._read_names(), ["Ann"])

    def test_nobody_to_export_is_said(self):
        export = self._create_export()

        self.assertEqual(export.member_count, 0)
        with self.assertRaisesRegex(UserError, "No member matches"):
            export.action_export()

    def test_more_members_than_rows_are_refused(self):
        self._create_member("Ann")

        with patch(f"{EXPORT}.ROW_LIMIT", 1), self.assertRaisesRegex(UserError, "rows"):
            self._create_export().action_export()

    def test_an_export_leaves_a_note_and_a_line_in_the_log(self):
        self._create_member("Ann")
        export = self._create_export()

        with self.assertLogs(EXPORT, logging.INFO) as log:
            export._open_workbook().close()

        self.assertIn("(exporter) exported 1 members", log.output[0])
        note = self.club.message_ids[0]
        self.assertIn("Members exported to Excel: 1", note.body)
        self.assertEqual(note.author_id, self.exporter.partner_id)


@tagged("post_install", "-at_install")
class TestMemberExportInBackground(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_member("Ann")

    def _queue(self):
        export = self._create_export()
        with patch(f"{EXPORT}.BACKGROUND_ABOVE", 0):
            action = export.action_export()
        self.assertEqual(action["tag"], "display_notification")
        return export

    def _run_scheduled_action(self):
        cron = self.env.ref("member_loyalty.ir_cron_member_export")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _get_messages(self):
        return self.env["mail.message"].search(
            [("partner_ids", "in", self.exporter.partner_id.ids)]
        )

    def test_a_large_file_is_written_later_and_announced(self):
        export = self._queue()

        self._run_scheduled_action()

        self.assertEqual(export.state, "written")
        content = b64decode(export.workbook)
        [sheet, _about] = load_workbook(BytesIO(content))
        self.assertEqual(sheet["A2"].value, "Ann")
        self.assertIn(f"/member_loyalty/export/{export.id}", self._get_messages().body)

    def test_the_right_is_checked_again_when_the_file_is_written(self):
        export = self._queue()
        self.exporter.group_ids -= self.env.ref("base.group_allow_export")

        self._run_scheduled_action()

        self.assertEqual(export.state, "failed")
        self.assertIn("may not export", self._get_messages().body)

    @mute_logger(BACKGROUND)
    def test_an_error_is_told_and_does_not_stop_the_next(self):
        first, second = self._queue(), self._queue()
        write = type(first)._write_workbook

        def fail_first(export, file):
            if export.id == first.id:
                raise ZeroDivisionError
            return write(export, file)

        with patch.object(type(first), "_write_workbook", fail_first):
            self._run_scheduled_action()

        self.assertEqual((first | second).mapped("state"), ["failed", "written"])

    def test_an_export_that_stopped_the_server_is_not_tried_for_ever(self):
        export = self._queue()
        export.state = "writing"

        self._run_scheduled_action()

        self.assertEqual(export.state, "failed")
        self.assertIn("The server stopped", self._get_messages().body)

    def test_file_and_export_are_deleted_after_a_week(self):
        export = self._queue()
        self._run_scheduled_action()
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "member.export"), ("res_field", "=", "workbook")]
        )
        self.assertTrue(files)

        export.sudo().unlink()

        self.assertFalse(files.exists())


@tagged("post_install", "-at_install")
class TestMemberExportDownload(ExportCommon, HttpCase):
    def _download(self, user, export):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/member_loyalty/export/{export.id}")

    def test_the_file_is_downloaded(self):
        self._create_member("Ann")
        export = self._create_export()

        url = export.action_export()["url"]
        response = self._download(self.exporter, export)

        self.assertEqual(url, f"/member_loyalty/export/{export.id}")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Club%20members", response.headers["Content-Disposition"])
        sheet = load_workbook(BytesIO(response.content)).worksheets[0]
        self.assertEqual(sheet["A2"].value, "Ann")

    def test_the_export_of_somebody_else_is_not_found(self):
        self._create_member("Ann")
        other = self._create_user("other", "base.group_allow_export")
        export = self._create_export()

        self.assertEqual(self._download(other, export).status_code, 404)

    @mute_logger("odoo.http")
    def test_the_download_needs_the_right_again(self):
        self._create_member("Ann")
        export = self._create_export()
        self.exporter.group_ids -= self.env.ref("base.group_allow_export")

        self.assertEqual(self._download(self.exporter, export).status_code, 403)

    def test_a_file_made_in_the_background_is_downloaded(self):
        self._create_member("Ann")
        export = self._create_export()
        export._store_workbook()
        export.state = "written"

        response = self._download(self.exporter, export)

        self.assertEqual(response.status_code, 200)
        self.assertEqual(
            load_workbook(BytesIO(response.content)).sheetnames[1], "About"
        )
