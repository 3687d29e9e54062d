from .portal_common import MemberPageCommon


class ConsentPageCommon(MemberPageCommon):
    """The purpose Research of the website's company, in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.website.company_id
        cls.purpose = cls._create_purpose("research", "Market research")
        cls.ann.country_id = cls.env.ref("base.de")

    @classmethod
    def _create_purpose(cls, code, name, **values):
        purpose = cls.env["member.consent.purpose"].create(
            {
                "name": name,
                "code": code,
                "company_id": cls.company.id,
                "demanded": "countries",
                "country_group_id": cls.env.ref("base.europe").id,
                **values,
            }
        )
        version = cls.env["member.consent.version"].create(
            {
                "purpose_id": purpose.id,
                "title": f"Yes to {name}",
                "text": "You may ask me <b>things</b>.",
            }
        )
        version.action_publish()
        return purpose

    def _get_state(self, partner=None):
        return (partner or self.ann)._get_consent("research", self.company)
