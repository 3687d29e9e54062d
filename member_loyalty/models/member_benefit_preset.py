from odoo import fields, models

from ..logic.benefit_levels import levels_of, tiers_between


class MemberBenefitPreset(models.Model):
    """A usual set of benefits, for a kind of company.

    It is data: benefits made from it are copies that go their own way.
    """

    _name = "member.benefit.preset"
    _description = "Usual Set of Benefits"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True, help="Which company it is for.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    icon = fields.Char(default="fa-gift", help="The class of a Font Awesome icon.")
    program_preset_ids = fields.Many2many(
        comodel_name="member.program.preset",
        string="For Programs Like",
        help="Programs made from these presets are offered this set first.",
    )
    line_ids = fields.One2many(
        comodel_name="member.benefit.preset.line",
        inverse_name="preset_id",
        string="Benefits",
        copy=True,
    )

    def _get_tiers(self, line, program):
        """Return the tiers of a program that a benefit of this set is for.

        They are none when the program has fewer tiers than the set knows levels.
        """
        self.ensure_one()
        tiers = program._get_tiers()
        levels = max(self.line_ids.mapped("level_from"), default=0) + 1
        places = levels_of(len(tiers), levels)
        last = levels if line.level_to < 0 else line.level_to
        found = tiers_between(places, line.level_from, last)
        return tiers.browse([tiers[place].id for place in found])
