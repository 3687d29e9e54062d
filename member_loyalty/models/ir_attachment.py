from odoo import api, models
from odoo.exceptions import AccessError, ValidationError


class IrAttachment(models.Model):
    """What the suite assumes of Odoo here: whoever reads a file asks ``_check_access``;
    addresses with a token, or of public files, ask ``_can_return_content``; addresses
    that an attachment names itself ask ``_get_serve_attachment``; and tokens of
    uploads ask ``_has_attachments_ownership``.
    """

    _inherit = "ir.attachment"

    @api.constrains("public")
    def _check_not_for_members(self):
        public = self.filtered("public")
        for document in self.env["product.document"]._find_locked(public.ids):
            raise ValidationError(
                self.env._(
                    "%(document)s is only for members and cannot be public. Take off"
                    " “Only for Members” first.",
                    document=document.name,
                )
            )

    def _find_closed(self):
        """Return those of these files that the user may not open: for members only."""
        user = self.env.user
        if self.env.su or (user and user._is_internal()):
            return self.browse()
        documents = self.env["product.document"]._find_locked(self.ids)
        if not documents:
            return self.browse()
        grants = documents._find_grants(user.partner_id)
        # what carries a watermark has no address but the one that makes it
        closed = documents.filtered(
            lambda one: one.id not in grants or one.member_level_id.has_watermark
        )
        return self & self.browse(closed.ir_attachment_id.ids)

    def _check_access(self, operation):
        """Override of `base` to keep documents for members, public ones too."""
        result = super()._check_access(operation)
        closed = self._find_closed()
        if not closed:
            return result
        forbidden = (result[0] | closed) if result else closed
        return forbidden, lambda: self._prepare_refusal(forbidden)

    def _prepare_refusal(self, forbidden):
        """Return the error that says that files are not for the user."""
        return AccessError(
            self.env._(
                "These files are not for you: %(count)s of them. Sign in, or ask us"
                " which membership opens them.",
                count=len(forbidden),
            )
        )

    def _can_return_content(self, field_name=None, access_token=None):
        """Override of `base`: no token opens what is for members only."""
        if closed := self._find_closed():
            raise self._prepare_refusal(closed)
        return super()._can_return_content(field_name, access_token)

    def _has_attachments_ownership(self, attachment_tokens):
        """Override of `mail`: no token opens what is for members only."""
        if self.sudo(False)._find_closed():
            return False
        return super()._has_attachments_ownership(attachment_tokens)

    @api.model
    def _get_serve_attachment(self, url, extra_domain=None, order=None):
        """Override of `base`: files for members have no address of their own."""
        found = super()._get_serve_attachment(url, extra_domain, order)
        return found - found.sudo(False)._find_closed()
