import secrets
from typing import NamedTuple

from odoo import fields, models
from odoo.http import request

from ..queries import behaviour as queries

VISITOR_KEY = "member_visitor_key"
KEYS_PER_ADDRESS = 300  # a day: many visitors may share one address
NOTES_PER_OWNER = 1000  # a day
MINUTES_OF_A_DAY = 1440


class InterestOwner(NamedTuple):
    """Who is followed: a contact who is logged in, or a visitor by a random key."""

    partner_id: int | None = None
    visitor_key: str | None = None


class MemberWebsiteInterest(models.AbstractModel):
    """A shop that remembers what its visitors look at, if both want it.

    What the suite assumes of Odoo here: ``ir.http._is_allowed_cookie`` tells what a
    visitor answered to the cookies bar, and says yes where there is none.
    """

    _name = "member.website.interest"
    _description = "Following Interest on a Website"

    member_follow_views = fields.Boolean(
        string="Follow Product Views",
        help="Remember which products visitors look at, for how long, and what they"
        " search for. Only of those who accepted optional cookies and did not refuse"
        " it; without a cookies bar, only of contacts who agreed to profiling.",
    )
    member_interest_months = fields.Integer(
        string="Months Kept",
        default=12,
        help="What was remembered of contacts is deleted after so many months, what"
        " was remembered of visitors who never log in after 30 days.",
    )
    member_recommend_products = fields.Boolean(
        string="Recommend Products",
        help="Show members products that go with what they buy and look at.",
    )

    _interest_months_range = models.Constraint(
        "CHECK (member_interest_months BETWEEN 1 AND 60)",
        "What members look at is kept for 1 to 60 months.",
    )

    def _get_first_interest_day(self, today):
        """Return the first day of what is still kept."""
        self.ensure_one()
        return fields.Date.subtract(today, months=self.member_interest_months)

    def _may_follow_interest(self):
        """Tell whether a page has to say what it shows, without asking the database.

        Whether it is noted is decided when the page reports.
        """
        self.ensure_one()
        user = self.env.user
        return (
            self.member_follow_views
            and not user._is_internal()
            and (self.cookies_bar or not user._is_public())
        )

    def _find_interest_owner(self):
        """Return whose interest is noted in this request.

        A visitor who takes the consent back is forgotten at once.

        :return: ``InterestOwner`` or None: not followed, no consent, a bot, staff
        """
        self.ensure_one()
        if not request or not self._may_follow_interest():
            return None
        if self.env["ir.http"].is_a_bot():
            return None
        if not self._has_interest_consent():
            self._forget_visitor()
            return None
        if not self.env.user._is_public():
            return InterestOwner(partner_id=self.env.user.partner_id.id)
        key = request.session.get(VISITOR_KEY) or self._open_visitor_key()
        return InterestOwner(visitor_key=key) if key else None

    def _has_interest_consent(self):
        """Tell whether the person of this request lets their interest be noted."""
        user = self.env.user
        said = "" if user._is_public() else user.partner_id._get_interest_consent()
        if said == "refused" or not self.cookies_bar:
            return said == "given"
        try:
            return self.env["ir.http"]._is_allowed_cookie("optional") is True
        except ValueError:  # the cookie can hold anything
            return False

    def _open_visitor_key(self):
        """Return a new key for a visitor, unless an address asks for too many."""
        address = request.httprequest.remote_addr or ""
        attempts = self.env["member.attempt"].sudo()
        if not attempts._take(
            "interest_visitor", address, KEYS_PER_ADDRESS, MINUTES_OF_A_DAY
        ):
            return None
        key = request.session[VISITOR_KEY] = secrets.token_urlsafe(24)
        return key

    def _forget_visitor(self):
        """Forget what was noted under the key of this session, and the key."""
        key = request.session.pop(VISITOR_KEY, None)
        if key:
            self.env["res.partner"]._forget_interests(queries.of_visitor(key))

    def _take_interest_note(self, owner):
        """Count a note; tell whether its owner may still leave one today."""
        who = owner.visitor_key or f"partner:{owner.partner_id}"
        return (
            self.env["member.attempt"]
            .sudo()
            ._take("interest", who, NOTES_PER_OWNER, MINUTES_OF_A_DAY)
        )
