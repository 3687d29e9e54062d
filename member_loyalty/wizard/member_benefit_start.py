from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class MemberBenefitStart(models.TransientModel):
    """Makes the benefits of a usual set in a program, and says what is to be done."""

    _name = "member.benefit.start"
    _description = "Start with a Usual Set"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        default=lambda self: self.env["member.benefit"]._default_program_id(),
    )
    preset_id = fields.Many2one(
        comodel_name="member.benefit.preset",
        string="Set",
        required=True,
        compute="_compute_preset_id",
        precompute=True,
        store=True,
        readonly=False,
    )
    description = fields.Text(related="preset_id.description")
    line_ids = fields.One2many(
        comodel_name="member.benefit.start.line",
        inverse_name="start_id",
        string="Benefits",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    is_done = fields.Boolean(readonly=True)
    made_count = fields.Integer(readonly=True)
    active_count = fields.Integer(readonly=True)
    todo_line_ids = fields.One2many(
        comodel_name="member.benefit.start.line",
        inverse_name="start_id",
        string="To Be Completed",
        domain=[("is_made", "=", True), ("note", "!=", False)],
    )
    left_line_ids = fields.One2many(
        comodel_name="member.benefit.start.line",
        inverse_name="start_id",
        string="Left Out",
        domain=[("is_made", "=", False), ("note", "!=", False)],
    )

    @api.depends("program_id")
    def _compute_preset_id(self):
        Preset = self.env["member.benefit.preset"]
        for start in self:
            fitting = Preset
            if preset := start.program_id.preset_id:
                fitting = Preset.search(
                    [("program_preset_ids", "in", preset.ids)], limit=1
                )
            start.preset_id = fitting or Preset.search([], limit=1)

    @api.depends("program_id", "preset_id")
    def _compute_line_ids(self):
        for start in self:
            lines = start.preset_id.line_ids if start.program_id else []
            start.line_ids = [
                Command.clear(),
                *(Command.create(start._prepare_line(line)) for line in lines),
            ]

    def _prepare_line(self, preset_line):
        """Return what the wizard says of a benefit of the set."""
        tiers = self.preset_id._get_tiers(preset_line, self.program_id._origin)
        return {
            "preset_line_id": preset_line.id,
            "tier_ids": [Command.set(tiers.ids)],
            **self._judge(preset_line, tiers),
        }

    def _judge(self, preset_line, tiers):
        """Return whether a benefit of the set can be made, and what to say of it."""
        note, possible = False, False
        if self._is_there(preset_line):
            note = self.env._("The program has it already.")
        elif not preset_line._is_installed():
            note = self.env._("It takes a module that is not installed.")
        elif not tiers:
            note = self.env._("The program has no tier so high.")
        else:
            note, possible = preset_line.open_question, True
        return {"is_possible": possible, "is_chosen": possible, "note": note}

    def _is_there(self, preset_line):
        """Tell whether the program has a benefit made from the line, or called so."""
        return bool(
            self.env["member.benefit"]
            .with_context(active_test=False)
            .search_count(
                [
                    ("program_id", "=", self.program_id._origin.id),
                    "|",
                    ("preset_line_id", "=", preset_line.id),
                    ("name", "=", preset_line.name),
                ],
                limit=1,
            )
        )

    def action_start(self):
        """Make the chosen benefits, then say what is to be completed.

        :raises AccessError: for anyone but managers
        :raises UserError: when nothing is chosen
        """
        self.ensure_one()
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_manager"):
            raise AccessError(
                self.env._("Only membership managers may set up benefits.")
            )
        self.program_id.check_access("read")
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(
                self.env._("Nothing is chosen. Tick at least one benefit of the set.")
            )
        benefits = chosen._make_benefits()
        self.write(
            {
                "is_done": True,
                "made_count": len(benefits),
                "active_count": len(benefits.filtered("active")),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start with a Usual Set"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_open_todo(self):
        """Open the benefits that wait for a decision."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_benefit_action"
        )
        action["domain"] = [
            ("id", "in", self.todo_line_ids.benefit_id.ids),
            ("active", "in", [True, False]),
        ]
        return action


class MemberBenefitStartLine(models.TransientModel):
    """A benefit of the set: for whom, whether it can be made, what is to decide."""

    _name = "member.benefit.start.line"
    _description = "Benefit to Start with"

    start_id = fields.Many2one(
        comodel_name="member.benefit.start", required=True, ondelete="cascade"
    )
    preset_line_id = fields.Many2one(
        comodel_name="member.benefit.preset.line", required=True, readonly=True
    )
    name = fields.Char(related="preset_line_id.name")
    family = fields.Selection(related="preset_line_id.family")
    kind_label = fields.Char(related="preset_line_id.kind_label")
    tier_ids = fields.Many2many(comodel_name="member.tier", string="For", readonly=True)
    is_possible = fields.Boolean(readonly=True)
    is_chosen = fields.Boolean(string="Make")
    is_made = fields.Boolean(readonly=True)
    note = fields.Char(string="To Know", readonly=True)
    benefit_id = fields.Many2one(comodel_name="member.benefit", readonly=True)

    def _make_benefits(self):
        """Make the benefits that can be made; what was judged before is judged again.

        :return: the new ``member.benefit``
        """
        benefits = self.env["member.benefit"].with_context(active_test=False)
        for line in self:
            start = line.start_id
            tiers = start.preset_id._get_tiers(line.preset_line_id, start.program_id)
            verdict = start._judge(line.preset_line_id, tiers)
            if not verdict["is_possible"]:
                line.note = verdict["note"]
                continue
            benefit = line.preset_line_id._create_benefit(start.program_id, tiers)
            benefits |= benefit
            line.write({"is_made": True, "benefit_id": benefit.id})
            if not benefit.active and not line.note:
                line.note = self.env._("Open it and choose what makes it real.")
        return benefits
