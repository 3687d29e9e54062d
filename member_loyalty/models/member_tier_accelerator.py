from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MemberTierAccelerator(models.Model):
    """A time in which tiers are reached with less than the rules ask for.

    Who rises in it keeps the tier like everybody else; at the end of the promise the
    rules are what they always were. Once begun it can only be ended.
    """

    _name = "member.tier.accelerator"
    _description = "Tier Accelerator"
    _inherit = ["member.number.guard", "mail.thread"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    tier_ids = fields.Many2many(
        comodel_name="member.tier",
        string="Tiers",
        domain="[('program_id', '=', program_id)]",
        help="Leave empty for every tier of the program.",
    )
    percent = fields.Float(
        string="Percent of What the Rules Ask for",
        required=True,
        default=50,
        digits=(5, 2),
        tracking=True,
        help="50 halves every threshold to reach a tier: who needs 10,000 otherwise"
        " needs 5,000.",
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(string="To", required=True, tracking=True)
    state = fields.Selection(
        selection=[("planned", "Planned"), ("running", "Running"), ("over", "Over")],
        compute="_compute_state",
        search="_search_state",
    )

    _percent_lowers = models.Constraint(
        "CHECK(percent > 0 AND percent < 100)",
        "An accelerator asks for less than the rules do: enter more than 0 and less"
        " than 100 percent.",
    )
    _ends_after_it_begins = models.Constraint(
        "CHECK(date_from <= date_to)",
        "The accelerator ends before it begins. Choose a later last day.",
    )

    @api.model
    def _default_program_id(self):
        return self.env["member.program"]._get_company_programs(self.env.company)[:1]

    @api.depends("date_from", "date_to", "program_id")
    def _compute_state(self):
        for accelerator in self:
            today = (accelerator.company_id or self.env.company)._member_today()
            if not accelerator.date_from or accelerator.date_from > today:
                accelerator.state = "planned"
            elif accelerator.date_to and accelerator.date_to < today:
                accelerator.state = "over"
            else:
                accelerator.state = "running"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._member_today()
        domains = {
            "planned": [("date_from", ">", today)],
            "running": [("date_from", "<=", today), ("date_to", ">=", today)],
            "over": [("date_to", "<", today)],
        }
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    @api.constrains("program_id", "tier_ids")
    def _check_tiers_of_program(self):
        for one in self:
            if strange := one.tier_ids - one.program_id._get_tiers()[1:]:
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s is not one that members of %(program)s can"
                        " reach. Choose other tiers, or none for all of them.",
                        tier=strange[0].name,
                        program=one.program_id.name,
                    )
                )

    @api.constrains("program_id", "tier_ids", "date_from", "date_to")
    def _check_no_overlap(self):
        for one in self:
            others = self.search(
                [
                    ("id", "!=", one.id),
                    ("program_id", "=", one.program_id.id),
                    ("date_from", "<=", one.date_to),
                    ("date_to", ">=", one.date_from),
                ]
            )
            tiers = one._get_tiers()
            clash = next((two for two in others if two._get_tiers() & tiers), None)
            if clash:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” already lowers the thresholds of the same tiers in"
                        " these days. Choose other days or other tiers.",
                        other=clash.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Plan accelerators; what is past cannot be made easier any more.

        :raises UserError: when one would begin before today
        """
        accelerators = super().create(vals_list)
        for one in accelerators:
            if one.date_from < one.company_id._member_today():
                raise UserError(
                    self.env._(
                        "“%(name)s” would begin in the past, where tiers are decided"
                        " already. Let it begin today or later.",
                        name=one.name,
                    )
                )
        self.env.registry.clear_cache()
        return accelerators

    def write(self, vals):
        """Change what is planned; what has begun can only end, today at the soonest.

        :raises UserError: when what members were promised would change
        """
        frozen = {"program_id", "tier_ids", "percent", "date_from"} & vals.keys()
        for one in self:
            today = one.company_id._member_today()
            end = fields.Date.to_date(vals.get("date_to")) or one.date_to
            if one.date_from <= today and (
                frozen or ("date_to" in vals and min(end, one.date_to) < today)
            ):
                raise UserError(
                    self.env._(
                        "“%(name)s” has begun and members were told. You can only set"
                        " its last day, to today or later.",
                        name=one.name,
                    )
                )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for one in self:
            if one.date_from <= one.company_id._member_today():
                raise UserError(
                    self.env._(
                        "“%(name)s” has begun and is part of the history. Set its last"
                        " day to today instead.",
                        name=one.name,
                    )
                )

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def action_end(self):
        """Let this be the last day."""
        for one in self:
            one.date_to = one.company_id._member_today()
        return True

    def _get_tiers(self):
        """Return the tiers that are easier to reach."""
        self.ensure_one()
        return self.tier_ids or self.program_id._get_tiers()[1:]

    def _get_factor(self):
        """Return what thresholds are multiplied with."""
        self.ensure_one()
        return Decimal(str(round(self.percent, 2))) / 100
