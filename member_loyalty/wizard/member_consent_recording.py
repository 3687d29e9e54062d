from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberConsentRecording(models.TransientModel):
    """Staff writes down what a contact said: on paper, by phone, at a fair."""

    _name = "member.consent.recording"
    _description = "Recording of a Consent"

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Contact", required=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    purpose_id = fields.Many2one(
        comodel_name="member.consent.purpose",
        required=True,
        domain="[('version_id', '!=', False), ('company_id', '=', company_id)]",
    )
    lang = fields.Selection(
        selection="_get_languages",
        string="Language of the Text",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    text = fields.Text(compute="_compute_text")
    answer = fields.Selection(
        selection=[("given", "Agrees"), ("refused", "Refuses or withdraws")],
        required=True,
        default="given",
    )
    paper = fields.Binary(
        string="Signed Paper",
        attachment=False,
        help="A scan of it. Required when the contact agrees.",
    )
    paper_name = fields.Char(string="File")

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    @api.depends("purpose_id", "lang")
    def _compute_text(self):
        for recording in self:
            version = recording.purpose_id.version_id
            recording.text = version.with_context(lang=recording.lang).text

    def action_record(self):
        """Write the answer down; it counts at once.

        :raises UserError: when the contact agrees and no paper shows it
        """
        self.ensure_one()
        self.env["member.consent.recording"].check_access("create")
        for record in (self.partner_id, self.purpose_id):
            record.check_access("read")
        is_given = self.answer == "given"
        if is_given and not self.paper:
            raise UserError(
                self.env._(
                    "Upload the paper that %(contact)s signed: without it nobody can"
                    " show that they agreed.",
                    contact=self.partner_id.display_name,
                )
            )
        paper = self._keep_paper()
        consent = self.partner_id.with_context(lang=self.lang)._set_consent(
            self.purpose_id.code,
            is_given,
            "staff",
            company=self.purpose_id.company_id,
            attachment=paper,
        )
        paper.write({"res_id": consent.id})
        return {"type": "ir.actions.act_window_close"}

    def _keep_paper(self):
        """Return the file of the paper, with rights; nothing where there is none."""
        attachments = self.env["ir.attachment"].sudo()
        if not self.paper:
            return attachments
        return attachments.create(
            {
                "name": self.paper_name or self.env._("Signed paper"),
                "datas": self.paper,
                "res_model": "member.consent",
            }
        )
