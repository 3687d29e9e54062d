import json
from unittest.mock import patch

from odoo.tests import tagged

from ..models import member_personal_data
from .consent_common import ConsentCommon


@tagged("post_install", "-at_install")
class TestPersonalData(ConsentCommon):
    def _collect(self, partner=None):
        data = self.env["member.personal.data"]._collect(
            partner or self.ada, self.env.company
        )
        return json.loads(json.dumps(data))

    def _get_entries(self, key, partner=None):
        return self._collect(partner)["sections"][key]["entries"]

    def _get_models_with_contacts(self):
        """Return the stored models of the suite that lead to a contact."""
        registry = self.env.registry
        suite = {one for one in registry._init_modules if one.startswith("member_")}
        return {
            name
            for name, model in registry.items()
            if not model._abstract
            and not model._transient
            and model._original_module in suite
            and any(
                field.store and field.comodel_name == "res.partner"
                for field in model._fields.values()
            )
        }

    def test_every_model_with_a_contact_is_given_or_explained(self):
        data = self.env["member.personal.data"]
        given = {section.model for section in data._get_sections()}
        explained = data._get_exceptions()

        forgotten = self._get_models_with_contacts() - given - explained.keys()

        self.assertFalse(
            forgotten,
            "Say in member.personal.data what of these a contact is given, or why not",
        )
        self.assertFalse(given & explained.keys())
        self.assertTrue(all(explained.values()))

    def test_every_section_can_be_collected(self):
        sections = self.env["member.personal.data"]._get_sections()

        data = self._collect()

        self.assertEqual(
            (data["schema"], data["schema_version"]),
            ("member_loyalty.personal_data", 1),
        )
        self.assertEqual(list(data["sections"]), [one.key for one in sections])
        for section in sections:
            fields = self.env[section.model]._fields
            self.assertFalse(set(section.names) - fields.keys(), section.key)

    def test_a_contact_is_given_what_it_did_and_said(self):
        order = self._confirm_order(self.ada, 1500)
        self.ada._set_consent("research", True, "settings")
        self.tag = self.env["member.tag"].create({"name": "Loud"})
        self.ada.member_tag_ids = self.tag

        [purchase] = self._get_entries("purchases")
        [consent] = self._get_entries("consents")

        self.assertEqual(
            (purchase["source_ref"], purchase["amount"]), (order.name, 1500)
        )
        self.assertEqual((consent["is_given"], consent["how"]), (True, "settings"))
        self.assertEqual(self._get_entries("memberships")[0]["tier_id"], "Silver")
        self.assertEqual(self._get_entries("tags")[0]["name"], "Loud")
        self.assertEqual(self._get_entries("tag_changes")[0]["change"], "added")

    def test_colleagues_share_the_tier_but_not_what_each_did(self):
        company = self._create_customer("Acme", is_company=True)
        eve = self._create_customer("Eve", parent_id=company.id)
        max_ = self._create_customer("Max the Colleague", parent_id=company.id)
        self._confirm_order(max_, 1500)
        max_._set_consent("research", True, "settings")

        data = self._collect(eve)

        self.assertEqual(len(data["sections"]["memberships"]["entries"]), 1)
        self.assertEqual(data["sections"]["purchases"]["entries"], [])
        self.assertEqual(data["sections"]["consents"]["entries"], [])
        self.assertNotIn("Max", json.dumps(data))

    def test_what_is_kept_for_another_seller_is_not_given(self):
        other = self._create_company()
        self._create_purpose(company_id=other.id)
        self.ada._set_consent("research", True, "settings", company=other)

        self.assertEqual(self._get_entries("consents"), [])

    def test_a_long_history_is_cut_and_says_so(self):
        for is_given in (True, False, True):
            self.ada._set_consent("research", is_given, "settings")

        with (
            patch.object(member_personal_data, "MOST_ENTRIES", 2),
            patch.object(member_personal_data, "AT_ONCE", 1),
        ):
            section = self._collect()["sections"]["consents"]

        self.assertEqual(
            (section["complete"], [one["is_given"] for one in section["entries"]]),
            (False, [True, False]),
        )
