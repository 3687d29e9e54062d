from psycopg2 import IntegrityError

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from .member_benefit import FAMILIES, ICONS

NEEDS_DECISION = "promise"  # the kind of what has to be completed


class MemberBenefitPresetLine(models.Model):
    """A benefit of a usual set: what it is, for which tiers, and what is to decide."""

    _name = "member.benefit.preset.line"
    _description = "Benefit of a Usual Set"
    _inherit = "member.text.source"
    _order = "preset_id, sequence, id"

    preset_id = fields.Many2one(
        comodel_name="member.benefit.preset",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    member_text = fields.Text(string="Text for Members", translate=True)
    usage_text = fields.Text(string="How to Use It", translate=True)
    kind = fields.Char(
        string="Realised by",
        required=True,
        default=NEEDS_DECISION,
        help="The technical name of a kind of benefit. Sets name kinds that not every"
        " company has installed; those are left out.",
    )
    kind_label = fields.Char(string="Kind", compute="_compute_kind_label")
    family = fields.Selection(selection=FAMILIES, required=True, default="service")
    icon = fields.Selection(selection=ICONS, required=True, default="fa-star")
    level_from = fields.Integer(
        string="From Level",
        help="The lowest tier that has it: 0 is where everybody starts.",
    )
    level_to = fields.Integer(
        string="To Level",
        default=-1,
        help="The highest tier that has it. -1: all tiers above have it too.",
    )
    quota = fields.Integer(string="Uses per Member", help="0: any number of times.")
    quota_period = fields.Selection(
        selection=lambda self: self._selection_quota_period(),
        string="Period",
        required=True,
        default="year",
    )
    settings = fields.Json(
        default=dict, help="What the kind of benefit is set to, by field."
    )
    open_question = fields.Char(
        translate=True,
        help="What somebody has to decide before members have it. Until then the"
        " benefit is archived.",
    )

    @api.model
    def _selection_quota_period(self):
        periods = self.env["member.benefit"]._fields["quota_period"]
        return periods._description_selection(self.env)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_label(self):
        kinds = dict(
            self.env["member.benefit"]._fields["kind"]._description_selection(self.env)
        )
        for line in self:
            line.kind_label = kinds.get(line.kind, line.kind)

    def _is_installed(self):
        """Tell whether there is such a kind of benefit, with all that is set here."""
        self.ensure_one()
        known = self.env["member.benefit"]._fields
        return self.kind in known["kind"].get_values(self.env) and all(
            name in known for name in self.settings or {}
        )

    def _create_benefit(self, program, tiers):
        """Make the benefit; archived where something is to be decided.

        One that its kind does not let be without that decision becomes a promise.

        :return: the benefit, with texts in every installed language
        """
        self.ensure_one()
        values = self._prepare_benefit(program, tiers)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                benefit = self.env["member.benefit"].create(values)
                benefit.flush_recordset()
        except (UserError, ValidationError, IntegrityError):
            self.env.invalidate_all(flush=False)
            benefit = self.env["member.benefit"].create(
                self._prepare_unfinished(program, tiers)
            )
        for name in ("name", "member_text", "usage_text"):
            self._copy_text(name, benefit)
        return benefit

    def _prepare_benefit(self, program, tiers):
        """Return the values of the benefit that this makes in a program."""
        self.ensure_one()
        return {
            "program_id": program.id,
            "preset_line_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "family": self.family,
            "icon": self.icon,
            "quota": self.quota,
            "quota_period": self.quota_period,
            "active": not self.open_question,
            "tier_ids": [Command.set(tiers.ids)],
            **(self.settings or {}),
        }

    def _prepare_unfinished(self, program, tiers):
        """Return the values of an archived promise: its kind is still to be chosen."""
        values = self._prepare_benefit(program, tiers)
        for name in self.settings or {}:
            del values[name]
        return {**values, "kind": NEEDS_DECISION, "active": False}
