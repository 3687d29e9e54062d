import base64
from urllib.parse import quote

from odoo.http import request, route

from odoo.addons.member_loyalty.logic import referral_code
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.member_referral import REFERRALS_URL as URL
from .member_portal import MemberPortal

PER_PAGE = 10
RENEWALS = 10
MINUTES = 24 * 60
QR_SIZE = 240


class MemberReferralPortal(MemberPortal):
    """A buyer's own link, and what became of the companies that came by it."""

    def _prepare_overview_values(self, memberships):
        """Override of `member_loyalty_website` to fill the card of referrals."""
        values = super()._prepare_overview_values(memberships)
        programs = self._find_referral_programs(memberships)
        values["member_referral_card"] = bool(programs)
        return values

    @route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_referrals(self, page=1, **_parameters):
        """Show the buyer's link, the rules, and what became of the referrals."""
        memberships = self._find_memberships()
        programs = self._find_referral_programs(memberships)
        referrals = request.env["member.referral"].sudo()
        domain = self._get_referral_domain()
        total = referrals.search_count(domain)
        if not total and not request.env["member.centre"]._has_referrals():
            raise request.not_found()
        pager = portal_pager(
            url=URL, total=total, page=self._get_page_number(page), step=PER_PAGE
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_referrals",
            pager=pager,
            referral_links=[self._prepare_link(program) for program in programs],
            referrals=referrals.search(
                domain, order="id desc", limit=PER_PAGE, offset=pager["offset"]
            ),
        )
        return request.render("member_loyalty_website.portal_my_referrals", values)

    @route(
        f"{URL}/link",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def make_referral_link(self, program_id="", renew="", **_parameters):
        """Give the buyer a link, or another one when the old one is to work no more."""
        program = self._find_referral_programs(self._find_memberships()).filtered(
            lambda one: str(one.id) == program_id
        )
        if not program:
            raise request.not_found()
        partner = request.env.user.partner_id
        attempts = request.env["member.attempt"].sudo()
        if attempts._take("referral_renewal", partner.id, RENEWALS, MINUTES):
            codes = request.env["member.referral.code"]
            codes._make(partner, program, is_renewed=renew == "1")
            return request.redirect(URL, code=303)
        return request.redirect(f"{URL}?limit=1", code=303)

    def _find_referral_programs(self, memberships):
        """Return the programs in which the buyer can refer others, with rights."""
        ids = request.env["member.program"]._get_referral_program_ids(
            self._get_company().id
        )
        return memberships.program_id.filtered(lambda one: one.id in ids)

    def _get_referral_domain(self):
        """Return the domain of the buyer's own referrals in this company."""
        return [
            ("referrer_id", "=", request.env.user.partner_id.id),
            ("company_id", "=", self._get_company().id),
        ]

    def _find_code(self, program):
        codes = request.env["member.referral.code"]
        return codes._find_of(request.env.user.partner_id, program)

    def _get_link(self, code):
        """Return the address of a code's link; nothing without a code."""
        if not code:
            return ""
        return f"{request.website.get_base_url()}/m/r/{code.code}"

    def _prepare_link(self, program):
        """Return what the page shows of a program: link, rewards and rules."""
        code = self._find_code(program)
        link = self._get_link(code)
        return {
            "program": program,
            "link": link,
            "code": referral_code.show(code.code) if code else "",
            "qr": self._draw_qr(link) if link else "",
            "mailto": self._prepare_mailto(program, link),
            "rewards": [
                program._say_rewards_of(one) for one in ("referral", "referred")
            ],
            "rules": program._say_referral_rules(),
        }

    def _draw_qr(self, text):
        """Return a QR code as the address of an image that needs no request."""
        image = request.env["ir.actions.report"].barcode(
            "QR", text, width=QR_SIZE, height=QR_SIZE
        )
        return f"data:image/png;base64,{base64.b64encode(image).decode()}"

    def _prepare_mailto(self, program, link):
        """Return an address that opens a mail to be sent to somebody else."""
        company = program.company_id.name
        subject = request.env._("A recommendation: %(company)s", company=company)
        body = request.env._(
            "Hello,\n\nI order from %(company)s. Register with my link and we both get"
            " something with your first order:\n%(link)s",
            company=company,
            link=link,
        )
        return f"mailto:?subject={quote(subject)}&body={quote(body)}"
