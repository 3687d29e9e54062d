from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.consent import text_hash

FROZEN = frozenset({"text", "title", "number", "purpose_id", "asks_again"})


class MemberConsentVersion(models.Model):
    """The words of a purpose at a time; once published they stay as they are."""

    _name = "member.consent.version"
    _description = "Version of a Consent"
    _order = "purpose_id, number desc"
    _rec_names_search = ["purpose_id.name", "title"]

    purpose_id = fields.Many2one(
        comodel_name="member.consent.purpose",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="purpose_id.company_id", store=True)
    number = fields.Integer(required=True, readonly=True, copy=False)
    title = fields.Char(
        required=True,
        translate=True,
        help="What a box to tick says, such as: I want to hear of offers.",
    )
    text = fields.Text(
        required=True,
        translate=True,
        help="What exactly the contact agrees to. Translate it into every language of"
        " your website before you publish it.",
    )
    asks_again = fields.Boolean(
        default=True,
        help="Who agreed to an older version is asked again, and counts as not having"
        " agreed until then.",
    )
    state = fields.Selection(
        selection=[("draft", "Draft"), ("published", "Published")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    valid_from = fields.Datetime(string="Published", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        comodel_name="res.users", string="Published by", readonly=True, copy=False
    )

    _number_once = models.UniqueIndex("(purpose_id, number)")

    @api.depends("purpose_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(purpose)s, version %(number)s",
                purpose=version.purpose_id.name or "",
                number=version.number,
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Number versions, whatever the values say of their further course."""
        last = {}
        for vals in vals_list:
            purpose_id = vals.get("purpose_id")
            if purpose_id not in last:
                found = self.sudo().search(
                    [("purpose_id", "=", purpose_id)], order="number desc", limit=1
                )
                last[purpose_id] = found.number
            last[purpose_id] += 1
            vals.update(
                number=last[purpose_id],
                state="draft",
                valid_from=False,
                published_by_id=False,
            )
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to change the words of what was published, and its course."""
        if FROZEN & vals.keys():
            self._check_draft()
        if not self.env.su and {"state", "valid_from", "published_by_id"} & vals.keys():
            raise UserError(
                self.env._("Use the button “Publish” to put a version into force.")
            )
        return super().write(vals)

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        """Override of `base`: the words of what was published stay in each language."""
        if field_name in FROZEN:
            self._check_draft()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._check_draft()

    def _check_draft(self):
        """Let drafts pass.

        :raises UserError: for versions that were published
        """
        for version in self:
            if version.state != "draft":
                raise UserError(
                    self.env._(
                        "%(version)s was published: contacts may have agreed to these"
                        " very words. Make a new version instead.",
                        version=version.display_name,
                    )
                )

    def action_publish(self):
        """Put the version into force: contacts are asked for it from now on.

        :raises UserError: when it was published, or a later one was
        """
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        purpose = self.purpose_id.sudo()
        purpose.lock_for_update()
        if purpose.version_id.number > self.number:
            raise UserError(
                self.env._(
                    "Version %(number)s of %(purpose)s is in force already. Make a new"
                    " version with these words.",
                    number=purpose.version_id.number,
                    purpose=purpose.name,
                )
            )
        self.sudo().write(
            {
                "state": "published",
                "valid_from": fields.Datetime.now(),
                "published_by_id": self.env.uid,
            }
        )
        values = {"version_id": self.id}
        if self.asks_again or not purpose.version_id:
            values["valid_number"] = self.number
        purpose.write(values)
        purpose.message_post(
            body=self.env._("Published: version %(number)s.", number=self.number)
        )
        return True

    def _get_hash(self):
        """Return what proves the words, in the language of the environment."""
        self.ensure_one()
        return text_hash(self.title or "", self.text or "")
