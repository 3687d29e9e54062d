from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl.utils.escape import unescape

from odoo.tests import Form, tagged
from odoo.tools.translate import code_translations

from .export_common import ExportCommon

HOSTILE_NAMES = (
    "+1",
    "-1+1",
    "=1+1",
    '=HYPERLINK("http://example.com")',
    "@SUM(A1)",
    "http://example.com",
    "mailto:a@example.com",
    "{=1+1}",
    "_x0041_",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-31 10:00:00")
class TestMemberExportContent(ExportCommon):
    def test_cells_are_dates_numbers_and_text(self):
        germany = self.env.ref("base.de")
        tag = self.env["member.tag"].create({"name": "Trade fair"})
        member = self._create_member(
            "Acme",
            tier=self.silver,
            joined_on=date(2025, 1, 2),
            email="office@acme.example",
            country_id=germany.id,
            lang="en_US",
            member_tag_ids=[(6, 0, tag.ids)],
        )
        self._book(member, "2026-02-01", 1234.5)

        [row] = self._read_rows(self._create_export())

        currency = self.club.currency_id.name
        self.assertEqual(
            row,
            {
                "Member": "Acme",
                "Contact": "Acme",
                "Email": "office@acme.example",
                "Country": "Germany",
                "Language": "English (US)",
                "Tier": "Silver",
                "Since": datetime(2026, 3, 31),
                "Valid Until": datetime.combine(
                    member.valid_until, datetime.min.time()
                ),
                f"Purchases ({currency})": 1234.5,
                "Orders": 1,
                "Last Purchase": datetime(2026, 2, 1),
                "Tags": "Trade fair",
                "Joined On": datetime(2025, 1, 2),
            },
        )

    def test_figures_are_those_of_the_program(self):
        members = [self._create_member(name) for name in ("Ann", "Bob", "Cleo")]
        self._book(members[0], "2025-03-31", 10)  # the day before the window
        self._book(members[0], "2025-04-01", 20)
        self._book(members[1], "2026-03-31", -7.25, orders=0)
        figures = self.club._get_figures([m.partner_id.id for m in members])

        rows = self._read_rows(self._create_export())

        amount_title = f"Purchases ({self.club.currency_id.name})"
        for member, row in zip(members, rows, strict=True):
            amount, orders, last_on = figures.get(member.partner_id.id, (0, 0, None))
            last = row["Last Purchase"]
            self.assertEqual((row[amount_title], row["Orders"]), (amount, orders))
            self.assertEqual(last and last.date(), last_on or None)

    def test_members_without_purchases_have_zero_and_no_date(self):
        self._create_member("Ann")

        [row] = self._read_rows(self._create_export())

        self.assertEqual((row["Orders"], row["Last Purchase"]), (0, None))

    def test_nothing_becomes_a_formula_or_a_link(self):
        tag = self.env["member.tag"].create({"name": "=2+2"})
        self.silver.name = "=3+3"
        for name in HOSTILE_NAMES:
            self._create_member(
                name, tier=self.silver, email=name, member_tag_ids=[(6, 0, tag.ids)]
            )

        workbook = self._read_workbook(self._create_export(tier_ids=self.silver.ids))

        cells = [cell for sheet in workbook for row in sheet for cell in row]
        self.assertFalse([cell.value for cell in cells if cell.data_type == "f"])
        self.assertFalse([cell.value for cell in cells if cell.hyperlink])
        names = [unescape(row[0].value) for row in workbook.worksheets[0]][1:]
        self.assertCountEqual(names, HOSTILE_NAMES)

    def test_header_stays_and_filters_all_rows(self):
        for name in ("Ann", "Bob"):
            self._create_member(name)

        sheet = self._read_workbook(self._create_export()).worksheets[0]

        self.assertEqual(sheet.freeze_panes, "B2")
        self.assertEqual(sheet.auto_filter.ref, "A1:M3")
        self.assertEqual(sheet["G2"].number_format, "yyyy-mm-dd")
        self.assertEqual(sheet["I2"].number_format, "#,##0.00")
        self.assertGreater(sheet.column_dimensions["A"].width, 30)

    def test_about_says_where_the_members_come_from(self):
        self._create_member("Ann", tier=self.silver)

        export = self._create_export(tier_ids=self.silver.ids)
        about = dict(self._read_workbook(export)["About"].values)

        self.assertEqual(about["Program"], "Club")
        self.assertEqual(about["As of"], datetime(2026, 3, 31))
        self.assertEqual(about["Members"], 1)
        self.assertEqual(about["Selection"], "Tier: Silver")
        self.assertEqual(about["First day that counts"], datetime(2025, 4, 1))
        self.assertEqual(about["Last day that counts"], datetime(2026, 3, 31))
        self.assertEqual(about["Exported by"], self.exporter.name)
        self.assertIsInstance(about["Exported on"], datetime)

    def test_a_company_shows_its_first_contact_person(self):
        company = self._create_member("Acme", is_company=True).partner_id
        people = self.env["res.partner"].create(
            [
                {"name": "Zoe", "parent_id": company.id, "email": "zoe@acme.example"},
                {"name": "Abe", "parent_id": company.id},
            ]
        )

        [before] = self._read_rows(self._create_export())
        people[0].action_archive()
        [after] = self._read_rows(self._create_export())

        self.assertEqual((before["Contact"], before["Email"]), ("Zoe", people[0].email))
        self.assertEqual((after["Contact"], after["Email"]), ("Abe", None))

    def test_names_are_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.exporter.lang = "fr_FR"
        self.silver.with_context(lang="fr_FR").name = "Argent"
        germany = self.env.ref("base.de")
        germany.with_context(lang="fr_FR").name = "Allemagne"
        self._create_member("Ann", tier=self.silver, country_id=germany.id)
        terms = {"Tier": "Niveau", "Country": "Pays"}

        with patch.object(
            type(code_translations),
            "get_python_translations",
            lambda self, module, lang: terms if lang == "fr_FR" else {},
        ):
            [row] = self._read_rows(self._create_export())

        self.assertEqual((row["Niveau"], row["Pays"]), ("Argent", "Allemagne"))


@tagged("post_install", "-at_install")
class TestMemberExportSelection(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.tag = cls.env["member.tag"].create({"name": "Trade fair"})
        cls.ann = cls._create_member("Ann", country_id=cls.germany.id)
        cls.bob = cls._create_member("Bob", tier=cls.silver)
        cls.cleo = cls._create_member("Cleo", member_tag_ids=[(6, 0, cls.tag.ids)])

    def _start_from_screen(self, memberships, **context):
        """Return the form as the action menu of the list opens it."""
        return (
            self.env["member.export"]
            .with_user(self.exporter)
            .with_context(
                active_model="member.membership", active_ids=memberships.ids, **context
            )
        )

    def test_filters_narrow_the_members(self):
        self._book(self.bob, "2026-01-05", 10)

        self.assertEqual(self._read_names(), ["Ann", "Bob", "Cleo"])
        self.assertEqual(self._read_names(tier_ids=self.silver.ids), ["Bob"])
        self.assertEqual(self._read_names(country_ids=self.germany.ids), ["Ann"])
        self.assertEqual(self._read_names(tag_ids=self.tag.ids), ["Cleo"])
        self.assertEqual(self._read_names(active_since="2026-01-05"), ["Bob"])

    def test_the_form_counts_while_it_is_filled_in(self):
        form = Form(self.env["member.export"].with_user(self.exporter))
        form.program_id = self.club
        self.assertEqual(form.member_count, 3)

        form.tier_ids.add(self.silver)
        self.assertEqual(form.member_count, 1)

        form.active_since = "2026-01-05"
        self.assertEqual(form.member_count, 0)

    def test_members_chosen_on_screen_are_exported(self):
        export = self._start_from_screen(self.ann | self.cleo).create({})

        self.assertEqual(export.program_id, self.club)
        self.assertEqual(export.selection_label, "Members chosen on screen: 2")
        names = [row["Member"] for row in self._read_rows(export)]
        self.assertEqual(names, ["Ann", "Cleo"])

    def test_the_form_opened_from_the_screen_keeps_the_choice(self):
        form = Form(self._start_from_screen(self.ann))

        self.assertEqual(form.member_count, 1)
        self.assertEqual(form.save().member_count, 1)

    def test_all_members_of_a_search_beyond_the_limit_of_the_screen(self):
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", "2")

        export = self._start_from_screen(
            self.ann | self.bob, active_domain=[["program_id", "=", self.club.id]]
        ).create({})

        self.assertEqual(export.member_count, 3)

    def test_archived_members_are_exported_when_chosen_only(self):
        self.ann.action_archive()

        self.assertEqual(self._read_names(), ["Bob", "Cleo"])
        export = self._start_from_screen(self.ann).create({})
        self.assertEqual([row["Member"] for row in self._read_rows(export)], ["Ann"])

    def test_a_member_whose_contact_is_archived_still_is_a_member(self):
        self.ann.partner_id.action_archive()

        self.assertIn("Ann", self._read_names())
        self.assertEqual(self._read_names(country_ids=self.germany.ids), ["Ann"])

    def test_chosen_members_of_another_program_are_left_out(self):
        other = self.club.copy({"name": "Other"})
        stranger = self._create_member("Dora", program=other)

        export = self._start_from_screen(self.ann | stranger).create({})

        self.assertEqual(export.member_count, 1)
        self.assertIn("1 of 2", export.selection_label)
