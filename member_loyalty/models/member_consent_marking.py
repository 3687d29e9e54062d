from odoo import api, models
from odoo.exceptions import ValidationError

from ..queries import consents as queries
from ..queries.execution import execute_quietly


class MemberConsentMarking(models.AbstractModel):
    """The tag that says whose consent to a purpose counts."""

    _name = "member.consent.marking"
    _description = "Tag of Consent"

    @api.model_create_multi
    def create(self, vals_list):
        """Let new purposes keep their tags."""
        purposes = super().create(vals_list)
        purposes.tag_id._settle_consent_keeping()
        purposes.filtered("tag_id")._settle_tags()
        return purposes

    def write(self, vals):
        """Let purposes keep the tags that they name now, and none they named."""
        if not {"tag_id", "active", "valid_number"} & vals.keys():
            return super().write(vals)
        before = self.tag_id
        result = super().write(vals)
        if "tag_id" in vals:
            (before | self.tag_id)._settle_consent_keeping()
        self.filtered("tag_id")._settle_tags()
        return result

    @api.constrains("tag_id")
    def _check_tag_is_free(self):
        for purpose in self.sudo():
            tag = purpose.tag_id
            if tag and tag.kept_by not in ("hand", "consent"):
                raise ValidationError(
                    self.env._(
                        "The tag %(tag)s is kept in another way. Choose one that is"
                        " kept by hand; the purpose keeps it from then on.",
                        tag=tag.name,
                    )
                )

    def _settle_tags(self, partners=None):
        """Let exactly those carry the tag whose consent counts, and log it.

        :param partners: look at these contacts only
        """
        for purpose in self.sudo().filtered("tag_id"):
            marking = queries.Marking(
                purpose.id,
                purpose.tag_id.id,
                purpose.company_id._member_today(),
                self.env.uid,
                purpose.company_id.id,
                tuple(partners.ids if partners else ()),
            )
            moved = execute_quietly(
                self.env, queries.settle_tag(self.env, marking, self.env.cr.now())
            )
            purpose.tag_id.invalidate_recordset(["partner_ids"])
            self.env["res.partner"].invalidate_model(["member_tag_ids"])
            if partners and moved:
                partners._let_tagged_members_rise(purpose.tag_id)
