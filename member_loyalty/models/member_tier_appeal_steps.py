from odoo import models
from odoo.exceptions import AccessError, UserError

from ..logic import tier_appeal


class MemberTierAppealSteps(models.AbstractModel):
    """The steps of an appeal: submitted, granted, refused, withdrawn."""

    _name = "member.tier.appeal.steps"
    _description = "Steps of an Appeal"

    def action_submit(self):
        """Hand the appeal to the manager who decides, with a deadline.

        :raises UserError: when it is no draft, or wishes what is over or held
        """
        self.ensure_one()
        self.check_access("write")
        self._begin_step("draft")
        self._check_is_complete()
        today = self.company_id._member_today()
        self.sudo().write(
            {
                "state": "submitted",
                "filed_by_id": self.env.uid,
                "submitted_on": today,
                "deadline": tier_appeal.deadline(
                    today, self.program_id.sudo().appeal_days
                ),
            }
        )
        self._announce_submitted()
        return True

    def action_grant(self):
        """Give the member the tier wished until the day wished.

        :raises AccessError: for anyone but managers
        :raises UserError: when the appeal is not to be decided, or by somebody else
        """
        self.ensure_one()
        self._check_may_decide()
        self._begin_step("submitted")
        self._check_is_complete()
        today = self.company_id._member_today()
        self.membership_id._assign_tier(
            self.tier_id,
            self._get_grant_reason(),
            event="appeal",
            until=self.wished_until,
        )
        decisions = self.membership_id.decision_ids
        self.sudo().write(
            {
                "state": "granted",
                "decided_by_id": self.env.uid,
                "decided_on": today,
                "granted_on": today,
                "decision_id": decisions.sorted("id")[-1:].id,
            }
        )
        self._announce_granted()
        return True

    def action_refuse(self):
        """Open the form that asks why the appeal is refused."""
        self.ensure_one()
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse the Appeal"),
            "res_model": "member.tier.appeal.refusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_appeal_id": self.id},
        }

    def action_withdraw(self):
        """End the appeal; a tier that was granted then follows the usual rules.

        :raises AccessError: for officers when the tier was granted
        :raises UserError: when the appeal is over
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "granted":
            self._check_is_manager()
        self._begin_step("draft", "submitted", "granted")
        if self.state == "granted":
            self._end_granted_tier()
        self._withdraw(self.env._("Withdrawn by %(user)s.", user=self.env.user.name))
        return True

    def _refuse(self, reason):
        """Refuse the appeal.

        :param str reason: what staff and the member read
        """
        self.ensure_one()
        self._check_may_decide()
        self._begin_step("submitted")
        self.sudo().write(
            {
                "state": "refused",
                "decided_by_id": self.env.uid,
                "decided_on": self.company_id._member_today(),
                "refusal_reason": reason,
            }
        )
        self._announce_refused()

    def _withdraw(self, note):
        """End appeals that are open, whoever decided so.

        :param str note: what staff reads
        """
        for appeal in self.sudo():
            appeal.state = "withdrawn"
            appeal._announce_withdrawn(note)

    def _end_granted_tier(self):
        """Promise the tier that was granted no longer than today."""
        self.ensure_one()
        today = self.company_id._member_today()
        membership = self.membership_id
        if membership.granted_tier_id == self.tier_id:
            membership._write_tier({"granted_until": today})
        if membership.tier_id == self.tier_id:
            membership._write_tier({"valid_until": today})

    def _begin_step(self, *states):
        """Keep others from deciding the same appeal; let these states pass.

        :raises UserError: for the other states
        """
        self.ensure_one()
        self.sudo().lock_for_update()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(number)s is “%(state)s”, so this is no longer possible. Reload"
                    " the page to see what happened.",
                    number=self.name,
                    state=labels[self.state],
                )
            )

    def _check_is_complete(self):
        """Let appeals pass that can be decided and granted.

        :raises UserError: when something is missing or over
        """
        self.ensure_one()
        if not self.membership_id.active:
            raise UserError(
                self.env._(
                    "%(member)s is no longer a member. Bring the membership back"
                    " first, or withdraw the appeal.",
                    member=self.partner_id.display_name,
                )
            )
        self._check_wish_is_open()
        if (
            not self.wished_until
            or self.wished_until <= self.company_id._member_today()
        ):
            raise UserError(
                self.env._(
                    "Enter under “Until” a day after today: the last day for which"
                    " %(tier)s is wished.",
                    tier=self.tier_id.name,
                )
            )

    def _is_manager(self):
        """Tell whether the user decides appeals at all."""
        return self.env.user.has_group("member_loyalty.member_loyalty_group_manager")

    def _check_is_manager(self):
        """Let managers pass.

        :raises AccessError: for everybody else
        """
        if not self._is_manager():
            raise AccessError(
                self.env._(
                    "Only membership managers decide appeals. Ask one of them, or add"
                    " a note to the appeal."
                )
            )

    def _check_may_decide(self):
        """Let managers pass; one who filed the appeal only if there is no other.

        :raises AccessError: for anyone but managers
        :raises UserError: for the manager who filed it
        """
        self.ensure_one()
        self._check_is_manager()
        self.check_access("write")
        others = self.program_id._get_appeal_managers() - self.env.user
        if self.filed_by_id == self.env.user and others:
            raise UserError(
                self.env._(
                    "You filed %(number)s yourself. Let another manager decide it:"
                    " %(managers)s.",
                    number=self.name,
                    managers=", ".join(others[:5].mapped("name")),
                )
            )

    def _get_grant_reason(self):
        """Return what the member's history says of the grant."""
        self.ensure_one()
        if not self.promised_amount:
            return self.env._("Appeal %(number)s", number=self.name)
        return self.env._(
            "Appeal %(number)s, against a promise of %(amount)s",
            number=self.name,
            amount=self._say_amount(self.promised_amount),
        )
