from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class MemberProgramCreation(models.TransientModel):
    """Makes a working program from a preset."""

    _name = "member.program.creation"
    _description = "New Program from a Preset"

    preset_id = fields.Many2one(
        comodel_name="member.program.preset",
        required=True,
        default=lambda self: self._default_preset_id(),
    )
    preset_description = fields.Text(related="preset_id.description", string="For Whom")
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        domain="[('id', 'in', allowed_company_ids)]",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(
        string="Program Name",
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    factor = fields.Float(
        string="Multiply Amounts by",
        default=1,
        digits=(16, 4),
        help="The amounts of presets are in the currency of your company. When that"
        " is too much or too little for your customers, enter 0.1 or 10, for example."
        " The results are rounded to two digits.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    left_out = fields.Char(compute="_compute_left_out")
    other_programs = fields.Char(
        compute="_compute_program_id",
        help="The programs of the company that customers are members of as well.",
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        compute="_compute_program_id",
        help="The program that the company already made from this preset.",
    )

    @api.model
    def _default_preset_id(self):
        return self.env["member.program.preset"].search([], limit=1)

    @api.depends("preset_id")
    def _compute_name(self):
        for wizard in self:
            preset = wizard.preset_id
            wizard.name = preset.program_name or preset.name

    @api.depends("preset_id", "company_id", "factor")
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard._get_preview()

    @api.depends("preset_id")
    @api.depends_context("lang")
    def _compute_left_out(self):
        for wizard in self:
            names = wizard.preset_id._get_left_out() if wizard.preset_id else []
            wizard.left_out = ", ".join(names)

    @api.depends("preset_id", "company_id")
    def _compute_program_id(self):
        for wizard in self:
            programs = self.env["member.program"].search(
                [("company_id", "=", wizard.company_id.id)]
            )
            wizard.program_id = programs.filtered_domain(
                [("preset_id", "in", wizard.preset_id.ids)]
            )[:1]
            wizard.other_programs = ", ".join(programs.mapped("name"))

    def action_create_program(self):
        """Make the program and open it.

        :raises AccessError: for anyone but managers
        :raises UserError: when the company has one from this preset already
        """
        self.ensure_one()
        self._check_may_create()
        program = self.preset_id._create_program(
            self.company_id, self.factor, self.name
        )
        program._message_log(body=self._get_origin_note())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("%(program)s is in force", program=program.name),
                "message": self.env._(
                    "Customers join with their next order. Press “Collect Past Orders”"
                    " to take in those who bought before."
                ),
                "next": program._get_records_action(),
            },
        }

    def action_open_program(self):
        """Open the program that was made from this preset before."""
        self.ensure_one()
        return self.program_id._get_records_action()

    def _check_may_create(self):
        """Let managers make one program from a preset in each company."""
        self.ensure_one()
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_manager"):
            raise AccessError(
                self.env._("Only membership managers may make programs. Ask one.")
            )
        if self.factor <= 0:
            raise UserError(
                self.env._(
                    "Amounts can only be multiplied by more than 0. Enter 1 to keep"
                    " those of the preset."
                )
            )
        if self.program_id:
            raise UserError(
                self.env._(
                    "%(company)s already has the program %(program)s, made from the"
                    " preset %(preset)s. Open and change that one, or archive it"
                    " first.",
                    company=self.company_id.name,
                    program=self.program_id.name,
                    preset=self.preset_id.name,
                )
            )

    def _get_preview(self):
        """Return the tiers and their rules in words, as they would be."""
        self.ensure_one()
        if not self.preset_id or not self.company_id or self.factor <= 0:
            return False
        values = self.preset_id._prepare_program(
            self.company_id, self.factor, create_tags=False
        )
        program = self.env["member.program"].new(values)
        rows = [
            (
                tier.name,
                tier.description if rank and tier.description else "",
                self._say_rules(tier, rank),
            )
            for rank, tier in enumerate(program.tier_ids)
        ]
        line = Markup(
            "<li class='mb-2'><strong>%s</strong> <span class='text-muted'>%s</span>"
            "<br/>%s</li>"
        )
        return Markup("<ol class='mb-0'>%s</ol>") % Markup("").join(
            line % row for row in rows
        )

    def _say_rules(self, tier, rank):
        """Return the ways to a tier in words."""
        if not rank:
            return self.env._("Every member starts here")
        sentences = [rule._get_sentence() for rule in tier.rule_ids]
        if not sentences:
            return self.env._("Nobody yet: its rules need a module that is missing")
        either = Markup("<br/>%s ") % self.env._("or")
        return either.join(sentences)

    def _get_origin_note(self):
        """Return what the program's history says about where it comes from."""
        note = self.env._("Made from the preset %(name)s.", name=self.preset_id.name)
        if not self.left_out:
            return note
        return self.env._(
            "%(note)s Rules that need these were left out, as no module here measures"
            " them: %(metrics)s.",
            note=note,
            metrics=self.left_out,
        )
