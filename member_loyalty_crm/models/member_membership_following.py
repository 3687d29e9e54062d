from odoo import models

FOLLOWING = ("member.score", "member.forecast")


class MemberMembershipFollowing(models.AbstractModel):
    """What tells something about a member follows when members are merged."""

    _name = "member.membership.following"
    _description = "Records about a Merged Member"

    def _follow_current_membership(self):
        """Let signals go on with the membership that goes on; scores are made anew."""
        moved = self.filtered(lambda held: held.exists())
        for model in FOLLOWING:
            about = self.env[model].sudo()
            about.search([("membership_id", "in", moved.ids)]).filtered(
                lambda one: (
                    not one.membership_id.active
                    or one.membership_id.partner_id != one.partner_id
                )
            ).unlink()
        for ended in moved.filtered(lambda held: not held.active):
            kept = ended._get_current()
            for model in self._get_followers():
                about = self.env[model].sudo()
                about.search([("membership_id", "=", ended.id)]).write(
                    {"membership_id": kept.id, "partner_id": kept.partner_id.id}
                )
            ended._give_calls(kept)
        moved._keep_tags()

    def _give_calls(self, kept):
        """Let the calls of this membership that ended go on as those of another.

        A member has one current call: a second one stays, and ends the next night.
        """
        calls = self.env["member.call"].sudo()
        moving = calls.search([("membership_id", "=", self.id)])
        if calls.search_count(
            [("membership_id", "=", kept.id), ("closed_on", "=", False)], limit=1
        ):
            moving = moving.filtered("closed_on")
        moving.write({"membership_id": kept.id, "partner_id": kept.partner_id.id})

    def _get_followers(self):
        """Return the models whose records go to the membership that goes on.

        Seam: a module that keeps something of its own about members adds it.
        """
        return ["member.signal"]
