from odoo import Command, fields, models

POLICIES = (
    "member_level",
    "term_type",
    "term_months",
    "term_end_month",
    "fall_policy",
    "grace_days",
    "warn_days",
)


class MemberProgramPreset(models.Model):
    """A ready-made ladder with its policies, for a kind of company.

    It is data: a program made from it is a copy that goes its own way. Amounts are
    in the currency of the company that uses it.
    """

    _name = "member.program.preset"
    _description = "Program Preset"
    _inherit = "member.text.source"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True, help="Which company it is for.")
    program_name = fields.Char(
        translate=True, help="What the program is called unless somebody says so."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    icon = fields.Char(default="fa-id-card-o", help="The class of a Font Awesome icon.")
    color = fields.Integer(string="Colour")
    tier_ids = fields.One2many(
        comodel_name="member.program.preset.tier",
        inverse_name="preset_id",
        string="Tiers",
        copy=True,
    )
    program_ids = fields.One2many(
        comodel_name="member.program", inverse_name="preset_id", string="Programs"
    )

    member_level = fields.Selection(
        selection=[
            ("commercial", "The company, shared by its contacts"),
            ("contact", "Each contact alone"),
        ],
        string="Who Is the Member",
        required=True,
        default="commercial",
    )
    term_type = fields.Selection(
        selection=[
            ("months", "From the day it was reached"),
            ("rolling", "From the last day on which the figures gave it"),
            ("calendar", "Until the end of a month of the year"),
            ("anniversary", "Until the anniversary of joining"),
        ],
        string="A Tier Is Promised",
        required=True,
        default="months",
    )
    term_months = fields.Integer(string="Keep a Tier for (Months)")
    term_end_month = fields.Char(
        string="Until the End of Month", default="12", help="A number from 1 to 12."
    )
    fall_policy = fields.Selection(
        selection=[
            ("figures", "To the tier that the figures give"),
            ("one_rung", "One tier down"),
        ],
        string="Members Fall",
        required=True,
        default="figures",
    )
    grace_days = fields.Integer(string="Days of Grace")
    warn_days = fields.Integer(string="Warn before a Fall (Days)")

    def action_use(self):
        """Open the form that makes a program from this preset."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Program from a Preset"),
            "res_model": "member.program.creation",
            "view_mode": "form",
            "target": "new",
            "context": {"default_preset_id": self.id},
        }

    def _create_program(self, company, factor=1, name=None):
        """Make a program that is in force, with names in every installed language.

        :param float factor: what amounts are multiplied by, then rounded
        :param str name: of one's own, in every language
        """
        self.ensure_one()
        values = self._prepare_program(company, factor)
        is_own_name = bool(name) and name != values["name"]
        if is_own_name:
            values["name"] = name
        program = self.env["member.program"].create(values)
        if not is_own_name:
            self._copy_text("program_name", program, "name")
        for tier, rung in zip(program._get_tiers(), self.tier_ids, strict=True):
            rung._copy_text("name", tier)
            rung._copy_text("description", tier)
        return program

    def _prepare_program(self, company, factor=1, create_tags=True):
        """Return the values of the program that this preset makes for a company.

        :param bool create_tags: whether tags that are missing are made
        """
        self.ensure_one()
        return {
            "name": self.program_name or self.name,
            "company_id": company.id,
            "preset_id": self.id,
            "tier_ids": [
                Command.create(tier._prepare_tier(rank, factor, create_tags))
                for rank, tier in enumerate(self.tier_ids)
            ],
            **{policy: self[policy] for policy in POLICIES},
        }

    def _get_left_out(self):
        """Return the names of metrics whose rules are left out, as nothing has them."""
        self.ensure_one()
        metrics = self.tier_ids._get_missing_metrics()
        return [self.tier_ids._get_metric_label(metric) for metric in metrics]
