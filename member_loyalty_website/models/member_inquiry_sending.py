from odoo import fields, models


class MemberInquirySending(models.AbstractModel):
    """An inquiry list that is sent, once, and what was said with it."""

    _name = "member.inquiry.sending"
    _description = "Sending of an Inquiry List"

    sent_at = fields.Datetime(string="Sent", readonly=True, copy=False)
    contact_name = fields.Char(string="Name", readonly=True, copy=False)
    company_name = fields.Char(readonly=True, copy=False)
    email = fields.Char(readonly=True, copy=False)
    phone = fields.Char(readonly=True, copy=False)
    country_id = fields.Many2one(
        comodel_name="res.country", readonly=True, copy=False, ondelete="set null"
    )
    wanted_date = fields.Date(string="Wanted by", readonly=True, copy=False)
    message = fields.Text(readonly=True, copy=False)
    lang = fields.Char(string="Language", readonly=True, copy=False)

    def _send(self, values):
        """Send the list to the seller, unless that was done already.

        The row is written first: of two requests at once the later one conflicts, is
        run again by Odoo and finds the list sent.

        :param dict values: what was said with it, as values of this model
        :return: whether it was sent now
        """
        self.ensure_one()
        if self.sent_at:
            return False
        self.write({**values, "sent_at": fields.Datetime.now()})
        self._renew()
        (self.line_ids - self._get_shown_lines()).unlink()
        self._deliver()
        self._confirm()
        return True

    def _deliver(self):
        """Bring the list to the seller: by mail to who looks after the buyer.

        Seam: a module with a better place for inquiries puts it there instead.
        """
        template = self.env.ref("member_loyalty_website.mail_template_inquiry")
        template.sudo().send_mail(self.id)

    def _confirm(self):
        """Tell the sender what has arrived.

        Nothing that a visitor wrote goes along: anybody can type anybody's address.
        """
        if self._get_sender_mail():
            template = self.env.ref(
                "member_loyalty_website.mail_template_inquiry_confirmation"
            )
            template.sudo().send_mail(self.id)

    def _get_sender_mail(self):
        """Return the address of who sent the list."""
        return self.partner_id.email or self.email or ""

    def _get_keeper(self):
        """Return the contact on our side whom the list is for."""
        buyer = self.partner_id
        keeper = (
            buyer.user_id
            or buyer.commercial_partner_id.user_id
            or self.website_id.salesperson_id
        )
        is_reached = keeper.active and keeper.partner_id.email
        return keeper.partner_id if is_reached else self.company_id.partner_id
