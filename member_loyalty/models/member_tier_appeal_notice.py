from functools import partial

from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..logic.notification import Notice

ACTIVITY = "member_loyalty.mail_activity_type_appeal"


class MemberTierAppealNotice(models.AbstractModel):
    """Who hears of an appeal: a note for staff, a task for the manager, a mail."""

    _name = "member.tier.appeal.notice"
    _description = "Notices of an Appeal"
    _inherit = ["member.mail.partner"]

    def _announce_submitted(self):
        manager = self.program_id._get_appeal_manager(self.filed_by_id)
        self._note(
            self.env._(
                "Submitted: %(tier)s until %(until)s%(promise)s. To be decided by"
                " %(deadline)s%(manager)s.",
                manager=self.env._(" by %(name)s", name=manager.name)
                if manager
                else "",
                deadline=self._say_day(self.deadline),
                **self._get_wish_in_words(),
            )
        )
        if manager:
            self.sudo().activity_schedule(
                ACTIVITY,
                date_deadline=self.deadline,
                user_id=manager.id,
                summary=self.env._(
                    "%(member)s asks for %(tier)s",
                    member=self.partner_id.display_name,
                    tier=self.tier_id.name,
                ),
            )
        self._mail_member("submitted")

    def _announce_granted(self):
        words = self._get_wish_in_words()
        self._close_task()
        self._note(
            self.env._("Granted: %(tier)s until %(until)s%(promise)s.", **words),
            self.filed_by_id,
        )
        self._mail_member("granted")

    def _announce_refused(self):
        self._close_task()
        self._note(
            self.env._("Refused: %(reason)s", reason=self.refusal_reason),
            self.filed_by_id,
        )
        self._mail_member("refused")

    def _announce_withdrawn(self, note):
        self.activity_unlink([ACTIVITY])
        self._note(note)

    def _announce_review(self):
        words = {
            "bought": self._say_amount(self.reviewed_amount),
            "promised": self._say_amount(self.promised_amount),
            "until": self._say_day(self.wished_until),
            "member": self.partner_id.display_name,
        }
        if not self.promised_amount:
            note = self.env._(
                "The tier was granted until %(until)s, nothing was promised. It now"
                " follows the usual rules.",
                **words,
            )
        elif self.state == "kept":
            note = self.env._(
                "Promise kept: %(member)s bought %(bought)s of the %(promised)s"
                " promised until %(until)s. The tier now follows the usual rules.",
                **words,
            )
        else:
            note = self.env._(
                "Promise missed: %(member)s bought %(bought)s of the %(promised)s"
                " promised until %(until)s. The tier now follows the usual rules.",
                **words,
            )
        self._note(note, self.filed_by_id)
        self._mail_member(self.state)

    def _remind_manager(self):
        """Tell the manager once that the deadline has passed."""
        self.reminded_on = self.company_id._member_today()
        manager = self.activity_ids.filtered("automated").user_id[:1]
        manager = manager or self.program_id._get_appeal_manager(self.filed_by_id)
        self._note(
            self.env._(
                "Late: this was to be decided by %(deadline)s.",
                deadline=self._say_day(self.deadline),
            ),
            manager,
        )

    def _note(self, body, user=None):
        """Leave a note for staff and tell a colleague who did not do it."""
        self.ensure_one()
        told = (user or self.env["res.users"]) - self.env.user
        told = told.filtered(lambda one: one.active and not one.share)
        self.sudo().message_post(
            body=body,
            subtype_xmlid="mail.mt_note",
            partner_ids=told.partner_id.ids,
        )

    def _close_task(self):
        """Mark the manager's task as done."""
        self.sudo().activity_feedback([ACTIVITY])

    def _mail_member(self, step):
        """Tell the member of a step, in their language; a mail is queued.

        :param str step: "submitted", "granted", "refused", "kept" or "missed"
        """
        self.ensure_one()
        notice = Notice(
            self.partner_id.id,
            f"appeal,{self.id}",
            {
                "number": self.name,
                "tier": self.tier_id,
                "held": self.held_tier_id,
                "until": self.wished_until,
                "deadline": self.deadline,
                "reason": self.refusal_reason,
                **{
                    name: partial(self._say_amount_to_member, amount)
                    for name, amount in self._get_told_amounts(step).items()
                },
            },
            source=(self._name, self.id),
        )
        self.env["member.notification"]._notify(
            f"appeal_{step}", [notice], self.program_id
        )

    def _get_told_amounts(self, step):
        """Return the amounts that members are told, by the name they have in texts.

        What was bought is measured when the promise is reviewed, and not before.
        """
        self.ensure_one()
        amounts = {"promised": self.promised_amount}
        if step in ("kept", "missed"):
            amounts |= {"bought": self.reviewed_amount, "missing": self.missing_amount}
        return amounts

    def _say_amount_to_member(self, amount, env):
        """Return an amount in words, in a reader's language; nothing for none."""
        return amount and formatLang(env, amount, currency_obj=self.currency_id)

    def _get_wish_in_words(self):
        """Return the tier, until when, and the promise, as words for a sentence."""
        self.ensure_one()
        promise = ""
        if self.promised_amount:
            promise = self.env._(
                " against a promise of %(amount)s",
                amount=self._say_amount(self.promised_amount),
            )
        return {
            "tier": self.tier_id.name,
            "until": self._say_day(self.wished_until),
            "promise": promise,
        }

    def _say_amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _say_day(self, day):
        return format_date(self.env, day)
