from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MemberTagConsent(models.AbstractModel):
    """A tag that those carry whose consent to a purpose counts."""

    _name = "member.tag.consent"
    _description = "Tag Kept by Consent"

    purpose_ids = fields.One2many(
        comodel_name="member.consent.purpose",
        inverse_name="tag_id",
        readonly=True,
        help="The purpose whose consent the tag stands for.",
    )

    @api.constrains("kept_by")
    def _check_purpose(self):
        for tag in self.sudo().with_context(active_test=False):
            if (tag.kept_by == "consent") != bool(tag.purpose_ids):
                raise ValidationError(
                    self.env._(
                        "Which tag is kept by consent is said on the purpose of the"
                        " consent. Open it there, and choose the tag %(tag)s or"
                        " another one.",
                        tag=tag.name,
                    )
                )

    def _settle_consent_keeping(self):
        """Have tags kept by the purpose that names them, and others by hand."""
        for tag in self.sudo().with_context(active_test=False):
            tag.invalidate_recordset(["purpose_ids"])
            kept_by = "consent" if tag.purpose_ids else "hand"
            if tag.kept_by in ("hand", "consent") and tag.kept_by != kept_by:
                tag.kept_by = kept_by

    def _check_kept_by_hand(self):
        """Override of `member.tag.hand` to refuse what consent gives.

        :raises UserError: when consent or rules keep one of the tags
        """
        kept = self.sudo().filtered(lambda tag: tag.kept_by == "consent")
        if kept:
            raise UserError(
                self.env._(
                    "The tag %(tag)s stands for a consent; it is not given or taken by"
                    " hand. Record the consent of the contact instead.",
                    tag=kept[0].name,
                )
            )
        return super()._check_kept_by_hand()
