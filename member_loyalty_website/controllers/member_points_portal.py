from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .member_portal import MemberPortal

POINTS_URL = "/my/membership/points"
CODE_URL = "/my/membership/code"
PER_PAGE = 20


class MemberPointsPortal(MemberPortal):
    """The buyer's points: what there is, how it came, and the member code.

    Whose purse it is follows from the buyer alone, as each program says.
    """

    def _prepare_overview_values(self, memberships):
        """Override to add the purses."""
        return {
            **super()._prepare_overview_values(memberships),
            "member_purses": self._find_purse_statements(),
        }

    @route(
        [POINTS_URL, f"{POINTS_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_points(self, page=1, purse="", **_parameters):
        """Show a purse: balance, what waits or expires, the statement and the lots."""
        programs = request.env["member.centre"]._get_point_programs()
        if not programs:
            raise request.not_found()
        purses = self._find_purse_statements()
        chosen = purses.filtered(lambda one: str(one.id) == purse) or (
            purses[:1] if not purse else purses.browse()
        )
        if purse and not chosen:
            raise request.not_found()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_points",
            purses=purses,
            purse=chosen,
            **self._prepare_statement(chosen, page, len(purses) > 1),
        )
        return request.render("member_loyalty_website.portal_my_points", values)

    @route(
        CODE_URL, type="http", auth="user", website=True, readonly=True, sitemap=False
    )
    def my_membership_code(self, **_parameters):
        """Show the member code, to be scanned from the screen."""
        if not request.env["member.centre"]._get_point_programs():
            raise request.not_found()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_code",
            purses=self._find_purse_statements(),
            can_get_code=bool(self._find_programs_without_purse()),
        )
        return request.render("member_loyalty_website.portal_my_code", values)

    @route(
        f"{CODE_URL}/new",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def make_membership_code(self, **_parameters):
        """Open the purses that a member does not have yet, and with them their code."""
        partner = request.env.user.partner_id.sudo()
        cards = request.env["loyalty.card"].sudo()
        for program in self._find_programs_without_purse():
            cards._get_member_wallet(program, partner, create=True)
        return request.redirect(CODE_URL)

    def _find_purse_statements(self):
        """Return the buyer's purses on this website, as ``member.point.statement``."""
        return request.env["member.point.statement"]._find_of_buyer(
            request.env.user.partner_id.sudo(),
            request.env["member.centre"]._get_point_programs(),
        )

    def _find_programs_without_purse(self):
        """Return the programs that the buyer is a member of without a purse."""
        giving = request.env["member.centre"]._get_point_programs()
        joined = self._find_memberships().program_id
        return (giving & joined) - self._find_purse_statements().program_id

    def _prepare_statement(self, purse, page, named):
        """Return what the page shows of a purse; nothing when there is none."""
        if not purse:
            return {}
        entries = request.env["member.point.entry"].sudo()
        domain = [("card_id", "=", purse.id)]
        pager = portal_pager(
            url=POINTS_URL,
            url_args={"purse": purse.id} if named else {},
            total=entries.search_count(domain),
            page=self._get_page_number(page),
            step=PER_PAGE,
        )
        return {
            "pager": pager,
            "entries": entries.search(
                domain, order="id desc", limit=PER_PAGE, offset=pager["offset"]
            ),
            "expiring": purse._get_expiring(),
            "reserved": purse._get_reserved(),
            "waiting": purse._get_waiting(),
            "lots": purse._get_usable_lots(),
        }
