from odoo import models

FOLLOWED = {"user_id": "user_id", "date_deadline": "due_on"}


class MemberCallActivity(models.AbstractModel):
    """Keeps calls true to their activities, which people close and move in Odoo.

    What is assumed of Odoo: an activity is done by ``_action_done``, cancelled by
    ``unlink``, and given to others or another day by ``write``.
    """

    _name = "member.call.activity"
    _description = "Activity of a Call"

    def _find_member_calls(self):
        """Return the open calls that these activities are of, with rights."""
        calls = self.env["member.call"].sudo()
        if not self.ids:
            return calls
        return calls.search([("activity_id", "in", self.ids), ("state", "=", "open")])

    def _action_done(self, feedback=False, attachment_ids=None):
        """Override of `mail` to close the calls whose activity is done.

        :raises AccessError: when the call is somebody else's
        """
        if calls := self._find_member_calls():
            calls.with_env(self.env)._check_may_handle()
            calls._record_close("talked", feedback or False)
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)

    def unlink(self):
        """Override of `mail` to close the calls whose activity is cancelled.

        What Odoo deletes by itself, as when a person leaves, is called by others.

        :raises AccessError: when the call is somebody else's
        """
        calls = self._find_member_calls()
        if calls and self.env.su:
            calls.write({"state": "waiting", "user_id": False})
        elif calls:
            calls.with_env(self.env)._check_may_handle()
            calls._record_close("not_called")
        return super().unlink()

    def write(self, vals):
        """Override of `mail` to move calls with their activities, or close them.

        :raises AccessError: when the call is somebody else's
        """
        moved = {FOLLOWED[name]: vals[name] for name in FOLLOWED if name in vals}
        is_closing = vals.get("active") is False
        calls = self._find_member_calls() if moved or is_closing else self.browse()
        if calls:
            calls.with_env(self.env)._check_may_handle()
        result = super().write(vals)
        if calls and is_closing:
            calls._record_close("talked")
        elif calls:
            calls.write(moved)
        return result
