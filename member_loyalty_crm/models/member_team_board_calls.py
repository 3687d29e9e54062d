from odoo import api, models
from odoo.fields import Domain

NOBODY = -1


class MemberTeamBoardCalls(models.AbstractModel):
    """The calls that somebody is to make, on the overview."""

    _name = "member.team.board.calls"
    _description = "Calls in the Overview"

    @api.model
    def _get_call_domain(self, user_id, key=None):
        """Return the domain of the calls that somebody has.

        :param int user_id: whose, as in :meth:`get_board`
        :param key: "open", "late", "waiting", or None for those to call
        """
        domain = Domain("closed_on", "=", False)
        domain &= Domain("company_id", "=", self.env.company.id)
        if user_id:
            user = False if user_id == NOBODY else int(user_id)
            domain &= Domain("user_id", "=", user)
        if key == "waiting":
            return domain & Domain("state", "=", "waiting")
        domain &= Domain("state", "=", "open")
        if key == "late":
            domain &= Domain("due_on", "<", self.env.company._member_today())
        return domain

    @api.model
    def _get_calls(self, user_id):
        """Return how many calls are open, late and waiting; nothing without rights."""
        calls = self.env["member.call"]
        if not calls.has_access("read"):
            return []
        labels = [("open", self.env._("To call")), ("late", self.env._("Late"))]
        if user_id <= 0:
            labels.append(("waiting", self.env._("Waiting for a caller")))
        return [
            {
                "key": key,
                "label": label,
                "count": calls.search_count(self._get_call_domain(user_id, key)),
            }
            for key, label in labels
        ]
