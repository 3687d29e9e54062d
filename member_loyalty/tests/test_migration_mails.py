from importlib import util
from pathlib import Path

from odoo.tests import TransactionCase, tagged

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.3.0/post-mails-to-contacts.py"
OLD = "{{ object.partner_id.id }}"
NEW = "{{ object.mail_partner_id.id or '' }}"


@tagged("post_install", "-at_install")
class TestMigrationMails(TransactionCase):
    """Before 19.0.1.3.0 a company without an address was not warned by mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("member_loyalty.mail_template_tier_warning")
        spec = util.spec_from_file_location("post_mails_to_contacts", SCRIPT)
        cls.script = util.module_from_spec(spec)
        spec.loader.exec_module(cls.script)

    def _migrate(self):
        self.script.migrate(self.env.cr, "19.0.1.2.0")

    def test_the_contact_gets_the_warning_from_then_on(self):
        self.template.partner_to = OLD

        self._migrate()
        self._migrate()

        self.assertEqual(self.template.partner_to, NEW)

    def test_a_template_that_somebody_changed_stays_as_it_is(self):
        self.template.partner_to = "{{ object.company_id.partner_id.id }}"

        self._migrate()

        self.assertIn("company_id", self.template.partner_to)
