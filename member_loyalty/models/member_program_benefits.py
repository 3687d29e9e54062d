from odoo import Command, fields, models

# what has to be done for members when they join, rise or fall
KINDS_THAT_FOLLOW_MOVES = ("gift", "account_manager")


class MemberProgramBenefits(models.AbstractModel):
    """The benefits of a program, and whether its members' moves matter to anybody."""

    _name = "member.program.benefits"
    _description = "Benefits of a Program"

    benefit_ids = fields.One2many(
        comodel_name="member.benefit", inverse_name="program_id"
    )
    benefit_count = fields.Integer(string="Benefits", compute="_compute_benefit_count")

    def _compute_benefit_count(self):
        counts = dict(
            self.env["member.benefit"]._read_group(
                [("program_id", "in", self.ids)], ["program_id"], ["__count"]
            )
        )
        for program in self:
            program.benefit_count = counts.get(program, 0)

    def action_open_benefits(self):
        """Open the benefits of this program by tier."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "member_loyalty.member_benefit_matrix_action"
        )
        return {**action, "context": {"program_id": self.id}}

    def copy(self, default=None):
        """Copy the benefits, for the tiers of the copy."""
        copies = super().copy(default)
        for program, copied in zip(self, copies, strict=True):
            tiers = dict(
                zip(program._get_tiers().ids, copied._get_tiers().ids, strict=True)
            )
            for benefit in program.benefit_ids:
                benefit.copy(
                    {
                        "program_id": copied.id,
                        "name": benefit.name,
                        "tier_ids": [
                            Command.set([tiers[tier.id] for tier in benefit.tier_ids])
                        ],
                    }
                )
        return copies

    def _follows_moves(self):
        """Tell whether something follows when members join, rise or fall.

        Seam: a module says so for what it does. Without, nothing is queued.
        """
        self.ensure_one()
        offers = self.env["member.benefit"]._get_offers(self._origin.id)
        return any(offer.kind in KINDS_THAT_FOLLOW_MOVES for offer in offers)
