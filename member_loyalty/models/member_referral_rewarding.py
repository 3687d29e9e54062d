import logging
from functools import partial

from psycopg2 import OperationalError

from odoo import models

from ..logic.benefit_gift import Due
from ..logic.notification import Notice
from ..logic.point_events import Event

_logger = logging.getLogger(__name__)

# who gets something, and where it is written down how many points
SIDES = {
    "referral": ("referrer_id", "referrer_points"),
    "referred": ("contact_id", "referred_points"),
}


class MemberReferralRewarding(models.AbstractModel):
    """Rewards both sides, each once: the keys of what is booked name the referral."""

    _name = "member.referral.rewarding"
    _description = "Rewards of Referrals"

    def _decide_due(self, today):
        """Judge referrals that are due once more; refuse them, or reward both sides."""
        if not self:
            return
        verdicts = self.filtered(lambda one: not one.is_overruled)._judge(is_final=True)
        accepted = self.browse()
        for referral in self:
            verdict = verdicts.get(referral.id)
            if verdict and not verdict.is_accepted:
                referral._refuse_for(verdict)
            else:
                accepted |= referral
        accepted._reward_each(today)

    def _reward_each(self, today):
        """Reward these; those that fail are reported and wait on.

        :raises psycopg2.OperationalError: when another transaction rewarded the same,
            or the connection is gone
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._reward(today)
        except OperationalError:
            raise
        except Exception:
            self.env.invalidate_all(flush=False)
            if len(self) > 1:
                for referral in self:
                    referral._reward_each(today)
                return
            _logger.exception("Referral %s was not rewarded", self.id)

    def _reward(self, today):
        """Give both sides of referrals of one program what they get, and tell them."""
        entries = self.env["member.point.entry"].sudo()
        for side, (contact, points) in SIDES.items():
            booked = self._give_points(side, contact)
            for referral in self:
                own = booked.filtered(lambda one, of=referral: one.source_id == of.id)
                referral[points] = sum(own.mapped("points"))
            entries |= booked
            self._give_gifts(side, contact, today)
        self.write({"state": "rewarded", "closed_on": today})
        self._record_in_journal(today)
        self._tell_rewarded(entries)

    def _give_points(self, side, contact):
        """Book the points of one side, as the earning rules say.

        :return: the new entries
        """
        events = [
            Event(
                referral[contact].id, str(referral.id), source=(self._name, referral.id)
            )
            for referral in self
        ]
        return self.env["member.earning.rule"]._record_events(
            side, events, programs=self.program_id
        )

    def _give_gifts(self, side, contact, today):
        """Give one side the gifts of this occasion that its tier and tags have."""
        program = self.program_id
        gifts = self.env["member.benefit"]._find_gifts(program, side)
        if not gifts:
            return
        granted = self.env["member.benefit"]._find_granted(
            self[contact], program.company_id, today, "gift"
        )
        for gift in gifts.filtered(lambda one: one._can_give_gifts()):
            countries = gift.gift_country_ids
            gift._give_to(
                [
                    Due(
                        membership.id,
                        referral[contact].id,
                        f"{side},{referral.id}",
                        today,
                    )
                    for referral in self
                    for membership, benefit in granted[referral[contact].id]
                    if benefit == gift
                    and (not countries or membership.partner_id.country_id in countries)
                ],
                today,
            )

    def _record_in_journal(self, today):
        """Enter the referrals as acts of those who referred, and let them rise."""
        activities = self.env["member.activity"].sudo()
        activities.create(
            [
                {
                    "company_id": referral.company_id.id,
                    "currency_id": referral.company_id.currency_id.id,
                    "partner_id": referral.referrer_id.id,
                    "commercial_partner_id": member.id,
                    "country_id": member.country_id.id,
                    "kind": "referral",
                    "event": "booked",
                    "date": today,
                    "amount": 0,
                    "quantity": 1,
                    "revision": 1,
                    "source_model": self._name,
                    "source_id": referral.id,
                    "source_ref": referral.contact_id.commercial_partner_id.name,
                    "source_key": f"{self._name},{referral.id}",
                }
                for referral in self
                for member in referral.referrer_id.commercial_partner_id
            ]
        )._let_members_rise()

    def _tell_rewarded(self, entries):
        """Tell both sides what they got."""
        told = {
            "referral_rewarded": ("referrer_id", "referrer_points", "bound_on", "day"),
            "referred_rewarded": (
                "contact_id",
                "referred_points",
                "order_id",
                "document",
            ),
        }
        for kind, (contact, points, fact, name) in told.items():
            self.env["member.notification"]._notify(
                kind,
                [
                    Notice(
                        referral[contact].id,
                        f"referral,{referral.id}",
                        {
                            "points": partial(referral._say_points_given, points),
                            name: referral[fact],
                        },
                        source=(self._name, referral.id),
                        url=referral._get_page() if contact == "referrer_id" else None,
                    )
                    for referral in self
                ],
                self.program_id,
            )

    def _say_points_given(self, points, env):
        """Return the points that one side got as words; nothing when it got none."""
        referral = self.with_env(env).sudo()
        if not referral[points]:
            return ""
        wallet = referral.program_id.wallet_id
        card = env["loyalty.card"].sudo().new({"program_id": wallet.id})
        return card._format_points(referral[points])

    def _get_page(self):
        """Return where members read of their referrals.

        Seam: the module that has a page of them says so.
        """
        return self.program_id._get_member_page()

    def _take_back_rewards(self, reason):
        """Take back points, unused gifts and the entry in the journal.

        Points that were spent are owed; coupons that were used stay.

        :return: the gifts that stay, with rights
        """
        self.env["member.point.entry"]._take_back_given(self, reason)
        given = self._find_gifts_given()
        kept = given.filtered(lambda one: one.state == "used")
        (given - kept)._take_away(reason)
        activities = self.env["member.activity"].sudo()
        counted = activities.search(
            [("source_model", "=", self._name), ("source_id", "in", self.ids)]
        ).filtered(lambda one: one.event != "reversed")
        activities.create(
            [one._prepare_reversal_values(reason) for one in counted]
        )._let_members_rise()
        return kept

    def _find_gifts_given(self):
        """Return coupons and points that both sides have as gifts, with rights."""
        issues = self.env["member.benefit.gift.issue"].sudo()
        return issues.search(
            [
                ("occasion", "in", list(SIDES)),
                (
                    "occasion_key",
                    "in",
                    [f"{s},{one.id}" for s in SIDES for one in self],
                ),
                ("program_id", "in", self.program_id.ids),
                ("gives", "!=", "greeting"),
                ("is_withdrawn", "=", False),
            ]
        )
