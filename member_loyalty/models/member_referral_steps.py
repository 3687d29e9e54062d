from functools import partial

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..logic.notification import Notice
from ..logic.referral import OPEN_STATES

# from which states an officer may decide what
DECISIONS = {
    "refuse": OPEN_STATES,
    "accept": ("refused", "lapsed"),
    "take_back": ("rewarded",),
}


class MemberReferralSteps(models.AbstractModel):
    """What officers decide of referrals, with a reason that is kept."""

    _name = "member.referral.steps"
    _description = "Decisions on Referrals"

    def action_refuse(self):
        """Open the form that asks why a referral does not count."""
        return self._ask_why("refuse", self.env._("Refuse the Referral"))

    def action_accept(self):
        """Open the form that asks why a referral counts after all."""
        return self._ask_why("accept", self.env._("Accept the Referral"))

    def action_take_back(self):
        """Open the form that asks why the rewards are taken back."""
        return self._ask_why("take_back", self.env._("Take the Rewards Back"))

    def action_open_order(self):
        """Open the order that the referral waits for."""
        self.ensure_one()
        return self.order_id._get_records_action()

    def _ask_why(self, decision, name):
        self.ensure_one()
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "member.referral.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_referral_id": self.id,
                "default_decision": decision,
            },
        }

    def _decide_by_hand(self, decision, reason):
        """Refuse, accept or take back, as an officer decided.

        :param str decision: "refuse", "accept" or "take_back"
        :param str reason: colleagues read it; the referrer does when it is refused
        :raises AccessError: for anyone but officers
        :raises UserError: when the referral is not in a state for it
        """
        self.ensure_one()
        self._check_may_decide()
        self._begin_step(*DECISIONS[decision])
        referral = self.sudo().with_company(self.company_id)
        values = {"officer_reason": reason, "decided_by_id": self.env.uid}
        if decision == "accept":
            referral.write({**values, **referral._prepare_resumption()})
            note = self.env._("Accepted: %(reason)s", reason=reason)
        elif decision == "refuse":
            referral.write({**values, **referral._prepare_closing("refused")})
            referral._tell_refused()
            note = self.env._("Refused: %(reason)s", reason=reason)
        else:
            kept = referral._take_back_rewards(reason)
            referral.write({**values, "state": "taken_back"})
            note = self.env._("Rewards taken back: %(reason)s", reason=reason)
            if kept:
                note = f"{note} {self._say_kept(kept)}"
        self.message_post(body=note)

    def _say_kept(self, gifts):
        """Say which gifts had been used when the rewards were taken back."""
        return self.env._(
            "Used before, and not taken back: %(gifts)s",
            gifts=", ".join(
                f"{gift.benefit_id.name} ({gift.partner_id.display_name})"
                for gift in gifts
            ),
        )

    def _refuse_for(self, verdict):
        """Refuse a referral for what speaks against it, and tell the referrer.

        :param verdict: ``Verdict`` of ``logic``
        """
        self.ensure_one()
        self.write(
            {
                "reasons": ",".join(verdict.reasons),
                "decided_by_id": False,
                **self._prepare_closing("refused"),
            }
        )
        self._tell_refused()

    def _prepare_closing(self, state):
        return {
            "state": state,
            "closed_on": self.company_id._member_today(),
            "is_overruled": False,
        }

    def _prepare_resumption(self):
        """Return the values that let a referral go on where it was stopped."""
        state = "waiting" if self.paid_on else "ordered" if self.order_id else "bound"
        return {"state": state, "closed_on": False, "is_overruled": True}

    def _tell_refused(self):
        """Tell the referrer that it does not count, and why."""
        for referral in self:
            self.env["member.notification"]._notify(
                "referral_refused",
                [
                    Notice(
                        referral.referrer_id.id,
                        f"referral,{referral.id}",
                        {
                            "reason": partial(self._say_refusal, referral),
                            "day": referral.bound_on,
                        },
                        source=(self._name, referral.id),
                        url=referral._get_page(),
                    )
                ],
                referral.program_id,
            )

    def _say_refusal(self, referral, env):
        """Return why it was refused, in the language of the environment."""
        return referral.with_env(env).sudo()._say_to_referrer()

    def _check_may_decide(self):
        """Let officers pass.

        :raises AccessError: for everybody else
        """
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_officer"):
            raise AccessError(
                self.env._(
                    "Only membership officers decide on referrals. Ask one of them, or"
                    " add a note."
                )
            )
        self.check_access("read")

    def _begin_step(self, *states):
        """Keep others from deciding the same referral; let these states pass.

        :raises UserError: for the other states
        """
        self.sudo().lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "This referral is “%(state)s”, so that is not possible. Reload the"
                    " page to see what happened.",
                    state=labels[self.state],
                )
            )
