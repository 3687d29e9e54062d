from datetime import datetime
from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron

from ..logic.notification import Notice
from .benefit_common import BenefitCommon


class NotificationCommon(BenefitCommon):
    """The club tells its members what happens to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.notify_members = True
        cls.env.company.write({"name": "Lamps Inc.", "email": "club@lamps.example"})
        cls.Notification = cls.env["member.notification"]

    def setUp(self):
        super().setUp()
        self.env.cr._now = datetime.now()  # another test may have travelled

    @classmethod
    def _get_kind(cls, code):
        return cls.env["member.notification.kind"].search([("code", "=", code)])

    @classmethod
    def _tell(cls, kind, *customers, key="event", **values):
        """Tell customers of an event; return the new messages."""
        special = {
            name: values.pop(name)
            for name in ("title", "body", "url", "source")
            if name in values
        }
        return cls.Notification._notify(
            kind,
            [Notice(customer.id, key, values, **special) for customer in customers],
            cls.program,
        )

    @classmethod
    def _get_messages(cls, customer, *kinds):
        """Return what a customer was told, oldest first."""
        domain = [("partner_id", "=", customer.id)]
        if kinds:
            domain += [("kind", "in", kinds)]
        return cls.Notification.search(domain, order="id")

    @classmethod
    def _get_told(cls, customer):
        """Return the codes of what a customer was told, oldest first."""
        return cls._get_messages(customer).mapped("kind")

    @classmethod
    def _get_mails(cls, messages):
        return cls.env["mail.mail"].search(
            [("model", "=", "member.notification"), ("res_id", "in", messages.ids)],
            order="id",
        )

    def _follow_up(self):
        """Run the scheduled action without committing."""
        with self._without_commit():
            self.env["member.follow.up"]._cron_follow_up()
        self.env.invalidate_all()

    @staticmethod
    def _without_commit():
        return patch.object(
            IrCron, "_commit_progress", lambda *_args, **_values: float("inf")
        )

    @classmethod
    def _speak_french(cls):
        cls.env["res.lang"]._activate_lang("fr_FR")
