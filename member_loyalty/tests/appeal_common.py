from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time

from odoo.addons.base.models.ir_cron import IrCron

from .common import MemberCommon

UNTIL = date(2026, 9, 15)


@freeze_time("2026-03-15 10:00:00")
class AppealCommon(MemberCommon):
    """Ada, an ordinary member of the club, who wishes to be gold until 15 September.

    She promises to buy for 5,000. Otto files appeals, Mona and Max decide them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"name": "Lamps Inc.", "email": "club@lamps.example"})
        cls.ada = cls._create_customer(email="ada@example.com", lang="en_US")
        [cls.membership] = cls._enroll(cls.ada)
        cls.seller = cls._create_user("sales", "sales_team.group_sale_salesman")
        cls.otto = cls._create_user("otto", "officer", name="Otto")
        cls.mona = cls._create_user("mona", "manager", name="Mona")
        cls.max = cls._create_user("max", "manager", name="Max")
        cls.program.appeal_manager_id = cls.mona

    @classmethod
    def _file_appeal(cls, membership=None, **values):
        return (
            cls.env["member.tier.appeal"]
            .with_user(cls.otto)
            .create(
                {
                    "membership_id": (membership or cls.membership).id,
                    "tier_id": cls.gold.id,
                    "reason": "A new line from May on",
                    "promised_amount": 5000,
                    "wished_until": UNTIL,
                    **values,
                }
            )
        )

    @classmethod
    def _submit_appeal(cls, membership=None, **values):
        appeal = cls._file_appeal(membership, **values)
        appeal.action_submit()
        return appeal

    @classmethod
    def _grant_appeal(cls, membership=None, **values):
        appeal = cls._submit_appeal(membership, **values)
        appeal.with_user(cls.mona).action_grant()
        return appeal

    def _refuse(self, appeal, reason="The plan names no quantities", user=None):
        wizard = (
            self.env["member.tier.appeal.refusal"]
            .with_user(user or self.mona)
            .create({"appeal_id": appeal.id, "reason": reason})
        )
        return wizard.action_refuse()

    def _review(self):
        """Run the daily action without committing."""
        patcher = patch.object(
            IrCron, "_commit_progress", lambda *_args, **_values: float("inf")
        )
        with patcher:
            self.env["member.tier.appeal"]._cron_review()
        self.env.invalidate_all()

    def _get_mails(self, appeal):
        """Return the mails that wait for the member."""
        return self.env["mail.mail"].search(
            [
                ("model", "=", appeal._name),
                ("res_id", "=", appeal.id),
                ("recipient_ids", "in", appeal.sudo().mail_partner_id.ids),
            ],
            order="id",
        )
