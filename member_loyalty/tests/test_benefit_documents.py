import inspect

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.base.models.ir_attachment import IrAttachment
from odoo.addons.base.models.ir_binary import IrBinary
from odoo.addons.sale.models.sale_order import SaleOrder

from .document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestBenefitDocuments(DocumentCommon):
    """Documents open for members whose benefits open their level, for nobody else."""

    def _get_names(self, partner):
        documents = self.env["product.document"]._get_for_partner(partner)
        return set(documents.mapped("name"))

    def _create_portal_user(self, partner, login="ada"):
        return self._create_user(login, "base.group_portal", partner_id=partner.id)

    def test_each_tier_opens_its_levels(self):
        self._create_document(self.manuals, name="manual.txt")
        self._create_document(self.drawings, name="drawing.txt")
        self._create_document(name="sheet.txt")
        tiers = (self.ordinary, self.silver, self.gold)

        seen = [
            self._get_names(self._create_member(tier.name, tier=tier)) for tier in tiers
        ]

        self.assertEqual(seen, [set(), {"manual.txt"}, {"manual.txt", "drawing.txt"}])

    def test_contacts_open_what_their_company_opens_until_it_falls(self):
        self._create_document(self.drawings)
        acme = self._create_member("Acme", tier=self.gold, is_company=True)
        eve = self._create_customer("Eve", parent_id=acme.id)
        before = self._get_names(eve)

        self._get_membership(acme)._assign_tier(self.silver, "For the test")

        self.assertEqual((before, self._get_names(eve)), ({"drawing.txt"}, set()))

    def test_a_benefit_for_a_product_line_opens_documents_of_that_line_only(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        self.drawing_benefit.category_ids = line
        lamp = self._create_product("New Lamp", categ_id=line.id)
        self._create_document(self.drawings, lamp, name="lamp.txt")
        self._create_document(self.drawings)

        names = self._get_names(self._create_member(tier=self.gold))

        self.assertEqual(names, {"lamp.txt"})

    def test_attachments_are_closed_to_portal_users_without_the_benefit(self):
        document = self._create_document(self.drawings)
        ada = self._create_member(tier=self.gold)
        user = self._create_portal_user(ada)
        attachment = document.ir_attachment_id.with_user(user)
        grants = document._find_grants(ada)

        self._get_membership(ada)._assign_tier(self.silver, "For the test")

        self.assertTrue(grants)
        for operation in ("read", "write"):
            self.assertFalse(attachment.has_access(operation))
        with self.assertRaises(AccessError):
            attachment._can_return_content("raw")

    def test_employees_read_documents_as_before(self):
        document = self._create_document(self.drawings)
        clerk = self._create_user("clerk", "base.group_user")

        attachment = document.ir_attachment_id.with_user(clerk)

        self.assertEqual(attachment.raw, b"secret drawing")
        self.assertEqual(document.with_user(clerk).raw, b"secret drawing")
        with self.assertQueryCount(0):
            self.assertFalse(attachment._find_closed())

    def test_addresses_passed_on_before_become_useless(self):
        document = self._create_document(public=True)
        document.ir_attachment_id.generate_access_token()

        document.write({"member_only": True, "member_level_id": self.manuals.id})

        attachment = document.ir_attachment_id
        self.assertRecordValues(attachment, [{"public": False, "access_token": False}])
        with self.assertRaisesRegex(ValidationError, "cannot be public"):
            attachment.public = True

    def test_a_new_token_opens_nothing(self):
        document = self._create_document(self.drawings)
        attachment = document.ir_attachment_id
        [token] = attachment.generate_access_token()
        signed = attachment._get_raw_access_token()
        user = self._create_portal_user(self._create_member())
        binary = self.env["ir.binary"].with_user(user)

        for one in (token, signed):
            with self.assertRaises(AccessError):
                binary._find_record(res_id=attachment.id, access_token=one, field="raw")
        self.assertFalse(
            attachment.with_user(user).sudo()._has_attachments_ownership([token])
        )

    def test_no_address_of_its_own_opens_a_document(self):
        document = self._create_document(self.drawings)
        document.ir_attachment_id.sudo().url = "/secret.txt"
        user = self._create_portal_user(self._create_member())

        served = (
            self.env["ir.attachment"]
            .with_user(user)
            .sudo()
            ._get_serve_attachment("/secret.txt")
        )

        self.assertFalse(served)

    def test_orders_list_what_the_reader_may_open(self):
        self._create_document(self.drawings, attached_on_sale="quotation")
        ada, bob = self._create_member(tier=self.gold), self._create_member("Bob")
        orders = [self._create_order(one, 10) for one in (ada, bob)]
        user = self._create_portal_user(ada)

        listed = [len(order._get_product_documents()) for order in orders]

        self.assertEqual(listed, [1, 0])
        for order in orders:
            shown = order.with_user(user).sudo()._get_product_documents()
            self.assertEqual(len(shown), 1)
        public = self.env.ref("base.public_user")
        self.assertFalse(orders[0].with_user(public).sudo()._get_product_documents())

    def test_a_download_is_recorded_and_counts_once_a_day(self):
        document = self._create_document(self.drawings)
        ada = self._create_member(tier=self.gold)
        Download = self.env["member.document.download"]
        grant = document._find_grants(ada)[document.id]

        Download._record(document, ada, *grant)
        Download._record(document, ada, *grant)
        self._travel_to("2026-03-16 10:00:00")
        Download._record(document, ada, *grant)

        self.assertEqual(self._get_uses(self.drawing_benefit), [(1, 0), (1, 0)])
        downloads = Download.search([("document_id", "=", document.id)])
        self.assertEqual(len(downloads), 3)
        self.assertEqual(downloads.tier_id, self.gold)
        with self.assertRaisesRegex(UserError, "history"):
            downloads[0].document_name = "other"
        with self.assertRaisesRegex(UserError, "history"):
            downloads.unlink()

    def test_a_quota_limits_documents_not_downloads(self):
        self.drawing_benefit.quota = 1
        first, second = (self._create_document(self.drawings) for _ in range(2))
        ada = self._create_member(tier=self.gold)
        Download = self.env["member.document.download"]
        grant = first._find_grants(ada)[first.id]
        Download._record(first, ada, *grant)
        Download._record(first, ada, *grant)

        with self.assertRaisesRegex(UserError, "as often as"):
            Download._record(second, ada, *grant)

    def test_a_document_whose_level_nobody_opens_warns(self):
        lonely = self.env["member.document.level"].create({"name": "Test Lonely"})

        document = self._create_document(lonely)

        self.assertIn("No benefit opens", document.member_warning)
        self.assertFalse(self._create_document(self.manuals).member_warning)

    def test_bad_documents_are_refused_with_what_to_do(self):
        other = self._create_company()
        foreign = self.env["member.document.level"].create(
            {"name": "Test Foreign", "company_id": other.id}
        )
        self.product.company_id = self.env.company
        with self.assertRaisesRegex(ValidationError, "Choose its level"):
            self._create_document(member_only=True)
        with self.assertRaisesRegex(ValidationError, "is a link"):
            self._create_document(
                self.manuals, type="url", url="https://example.com", raw=False
            )
        with self.assertRaisesRegex(ValidationError, "own company"):
            self._create_document(foreign)

    def test_bad_benefits_are_refused_with_what_to_do(self):
        other = self._create_company()
        foreign = self.env["member.document.level"].create(
            {"name": "Test Foreign", "company_id": other.id}
        )
        with self.assertRaisesRegex(ValidationError, "at least one level"):
            self._create_benefit(kind="documents")
        with self.assertRaisesRegex(ValidationError, "own company"):
            self._open(foreign, self.silver)

    def test_levels_are_configured_by_managers_alone(self):
        clerk = self._create_user("clerk", "user")

        with self.assertRaises(AccessError):
            self.manuals.with_user(clerk).name = "Other"

        self.assertTrue(self.manuals.with_user(clerk).name)
        with self.assertRaises(AccessError):
            self.env["member.document.download"].with_user(clerk).create({})

    def test_files_cost_nothing_where_no_document_is_for_members(self):
        self.env["product.document"].search([("member_only", "=", True)]).unlink()
        document = self._create_document()
        user = self._create_portal_user(self._create_member())
        attachment = document.ir_attachment_id.with_user(user)
        attachment._find_closed()

        with self.assertQueryCount(0):
            attachment._find_closed()

    def test_odoo_still_asks_where_we_answer(self):
        access = inspect.getsource(IrBinary._find_record)

        self.assertIn("_can_return_content", access)
        self.assertIn("check_access", access)
        self.assertEqual(
            list(inspect.signature(IrBinary._find_record).parameters)[1:],
            ["xmlid", "res_model", "res_id", "access_token", "field"],
        )
        self.assertIn("_filtered_access", inspect.getsource(IrAttachment._search))
        self.assertIn(
            "_filter_product_documents",
            inspect.getsource(SaleOrder._get_product_documents),
        )
