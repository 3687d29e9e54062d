from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..logic.native_engine import is_engine

BY_LEDGER = "member_points_by_ledger"
OFFICER = "member_loyalty.member_loyalty_group_officer"
OURS = frozenset(
    {
        "member_program_id",
        "member_owner_id",
        "member_successor_id",
        "member_debt",
        "member_movement",
    }
)
HARMLESS = frozenset(
    {"message_follower_ids", "message_ids", "message_main_attachment_id"}
)


class MemberCardGuard(models.AbstractModel):
    """Who may change a card whose points the ledger keeps.

    Odoo lets every salesperson write cards. Cards of other programs stay as free as
    they are; on ours officers change points, within their limits, and nobody changes
    what we wrote ourselves. Orders go on earning and spending: the engine says who
    it is (``logic.native_engine``), which nobody can say from outside.
    """

    _name = "member.card.guard"
    _description = "Guard of Member Cards"

    @api.model
    def _check_may_create(self, vals_list):
        """Let those pass who may open these cards.

        :raises AccessError: for the others
        """
        if self._is_trusted():
            return
        if any(OURS & vals.keys() for vals in vals_list):
            self._refuse_card_change()
        program_ids = [vals.get("program_id") for vals in vals_list]
        program_ids.append(self.env.context.get("default_program_id"))
        program_ids.append(self.env.context.get("active_id"))
        kept = self._find_kept_programs(program_ids)
        if kept:
            self._check_is_officer()
            self._allow_points(
                {
                    program: sum(
                        abs(vals.get("points") or 0)
                        for vals in vals_list
                        if vals.get("program_id", program.id) == program.id
                    )
                    for program in kept
                }
            )

    def _check_may_write(self, vals):
        """Let those pass who may change these cards in this way.

        :raises AccessError: for the others
        """
        if self._is_trusted() or not vals.keys() - HARMLESS - self._get_ignored():
            return
        if OURS & vals.keys():
            self._refuse_card_change()
        kept = self.sudo().filtered("program_id.member_program_id")
        moved_to = self._find_kept_programs([vals.get("program_id")])
        if not kept and not moved_to:
            return
        self._check_is_officer()
        if moved_to or {"program_id", "partner_id"} & vals.keys():
            self._refuse_card_change()
        if "active" in vals and not vals["active"]:
            kept._check_is_empty()
        if "points" in vals and "points" not in self._get_ignored():
            self._allow_points(
                {
                    program: sum(
                        abs((vals["points"] or 0) - card.points) for card in cards
                    )
                    for program, cards in kept.grouped("program_id").items()
                }
            )

    @api.model
    def _get_ignored(self):
        """Return the fields that are not written anyway.

        The ledger's mark in the context can be sent by anybody: all it does is that
        points of kept cards stay as they are.
        """
        return {"points"} if self.env.context.get(BY_LEDGER) else set()

    @api.model
    def _is_trusted(self):
        """Tell whether our own code or Odoo's engine is at work."""
        return self.env.su or is_engine(self.env.context)

    @api.model
    def _find_kept_programs(self, program_ids):
        """Find those of native programs whose cards the ledger keeps."""
        programs = self.env["loyalty.program"].sudo()
        programs = programs.browse({number for number in program_ids if number})
        return programs.exists().filtered("member_program_id")

    @api.model
    def _check_is_officer(self):
        """Let officers pass.

        :raises AccessError: for the others
        """
        if not self.env.user.has_group(OFFICER):
            self._refuse_card_change()

    def _check_is_empty(self):
        """Let cards pass that hold nothing and owe nothing.

        :raises UserError: for the others
        """
        for card in self:
            if card.points or card.member_debt:
                raise UserError(
                    self.env._(
                        "The card %(card)s holds %(points)s points. Transfer or deduct"
                        " them before you archive it.",
                        card=card.code,
                        points=card.points,
                    )
                )

    @api.model
    def _allow_points(self, points):
        """Count points an officer moves by hand, within the limits of a program.

        :param dict points: by native program
        :raises UserError: when it is more than the officer may
        """
        for program, moved in points.items():
            self.env["member.point.allowance"]._use(program.member_program_id, moved)

    @api.model
    def _refuse_card_change(self):
        """Say who may change the points of members.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "The points of members are kept in an account and cannot be changed"
                " here. A membership officer grants, deducts or transfers them with"
                " “Adjust Points”, and says why."
            )
        )

    def action_open_statement(self):
        """Open the statement of this card."""
        self.ensure_one()
        return self.env["member.point.statement"]._get_statement_action(
            [("id", "=", self.id)]
        )

    def action_adjust_member_points(self):
        """Open the form that grants, deducts, transfers or extends points."""
        return self.env["member.point.adjustment"]._get_opening_action(
            cards=self.env["member.point.statement"].browse(self.ids)
        )
