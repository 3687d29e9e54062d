from odoo import fields, models

from ..logic.notification_reach import Reader


class MemberMessageReceiver(models.AbstractModel):
    """A contact that is told things: by which address, and what it does not want."""

    _name = "member.message.receiver"
    _description = "Receiver of Messages"

    member_no_marketing = fields.Boolean(
        string="No Marketing Messages",
        copy=False,
        groups="member_loyalty.member_loyalty_group_user",
        help="Greetings and offers of the membership are kept from this contact. What"
        " concerns its own tier, points and benefits is still told.",
    )

    def _get_member_mail_partners(self):
        """Return who gets the mails for these members, by the id of the member.

        The member, or the first of its contacts with an address.
        """
        return {
            member.id: (
                member
                | member.child_ids.filtered(
                    lambda contact: contact.type == "contact"
                ).sorted("id")
            ).filtered("email")[:1]
            for member in self
        }

    def _get_mail_reader(self, refusing=None):
        """Return what decides whether a mail may go to this contact.

        :param refusing: contacts who want no marketing, as far as that was looked up
        """
        contact = self.sudo()
        return Reader(
            contact.email or None,
            contact.message_bounce,
            contact.is_blacklisted
            or contact.member_no_marketing
            or bool(refusing and self in refusing),
        )

    def _find_refusing_marketing(self, company):
        """Return those of these contacts who are not to get a company's marketing.

        They said so, or did not agree to it where that is demanded.
        """
        refusing = self.filtered(lambda one: one.sudo().member_no_marketing)
        rest = self - refusing
        return refusing | (rest - rest._find_allowing("marketing", company))
