from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.notification import Notice


class MemberNotificationPreview(models.TransientModel):
    """Shows a message as one member would get it, and sends it to whoever looks."""

    _name = "member.notification.preview"
    _description = "Preview of a Message"
    _inherit = ["member.notification.samples"]

    kind_id = fields.Many2one(
        comodel_name="member.notification.kind", required=True, readonly=True
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        string="Member",
        required=True,
        default=lambda self: self._default_membership_id(),
        help="Tier, benefits and points are this member's; what has not happened to"
        " the member is made up.",
    )
    lang = fields.Char(string="Language", compute="_compute_message")
    title = fields.Char(compute="_compute_message")
    body = fields.Text(string="On the Website", compute="_compute_message")
    subject = fields.Char(compute="_compute_mail")
    mail = fields.Html(compute="_compute_mail", sanitize=False)
    mail_note = fields.Char(compute="_compute_mail")

    @api.model
    def _default_membership_id(self):
        return self.env["member.membership"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("kind_id", "membership_id")
    def _compute_message(self):
        for preview in self:
            wording = preview.membership_id and preview._get_wording()
            preview.title = wording and wording.title
            preview.body = wording and wording.body
            preview.lang = wording and self.env["res.lang"]._get_data(
                code=wording.lang
            ).name

    @api.depends("kind_id", "membership_id")
    def _compute_mail(self):
        for preview in self:
            preview.subject, preview.mail, preview.mail_note = False, False, False
            if not preview.membership_id:
                continue
            source, template = preview._get_mail_source()
            if not source:
                preview.mail_note = self.env._(
                    "The mail is written by the template “%(template)s”, on a record"
                    " that this member does not have yet. Choose a member who was told"
                    " of it before.",
                    template=template.name,
                )
                continue
            preview.subject, preview.mail = preview._write_mail(source, template)

    def action_send_test(self):
        """Queue the mail as it is shown, for whoever pressed the button.

        :raises UserError: when there is no mail to send, or no address to send it to
        """
        self.ensure_one()
        self.membership_id.check_access("read")
        if not self.mail:
            raise UserError(self.mail_note or self.env._("There is no mail to send."))
        if not self.env.user.email:
            raise UserError(
                self.env._(
                    "You have no mail address. Enter one in your profile, then send the"
                    " test again."
                )
            )
        self.env["mail.mail"].sudo().create(
            {
                "subject": self.env._("Test: %(subject)s", subject=self.subject),
                "body_html": self.mail,
                "email_from": self.membership_id.company_id.sudo().email_formatted
                or self.env.user.email_formatted,
                "recipient_ids": [fields.Command.set(self.env.user.partner_id.ids)],
                "auto_delete": True,
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The test is on its way to %(address)s.",
                    address=self.env.user.email,
                ),
            },
        }

    def _get_wording(self):
        """Return the message in the words and the language of the member."""
        self.ensure_one()
        membership = self.membership_id.sudo()
        notice = Notice(membership.partner_id.id, "preview", self._get_samples())
        [wording] = self.env["member.notification"].sudo()._put_into_words(
            self.kind_id.sudo(), [notice], membership.program_id
        )
        return wording

    def _get_mail_source(self):
        """Return the record that the mail is written on, and its template."""
        self.ensure_one()
        template = self.kind_id.sudo().mail_template_id
        if template and template.model != "member.notification":
            return self._find_source(template.model), template
        generic = self.env.ref("member_loyalty.mail_template_notification").sudo()
        return self._prepare_message(), template or generic

    def _prepare_message(self):
        """Return the message as a record that is not kept."""
        membership, wording = self.membership_id.sudo(), self._get_wording()
        return (
            self.env["member.notification"]
            .sudo()
            .new(
                {
                    "partner_id": membership.partner_id.id,
                    "program_id": membership.program_id.id,
                    "company_id": membership.company_id.id,
                    "kind": self.kind_id.code,
                    "kind_id": self.kind_id.id,
                    "key": "preview",
                    "title": wording.title,
                    "body": wording.body,
                    "lang": wording.lang,
                }
            )
        )

    def _find_source(self, model):
        """Return the latest record of a member that mails of a model are about."""
        partner = self.membership_id.sudo().partner_id
        domain = self._get_source_domains(partner).get(model)
        return domain and self.env[model].sudo().search(domain, order="id desc", limit=1)

    def _write_mail(self, source, template):
        """Return subject and body of the mail, as it would go out."""
        lang = self._get_wording().lang
        template = template.with_context(lang=lang).with_company(
            self.membership_id.sudo().company_id
        )
        subject = template._render_field("subject", source.ids or [source.id])
        body = template._render_field("body_html", source.ids or [source.id])
        body = body[source.id]
        layout = self.kind_id.sudo().mail_layout
        if layout:
            body = template._render_encapsulate(
                layout,
                body,
                add_context={"company": self.membership_id.sudo().company_id},
                context_record=source.with_context(lang=lang),
            )
        return subject[source.id], Markup(body)
