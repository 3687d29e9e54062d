from odoo import fields
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .member_portal import MemberPortal

URL = "/my/membership/messages"
PER_PAGE = 10


class MemberMessagePortal(MemberPortal):
    """Messages to the buyer and to the buyer's own company."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count unread messages."""
        values = super()._prepare_home_portal_values(counters)
        if "member_message_count" in counters:
            values["member_message_count"] = self._count_unread_messages()
        return values

    @route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def my_membership_messages(self, page=1, **_parameters):
        """Show the messages, the newest first."""
        page = self._get_page_number(page)
        messages = request.env["member.notification"].sudo()
        domain = self._get_message_domain()
        pager = portal_pager(
            url=URL, total=messages.search_count(domain), page=page, step=PER_PAGE
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_messages",
            pager=pager,
            messages=messages.search(
                domain, order="id desc", limit=PER_PAGE, offset=pager["offset"]
            ),
        )
        return request.render("member_loyalty_website.portal_my_messages", values)

    @route(
        f"{URL}/<int:message_id>/read",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def mark_message_read(self, message_id, page=1, **_parameters):
        """Remember that one message was read."""
        message = (
            request.env["member.notification"]
            .sudo()
            .search(self._get_message_domain() & fields.Domain("id", "=", message_id))
        )
        if not message:
            raise request.not_found()
        message._mark_read()
        return self._redirect_to_messages(page)

    @route(f"{URL}/read", type="http", auth="user", website=True, methods=["POST"])
    def mark_all_messages_read(self, **_parameters):
        """Remember that all messages were read."""
        request.env["member.notification"].sudo().search(
            self._get_message_domain() & fields.Domain("read_at", "=", False)
        )._mark_read()
        return self._redirect_to_messages()

    def _get_message_domain(self):
        """Return the domain of the messages that this buyer may read here."""
        return request.env["member.notification"]._get_reader_domain(
            request.env.user.partner_id, self._get_company()
        )

    def _count_unread_messages(self):
        return request.env["member.notification"]._count_unread(
            request.env.user.partner_id, self._get_company()
        )

    def _redirect_to_messages(self, page=1):
        """Return to the page of the list where the button was."""
        page = self._get_page_number(page)
        return request.redirect(URL if page == 1 else f"{URL}/page/{page}")
