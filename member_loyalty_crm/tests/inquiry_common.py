from odoo.addons.member_loyalty.tests.common import MemberCommon

BEARING = (
    "Please quote for 500 pcs of bearing 6204-2RS, target USD 1.20/pc, CIF Hamburg"
)


class InquiryCommon(MemberCommon):
    """The company of :class:`MemberCommon`, whose leads are read."""

    def _create_lead(self, text=BEARING, sender="buyer@acme.example", **values):
        return self.env["crm.lead"].create(
            {
                "name": "Web form",
                "description": f"<p>{text}</p>",
                "email_from": sender,
                "company_id": self.env.company.id,
                "type": "lead",
                **values,
            }
        )

    def _receive_mail(self, lead, body, sender="Buyer <buyer@acme.example>"):
        """Let a mail come in on a lead."""
        return lead.message_post(
            body=body,
            body_is_html=True,
            message_type="email",
            email_from=sender,
            author_id=False,
            subtype_xmlid="mail.mt_comment",
        )
