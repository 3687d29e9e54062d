from odoo import Command

from odoo.addons.member_loyalty.tests.tag_common import TagCommon


class SegmentCommon(TagCommon):
    """The club with Ada (Silver, Germany), Bob (Gold, France) and Cem (Ordinary)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.france = cls.env.ref("base.fr")
        cls.ada = cls._create_customer("Ada", country_id=cls.germany.id)
        cls.bob = cls._create_customer("Bob", country_id=cls.france.id)
        cls.cem = cls._create_customer("Cem")
        cls._enroll(cls.ada, tier=cls.silver)
        cls._enroll(cls.bob, tier=cls.gold)
        cls._enroll(cls.cem)

    @classmethod
    def _create_segment(cls, name="Chosen", user=None, **values):
        segments = cls.env["member.segment"].with_user(user or cls.env.user)
        many = {
            key: [Command.set(value.ids)] if hasattr(value, "ids") else value
            for key, value in values.items()
        }
        return segments.create({"name": name, "program_id": cls.program.id, **many})

    @classmethod
    def _score(cls, partner, **values):
        membership = partner.member_membership_ids[:1]
        return (
            cls.env["member.score"]
            .sudo()
            .create(
                {
                    "membership_id": membership.id,
                    "company_id": membership.company_id.id,
                    "partner_id": partner.id,
                    **values,
                }
            )
        )

    @classmethod
    def _forecast(cls, partner, **values):
        membership = partner.member_membership_ids[:1]
        return (
            cls.env["member.forecast"]
            .sudo()
            .create(
                {
                    "membership_id": membership.id,
                    "company_id": membership.company_id.id,
                    "partner_id": partner.id,
                    **values,
                }
            )
        )

    @classmethod
    def _signal(cls, partner, kind="silent", **values):
        membership = partner.member_membership_ids[:1]
        return (
            cls.env["member.signal"]
            .sudo()
            .create(
                {
                    "program_id": membership.program_id.id,
                    "membership_id": membership.id,
                    "company_id": membership.company_id.id,
                    "partner_id": partner.id,
                    "kind": kind,
                    "cause": f"{kind},{membership.id}",
                    "found_on": "2026-03-01",
                    **values,
                }
            )
        )

    @classmethod
    def _get_class(cls, kind, code):
        return cls.env["member.score.class"].search(
            [("kind", "=", kind), ("code", "=", code)]
        )

    def _get_names(self, segment):
        found = self.env["member.membership"].search(segment._get_domain())
        return sorted(found.partner_id.mapped("name"))

    def _find_names(self, **values):
        return self._get_names(self._create_segment(**values))

    def _get_carriers(self, tag):
        self.env.invalidate_all()
        return sorted(tag.partner_ids.mapped("name"))
