from odoo import api, models

from ..logic.point_events import Participant
from ..queries import point_events as queries

OF_PERSONS = frozenset({"profile", "birthday"})


class MemberEarningParticipant(models.AbstractModel):
    """Who takes part in events, and to whose purse their points go."""

    _name = "member.earning.participant"
    _description = "Who Takes Part in Events"
    _inherit = ["member.remembered"]

    @api.model
    def _find_participants(self, program, kind, partner_ids):
        """Return who of the contacts takes part, and the cards there are.

        :param program: a membership program with points
        :param str kind: a kind of earning rule
        :param partner_ids: a set of ids
        :return: ``Participant`` by partner id, and card ids by who holds the points
        """
        participants, cards = {}, {}
        for row in self._find_members_of_circle(program, frozenset(partner_ids)):
            partner_id, purse_id, card_id, tier_id, tag_ids, is_person = row
            if partner_id not in partner_ids:
                continue
            if kind in OF_PERSONS and not is_person:
                continue
            participants[partner_id] = Participant(
                partner_id, purse_id, tier_id, frozenset(tag_ids)
            )
            if card_id:
                cards[purse_id] = card_id
        return participants, cards

    @api.model
    def _find_members_of_circle(self, program, partner_ids):
        """Return the rows of ``queries.participants`` of these contacts at least.

        A page that is read asks once for its reader and the reader's company together.
        """
        if self.env.cr.readonly:
            reader = self.env.user.sudo().partner_id
            own = frozenset((reader | reader.commercial_partner_id).ids)
            if own.issuperset(partner_ids):
                partner_ids = own
        circle, asked = self._get_circle(program), sorted(partner_ids)
        return self._remember_while_reading(
            ("participants", circle, tuple(asked)),
            lambda: self.env.execute_query(
                queries.participants(self.env, circle, asked)
            ),
        )

    @api.model
    def _get_circle(self, program, kind=None):
        """Return whose events a program looks at, those of a kind if one is given."""
        policy, column = program._get_points_policy(), "commercial_partner_id"
        return queries.Circle(
            program.id,
            policy.wallet_id,
            "id" if program._get_policy().member_level == "contact" else column,
            "id" if policy.purse == "contact" else column,
            is_personal=kind in OF_PERSONS,
        )
