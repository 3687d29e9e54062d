from markupsafe import Markup

from odoo import api, fields, models

from ..logic import notification_text as texts


class MemberNotificationReader(models.AbstractModel):
    """Messages as the buyer has them: what there is to read, and what was read."""

    _name = "member.notification.reader"
    _description = "Reading of Messages"

    @api.model
    def _get_reader_domain(self, partner, company=None):
        """Return the domain of the messages that a buyer may read.

        Those to the buyer and to the buyer's company, as long as they are of use.

        :param partner: the buyer's own contact
        :param company: whose messages; those of every company unless given
        """
        readers = partner | partner.commercial_partner_id
        today = (company or self.env.company)._member_today()
        domain = fields.Domain(
            [
                ("partner_id", "in", readers.ids),
                ("on_site", "=", True),
                ("program_id.active", "=", True),
            ]
        )
        if company:
            domain &= fields.Domain("company_id", "=", company.id)
        return domain & (
            fields.Domain("expires_on", "=", False)
            | fields.Domain("expires_on", ">=", today)
        )

    @api.model
    def _get_for_partner(self, partner, company=None):
        """Return the messages that a buyer may read, the newest first, with rights."""
        return self.sudo().search(self._get_reader_domain(partner, company))

    @api.model
    def _count_unread(self, partner, company=None):
        """Return how many messages a buyer has not read yet."""
        domain = self._get_reader_domain(partner, company)
        return self.sudo().search_count(domain & fields.Domain("read_at", "=", False))

    def _mark_read(self):
        """Remember that messages were read, those that were not yet.

        A company's message is read once one of its contacts has read it.
        """
        unread = self.filtered(lambda message: not message.read_at)
        unread.sudo().write({"read_at": fields.Datetime.now()})

    def _get_safe_url(self):
        """Return the link of a message if it leads to a page, else nothing."""
        self.ensure_one()
        return self.url if texts.is_page(self.url) else False

    def _get_absolute_url(self):
        """Return the link of a message as it works in a mail.

        Without one of its own it leads to the page of the membership.
        """
        self.ensure_one()
        page = self._get_safe_url() or self.program_id._get_member_page()
        return texts.absolute(self.get_base_url(), page)

    def _get_body_html(self):
        """Return the text as HTML; whatever it says is escaped."""
        self.ensure_one()
        return Markup(texts.to_html(self.body))
