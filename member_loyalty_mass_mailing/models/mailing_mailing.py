from odoo import fields, models
from odoo.fields import Domain

FIELD = "member_segment_id"


class MailingMailing(models.Model):
    _name = "mailing.mailing"
    _inherit = ["mailing.mailing"]

    member_segment_id = fields.Many2one(
        comodel_name="member.segment",
        string="Started from Segment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="member_loyalty.member_loyalty_group_user",
    )

    def _get_recipients_domain(self):
        """Override of `mass_mailing` to mail only to members whom the sender may see.

        The queue runs as superuser, for whom everybody is in reach. The responsible
        is who sends; without one, who wrote the mailing last.
        """
        domain = super()._get_recipients_domain()
        if self.mailing_model_real != "res.partner" or not self._asks_for_segment():
            return domain
        sender = self.sudo().user_id or self.sudo().write_uid or self.env.user
        if not sender.has_group("member_loyalty.member_loyalty_group_user"):
            return Domain.FALSE
        visible = (
            self.env["res.partner"]
            .with_user(sender)
            .with_context(allowed_company_ids=sender.company_ids.ids)
        )
        return Domain("id", "in", visible._search(domain))

    def _asks_for_segment(self):
        """Tell whether the recipients are those of a segment."""
        return FIELD in repr(self._parse_mailing_domain())
