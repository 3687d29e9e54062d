from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .appeal_common import UNTIL, AppealCommon


@tagged("post_install", "-at_install")
class TestAppealOfMembersThatEnd(AppealCommon):
    """Memberships that are archived, contacts that are merged."""

    def _merge(self, *partners, into):
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            [partner.id for partner in (*partners, into)], into
        )

    def test_archiving_a_membership_withdraws_its_appeal(self):
        appeal = self._submit_appeal()

        self.membership.with_user(self.otto).active = False

        self.assertEqual(appeal.state, "withdrawn")
        self.assertFalse(appeal.activity_ids)

    def test_an_archived_membership_cannot_appeal(self):
        appeal = self._file_appeal()
        self.membership.active = False
        with self.assertRaisesRegex(UserError, "no longer possible"):
            appeal.action_submit()
        new = self._file_appeal()
        with self.assertRaisesRegex(UserError, "no longer a member"):
            new.action_submit()

    def test_the_appeal_goes_on_with_the_contact_that_stays(self):
        appeal = self._submit_appeal()
        bea = self._create_customer("Bea")
        [kept] = self._enroll(bea)

        self._merge(self.ada, into=bea)

        self.assertRecordValues(
            appeal, [{"state": "submitted", "membership_id": kept.id}]
        )

    def test_a_running_promise_goes_on_before_other_appeals(self):
        promise = self._grant_appeal()
        bea = self._create_customer("Bea")
        [kept] = self._enroll(bea)
        other = self._submit_appeal(kept, tier_id=self.silver.id)

        self._merge(self.ada, into=bea)

        self.assertEqual(other.state, "withdrawn")
        self.assertEqual(promise.membership_id, kept)
        self.assertRecordValues(
            kept, [{"tier_id": self.gold.id, "granted_until": UNTIL}]
        )
        self._book(bea, 1250)
        self.assertEqual(promise.promise_percentage, 25)

    def test_a_tier_that_is_wished_cannot_be_deleted(self):
        program = self._create_program(sequence=99)
        [member] = self._enroll(self._create_customer("Bea"), program=program)
        tier = program.tier_ids[2]
        self._file_appeal(member, tier_id=tier.id)

        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            tier.unlink()
