import logging
import tempfile
from contextlib import ExitStack

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MemberExportBackground(models.AbstractModel):
    """The way of an export from the request to the file, at once or later.

    A large file is written by a scheduled action with the rights of its user, who
    gets a message with a link. File and export are deleted after a week.
    """

    _name = "member.export.background"
    _description = "Export in the Background"

    state = fields.Selection(
        selection=[
            ("draft", "Being chosen"),
            ("queued", "Waiting"),
            ("writing", "Being written"),
            ("written", "Written"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    workbook = fields.Binary(
        attachment=True,
        readonly=True,
        copy=False,
        groups="base.group_allow_export",
    )

    def _get_download_url(self):
        self.ensure_one()
        return f"/member_loyalty/export/{self.id}"

    def _get_file_name(self):
        """Return the name of the file: the program and the day."""
        self.ensure_one()
        program = self.sudo().program_id
        day = fields.Date.to_string(program.company_id._member_today())
        return self.env._(
            "%(program)s members %(day)s.xlsx", program=program.name, day=day
        )

    def _open_workbook(self):
        """Write a small file to a temporary place.

        :return: the file, open for reading; it is gone when closed
        :raises UserError: when it is so large that it belongs in the background
        """
        self.ensure_one()
        if self.is_large:
            raise UserError(
                self.env._(
                    "So many members are exported in the background. Start it anew."
                )
            )
        with ExitStack() as on_failure:
            file = on_failure.enter_context(tempfile.TemporaryFile())
            self._write_workbook(file)
            file.seek(0)
            on_failure.pop_all()
            return file

    def _queue(self, count):
        """Have the file written by the scheduled action."""
        self.ensure_one()
        self.state = "queued"
        self.env.ref("member_loyalty.ir_cron_member_export").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("The file is being made"),
                "message": self.env._(
                    "%(count)s members take a while. You get a message with a link"
                    " when the file is there.",
                    count=count,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _cron_write_workbooks(self):
        """Write the files that users wait for, one after the other."""
        waiting = self.sudo().search(
            [("state", "in", ["queued", "writing"])], order="id"
        )
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for export in waiting:
            if export.state == "writing":
                export._fail_after_stop()
            else:
                export.state = "writing"
                self.env["ir.cron"]._commit_progress()
                export._write_for_user()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _write_for_user(self):
        """Write the file with the rights of the user who asked, and tell them."""
        self.ensure_one()
        export = self._as_owner()
        try:
            with self.env.cr.savepoint():
                count = export._store_workbook()
        except (AccessError, UserError) as error:
            export._fail(str(error))
        except Exception:
            _logger.exception("Export %s of members could not be written.", self.id)
            export._fail(export.env._("Ask your administrator to look at the log."))
        else:
            self.state = "written"
            export._notify_user(
                export.env._("Your export is ready"),
                export.env._("Members in the file: %(count)s.", count=count),
                Markup('<a href="%s">%s</a>')
                % (export._get_download_url(), export._get_file_name()),
            )

    def _fail_after_stop(self):
        """Give up a file during which the server was stopped, rather than try for ever.

        A server ends scheduled actions that take longer than it allows.
        """
        export = self._as_owner()
        export._fail(
            export.env._(
                "The server stopped while the file was being made. Export again; if it"
                " comes to this again, export fewer members at a time, or ask your"
                " administrator to raise the time limit of scheduled actions."
            )
        )

    def _fail(self, reason):
        """Give up and tell the user why."""
        self.state = "failed"
        self._notify_user(
            self.env._("Your export could not be made"),
            self.env._("The members were not exported."),
            reason,
        )

    def _as_owner(self):
        """Return the export with the rights and in the language of who asked for it."""
        self.ensure_one()
        owner = self.create_uid
        return self.with_user(owner).with_context(lang=owner.lang, tz=owner.tz)

    def _store_workbook(self):
        """Keep the file with the export; whoever may no longer export cannot read it.

        :return: how many members it has
        """
        with tempfile.TemporaryFile() as file:
            count = self._write_workbook(file)
            file.seek(0)
            self.env["ir.attachment"].create(
                {
                    "name": self._get_file_name(),
                    "res_model": self._name,
                    "res_id": self.id,
                    "res_field": "workbook",
                    "mimetype": MIMETYPE,
                    "raw": file.read(),
                }
            )
        return count

    def _notify_user(self, subject, *lines):
        """Send the user a message, to the inbox or by mail as they prefer."""
        self.sudo().program_id.message_notify(
            partner_ids=self.env.user.partner_id.ids,
            author_id=self.env.ref("base.partner_root").id,
            subject=subject,
            body=Markup("<p>%s</p>") % Markup(" ").join(lines),
        )
