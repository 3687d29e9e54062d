import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic import consent as decide

CODE = re.compile(r"[a-z][a-z0-9_]*")
MARKETING = "marketing"


class MemberConsentPurpose(models.Model):
    """What contacts are asked to agree to, such as marketing messages.

    Nobody is asked before a version of its text is published.
    """

    _name = "member.consent.purpose"
    _description = "Purpose of Consent"
    _inherit = ["mail.thread", "member.consent.marking"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Names the purpose for what asks for it: marketing, profiling and"
        " protected are asked for by the suite itself.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
    )
    demanded = fields.Selection(
        selection=[
            ("nowhere", "Nowhere: until the contact refuses, it is allowed"),
            ("countries", "In some countries"),
            ("everywhere", "Everywhere"),
        ],
        string="Consent Is Demanded",
        required=True,
        default="nowhere",
        tracking=True,
        help="Where consent is demanded, nothing is done before the contact agreed. A"
        " contact without a country has to agree, a company as such has not.",
    )
    country_group_id = fields.Many2one(
        comodel_name="res.country.group",
        string="Countries",
        ondelete="restrict",
        tracking=True,
    )
    registration = fields.Selection(
        selection=[
            ("no", "Not asked"),
            ("asked", "Asked"),
            ("required", "Asked, and required where it is demanded"),
        ],
        string="At Registration",
        required=True,
        default="no",
        tracking=True,
        help="Whether the form with which buyers register asks for it.",
    )
    tag_id = fields.Many2one(
        comodel_name="member.tag",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('kept_by', 'in', ('hand', 'consent')), ('partner_ids', '=', False)]",
        help="Exactly those contacts carry it whose consent counts, at once.",
    )
    version_ids = fields.One2many(
        comodel_name="member.consent.version",
        inverse_name="purpose_id",
    )
    version_id = fields.Many2one(
        comodel_name="member.consent.version",
        string="Version in Force",
        readonly=True,
        copy=False,
    )
    valid_number = fields.Integer(
        readonly=True,
        copy=False,
        help="Who agreed to a version before this number is asked again.",
    )
    level_ids = fields.One2many(
        comodel_name="member.document.level",
        inverse_name="consent_purpose_id",
        string="Protects Documents",
        readonly=True,
        help="Levels of documents that are opened by who signed, where that is"
        " demanded. Set it on the level.",
    )
    consent_count = fields.Integer(string="Answers", compute="_compute_consent_count")

    _code_once = models.UniqueIndex(
        "(company_id, code)",
        "There is a purpose with this code already. Use that one.",
    )
    _tag_once = models.UniqueIndex(
        "(tag_id) WHERE tag_id IS NOT NULL",
        "Another purpose keeps this tag. Choose one that nothing else keeps.",
    )

    def _compute_consent_count(self):
        counts = dict(
            self.env["member.consent"]._read_group(
                [("purpose_id", "in", self.ids)], ["purpose_id"], ["__count"]
            )
        )
        for purpose in self:
            purpose.consent_count = counts.get(purpose, 0)

    @api.constrains("code")
    def _check_code(self):
        for purpose in self:
            if not CODE.fullmatch(purpose.code or ""):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be a code. Use lower-case letters, digits"
                        " and underscores, such as market_research.",
                        code=purpose.code,
                    )
                )

    @api.constrains("demanded", "country_group_id")
    def _check_countries(self):
        for purpose in self:
            if purpose.demanded == "countries" and not purpose.country_group_id:
                raise ValidationError(
                    self.env._(
                        "%(purpose)s is demanded in some countries: choose which.",
                        purpose=purpose.name,
                    )
                )

    def write(self, vals):
        """Keep the code of purposes that contacts answered to."""
        if "code" in vals or "company_id" in vals:
            self._check_nobody_answered(vals)
        return super().write(vals)

    def _check_nobody_answered(self, vals):
        """Let purposes pass whose code and company stay, or that nobody answered to.

        :raises UserError: for others
        """
        for purpose in self:
            is_kept = vals.get("code", purpose.code) == purpose.code and (
                vals.get("company_id", purpose.company_id.id) == purpose.company_id.id
            )
            if not is_kept and purpose.consent_count:
                raise UserError(
                    self.env._(
                        "Contacts answered to %(purpose)s: its code and company stay."
                        " Make another purpose instead.",
                        purpose=purpose.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_answered(self):
        for purpose in self:
            if purpose.consent_count:
                raise UserError(
                    self.env._(
                        "Contacts answered to %(purpose)s, and that is kept. Archive"
                        " the purpose instead of deleting it.",
                        purpose=purpose.name,
                    )
                )

    def action_open_consents(self):
        """Open what contacts answered."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_consent_action"
        )
        action["domain"] = [("purpose_id", "=", self.id)]
        action["context"] = {}
        return action

    @api.model
    def _find_by_code(self, code, company):
        """Return a company's purpose that contacts can be asked for, with rights."""
        return self.sudo().search(
            [
                ("code", "=", code),
                ("company_id", "=", company.id),
                ("version_id", "!=", False),
            ],
            limit=1,
        )

    @api.model
    def _find_asked(self, company):
        """Return the purposes that a company asks its contacts for, with rights."""
        return self.sudo().search(
            [("company_id", "=", company.id), ("version_id", "!=", False)]
        )

    def _is_demanded_from(self, partner):
        """Tell whether a contact has to agree before anything is done."""
        contact = partner.sudo()
        country = contact.country_id or contact.commercial_partner_id.country_id
        return self._is_demanded_in(country, contact.is_company)

    def _is_demanded_in(self, country, is_company=False):
        """Tell whether somebody in a country has to agree before anything is done."""
        self.ensure_one()
        purpose = self.sudo()
        countries = set(purpose.country_group_id.country_ids.ids)
        return decide.is_demanded(purpose.demanded, country.id, countries, is_company)

    def _filter_allowed(self, partners):
        """Return those of these contacts for whom the purpose may be pursued."""
        self.ensure_one()
        states = partners._get_consents(self.code, self.company_id)
        return partners.filtered(
            lambda one: decide.is_allowed(
                states[one.id],
                states[one.id] == "" and self._is_demanded_from(one),
            )
        )
