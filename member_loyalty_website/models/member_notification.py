from odoo import api, fields, models


class MemberNotification(models.Model):
    """Messages, as buyers read them on the website."""

    _inherit = "member.notification"

    @api.model
    def _get_reader_domain(self, partner, company):
        """Return the domain of the messages that a buyer may read in a shop.

        Those to the buyer and to the buyer's company, as long as they are of use.

        :param partner: the buyer's own contact
        :param company: the company whose website is read
        """
        readers = partner | partner.commercial_partner_id
        return fields.Domain(
            [
                ("partner_id", "in", readers.ids),
                ("company_id", "=", company.id),
                ("program_id.active", "=", True),
            ]
        ) & (
            fields.Domain("expires_on", "=", False)
            | fields.Domain("expires_on", ">=", company._member_today())
        )

    @api.model
    def _count_unread(self, partner, company):
        """Return how many messages a buyer has not read yet."""
        domain = self._get_reader_domain(partner, company)
        return self.sudo().search_count(domain & fields.Domain("read_at", "=", False))

    def _mark_read(self):
        """Remember that messages were read, those that were not yet.

        A company's message is read once one of its contacts has read it.
        """
        unread = self.filtered(lambda message: not message.read_at)
        unread.write({"read_at": fields.Datetime.now()})

    def _get_safe_url(self):
        """Return the link of a message if it leads to a page, else nothing."""
        self.ensure_one()
        url = self.url or ""
        is_own_page = url.startswith("/") and not url.startswith(("//", "/\\"))
        return url if is_own_page or url.startswith(("https://", "http://")) else False
