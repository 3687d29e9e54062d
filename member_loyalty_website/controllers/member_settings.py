from datetime import date

import pytz

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date
from odoo.http import request, route

from .member_portal import MemberPortal

URL = "/my/membership/settings"
SIGNING_URL = "/my/membership/documents/sign"
OLDEST = date(1900, 1, 1)
CHANGES, MINUTES = 30, 60
SAID = {
    "saved": lambda env: env._("Saved."),
    "birthday": lambda env: env._(
        "Enter your day of birth as a date in the past. Nothing was saved."
    ),
    "birthday_kept": lambda env: env._(
        "Your birthday is saved already. Ask us if it is wrong."
    ),
    "changed": lambda env: env._(
        "The words have changed meanwhile. Read them again, please."
    ),
    "too_often": lambda env: env._(
        "That was very often in a short time. Try again in an hour."
    ),
}


class MemberSettings(MemberPortal):
    """What buyers decide about themselves: language, birthday, consent."""

    def _prepare_overview_values(self, memberships):
        """Override to ask for what was not asked at registration."""
        partner = request.env.user.partner_id.sudo()
        return {
            **super()._prepare_overview_values(memberships),
            "unanswered": partner._find_unanswered(self._get_company()),
        }

    @route(URL, type="http", auth="user", website=True, readonly=True, sitemap=False)
    def my_membership_settings(self, said="", **_parameters):
        """Show the settings of the buyer's own contact."""
        partner = request.env.user.partner_id.sudo()
        say = SAID.get(said) if isinstance(said, str) else None
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_settings",
            partner=partner,
            languages=request.website.sudo().language_ids,
            timezones=pytz.common_timezones,
            consents=self._prepare_consents(partner),
            has_interests=self._has_settings_page("/my/membership/interests"),
            said=say and say(request.env),
            is_saved=said == "saved",
        )
        return request.render("member_loyalty_website.portal_my_settings", values)

    @route(
        f"{URL}/language",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def save_member_language(self, lang="", tz="", **_parameters):
        """Remember the language and the time zone, and show pages in the language."""
        if not self._take_settings_change():
            return self._return_to_settings("too_often")
        partner = request.env.user.partner_id.sudo()
        found = request.website.sudo().language_ids.filtered(
            lambda one: one.code == lang
        )
        values = {}
        if found and partner.lang != lang:
            values["lang"] = lang
        if tz in pytz.common_timezones_set and partner.tz != tz:
            values["tz"] = tz
        if values:
            partner.write(values)
        if not found:
            return self._return_to_settings("saved")
        back = f"{URL}?said=saved"
        return request.redirect_query(f"/website/lang/{found.url_code}", {"r": back})

    @route(
        f"{URL}/birthday",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def save_member_birthday(self, birthday="", **_parameters):
        """Remember the birthday, once: points and gifts are given for it."""
        if not self._take_settings_change():
            return self._return_to_settings("too_often")
        partner = request.env.user.partner_id.sudo()
        partner.lock_for_update()
        if partner.member_birthday:
            return self._return_to_settings("birthday_kept")
        try:
            day = Date.to_date(birthday)
            if not day or day < OLDEST or partner.is_company:
                return self._return_to_settings("birthday")
            with request.env.cr.savepoint():
                partner.member_birthday = day
        except (ValueError, TypeError, ValidationError):
            return self._return_to_settings("birthday")
        return self._return_to_settings("saved")

    @route(
        f"{URL}/consent",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def save_member_consent(
        self, purpose_id="", version_id="", answer="", **_parameters
    ):
        """Write down that the buyer agrees to a purpose, or no longer does.

        What opens documents is signed on its own page, never agreed to here.
        """
        purpose = self._find_settings_purposes().filtered(
            lambda one: str(one.id) == purpose_id
        )
        if not purpose or answer not in ("give", "withdraw"):
            raise request.not_found()
        if not self._take_settings_change():
            return self._return_to_settings("too_often")
        if answer == "give" and purpose.level_ids:
            return request.redirect(f"{SIGNING_URL}/{purpose.id}")
        if answer == "give" and str(purpose.version_id.id) != version_id:
            return self._return_to_settings("changed")
        try:
            request.env.user.partner_id.sudo()._set_consent(
                purpose.code,
                answer == "give",
                "settings",
                company=purpose.company_id,
            )
        except UserError as error:
            raise request.not_found() from error
        return self._return_to_settings("saved")

    def _find_settings_purposes(self):
        """Return the purposes that this website's company asks for."""
        return request.env["member.consent.purpose"]._find_asked(self._get_company())

    def _prepare_consents(self, partner):
        """Return the purposes as the page shows them, with what the buyer said."""
        purposes = self._find_settings_purposes()
        answers = {}
        for answer in (
            request.env["member.consent"]
            .sudo()
            .search(
                [("partner_id", "=", partner.id), ("purpose_id", "in", purposes.ids)]
            )
        ):
            if answer._counts():
                answers.setdefault(answer.purpose_id, answer)
        return [
            {
                "purpose": purpose,
                "version": purpose.version_id,
                "state": partner._get_consent(purpose.code, purpose.company_id),
                "answer": answers.get(purpose),
                "is_stopped": purpose.code == "marketing"
                and partner.member_no_marketing,
            }
            for purpose in purposes
        ]

    def _has_settings_page(self, url):
        """Tell whether a module that is installed brings a page."""
        router = request.env["ir.http"].routing_map()
        return any(rule.rule == url for rule in router.iter_rules())

    def _take_settings_change(self):
        """Count a change, and tell whether there were not too many."""
        who = request.env.user.partner_id.id
        attempts = request.env["member.attempt"].sudo()
        return attempts._take("settings", who, CHANGES, MINUTES)

    def _return_to_settings(self, what):
        """Return to the settings with an answer."""
        return request.redirect(f"{URL}?said={what}")
