from .common import MemberCommon


class ConsentCommon(MemberCommon):
    """Ada of Germany and Bob of the United States, and the purpose Research."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_customer(country_id=cls.env.ref("base.de").id)
        cls.bob = cls._create_customer("Bob", country_id=cls.env.ref("base.us").id)
        cls.purpose = cls._create_purpose()

    @classmethod
    def _create_purpose(cls, code="research", is_published=True, **values):
        purpose = cls.env["member.consent.purpose"].create(
            {
                "name": code.capitalize(),
                "code": code,
                "demanded": "countries",
                "country_group_id": cls.env.ref("base.europe").id,
                **values,
            }
        )
        if is_published:
            cls._publish(purpose)
        return purpose

    @classmethod
    def _publish(cls, purpose, **values):
        """Write a version of a purpose and put it into force."""
        version = cls.env["member.consent.version"].create(
            {
                "purpose_id": purpose.id,
                "title": "I agree",
                "text": "You may do it.",
                **values,
            }
        )
        version.action_publish()
        return version

    @classmethod
    def _create_own(cls, code):
        """Return the company's own purpose of the suite, in force."""
        purpose = cls.env["member.consent.purpose"].search(
            [("code", "=", code), ("company_id", "=", cls.env.company.id)]
        )
        if not purpose:
            return cls._create_purpose(code)
        if not purpose.version_id:
            cls._publish(purpose)
        return purpose

    def _count_answers(self, partner):
        return self.env["member.consent"].search_count(
            [("partner_id", "=", partner.id)]
        )
