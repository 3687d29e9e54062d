from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_partner import _lang_get

from ..queries import consents as queries


class MemberConsent(models.Model):
    """A contact agreed to a purpose, or refused: when, how, to which words.

    Append-only, and without addresses of devices: a login says who it was.
    """

    _name = "member.consent"
    _description = "Consent"
    _inherit = "member.append.only"
    _order = "id desc"

    key = fields.Char(required=True, readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    purpose_id = fields.Many2one(
        comodel_name="member.consent.purpose",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    version_id = fields.Many2one(
        comodel_name="member.consent.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    is_given = fields.Boolean(string="Agreed", readonly=True)
    answer = fields.Selection(
        selection=[("given", "Agreed"), ("refused", "Refused or withdrawn")],
        compute="_compute_answer",
        search="_search_answer",
    )
    is_last = fields.Boolean(
        string="Last Answer",
        compute="_compute_is_last",
        search="_search_is_last",
        help="The contact has not answered again since.",
    )
    moment = fields.Datetime(string="When", required=True, readonly=True)
    how = fields.Selection(
        selection=[
            ("registration", "At registration"),
            ("settings", "In the settings of the member centre"),
            ("document", "Signed to open documents"),
            ("staff", "Recorded by staff"),
        ],
        required=True,
        readonly=True,
    )
    lang = fields.Selection(selection=_lang_get, string="Language", readonly=True)
    text_hash = fields.Char(
        string="Proof of the Words",
        required=True,
        readonly=True,
        help="SHA-256 of the title and the text that were shown, in that language.",
    )
    signature = fields.Char(
        string="Signed as", readonly=True, help="The name that the contact typed."
    )
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="Signed Paper",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="By", readonly=True, ondelete="restrict"
    )

    _once = models.UniqueIndex("(key)")
    _last = models.Index("(purpose_id, partner_id, id DESC)")
    _of_contact = models.Index("(partner_id, id DESC)")

    @api.depends("is_given")
    def _compute_answer(self):
        for consent in self:
            consent.answer = "given" if consent.is_given else "refused"

    @api.model
    def _search_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("is_given", "in", [answer == "given" for answer in value if answer])]

    def _compute_is_last(self):
        last = self.search([("id", "in", self.ids), ("is_last", "=", True)])
        for consent in self:
            consent.is_last = consent in last

    @api.model
    def _search_is_last(self, operator, value):
        if operator != "in":
            return NotImplemented
        last = fields.Domain("id", "in", queries.last_ids())
        return last if True in value else ~last

    @api.depends("partner_id", "purpose_id", "is_given")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["answer"]._description_selection(self.env))
        for consent in self:
            consent.display_name = self.env._(
                "%(contact)s, %(purpose)s: %(answer)s",
                contact=consent.partner_id.display_name or "",
                purpose=consent.purpose_id.name or "",
                answer=labels["given" if consent.is_given else "refused"],
            )

    def _is_signed(self):
        """Tell whether the contact signed, here or on paper."""
        self.ensure_one()
        return bool(self.signature or self.attachment_id)

    def _counts(self):
        """Tell whether it is an answer: what protects documents has to be signed."""
        self.ensure_one()
        is_tick = self.is_given and not self._is_signed()
        return not (is_tick and self.purpose_id.level_ids)

    def _refuse_change(self):
        """Let nobody change what a contact said.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "What a contact agreed to or refused is kept and cannot be changed."
                " Record a new answer instead."
            )
        )
