from odoo.http import request, route
from odoo.tools import email_normalize

from ..logic.inquiry_list import clean_text, read_day, read_id
from ..models.member_inquiry_login import COUNT, TOKEN
from .member_inquiry_base import URL, MemberInquiryBase

SENT = "member_inquiry_sent"
NAME_LENGTH, PHONE_LENGTH, MESSAGE_LENGTH = 200, 50, 5000
# no field of the form: only programs fill it in
HONEYPOT = "contact_website"


class MemberInquirySending(MemberInquiryBase):
    """The inquiry list of visitors and buyers: who is asking, and sending it."""

    @route(
        f"{URL}/details",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def inquiry_details(self, **_parameters):
        """Ask who is asking and what else there is to say."""
        if not request.website._offers_inquiries():
            return self._refuse()
        found = self._find()
        return self._render_details(found, {}, [])

    def _render_details(self, found, typed, errors):
        """Return the page that is sent, with what was typed so far."""
        lines = found._get_shown_lines()
        if not lines:
            return request.redirect(URL)
        values = {
            "list_token": found.sudo().token,
            "lines": lines,
            "typed": typed,
            "errors": errors,
            "buyer": self._get_buyer().sudo(),
            "countries": request.env["res.country"].sudo().search([("id", "!=", 0)]),
            "today": self._get_today(),
            "honeypot": HONEYPOT,
        }
        return request.render("member_loyalty_website.inquiry_details", values)

    @route(
        f"{URL}/send",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
        captcha="website_form",
    )
    def send_inquiry(self, list_token="", **post):
        """Send the list, once: pressed again, it shows what was sent."""
        if not request.website._offers_inquiries():
            raise request.not_found()
        found = self._find()
        if not found or found.token != list_token:
            was_sent = list_token and list_token == request.session.get(SENT)
            return request.redirect(f"{URL}/sent" if was_sent else URL)
        values, errors = self._read_details(post)
        if not errors and not found._get_shown_lines():
            return request.redirect(URL)
        if not errors and not self._may_send(values):
            errors = [self._get_messages()["limit"]]
        if errors:
            return self._render_details(found, post, errors)
        found._send(values)
        request.session[SENT] = found.token
        request.session.pop(TOKEN, None)
        request.session[COUNT] = 0
        return request.redirect(f"{URL}/sent")

    @route(
        f"{URL}/sent",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def inquiry_sent(self, **_parameters):
        """Thank, and show what was sent last in this session."""
        token = request.session.get(SENT)
        lists = request.env["member.inquiry.list"].sudo()
        sent = token and lists.search(
            [("token", "=", token), ("sent_at", "!=", False)], limit=1
        )
        if not sent or sent.website_id != request.website:
            return request.redirect(URL)
        values = {"sent": sent, "lines": sent.line_ids}
        return request.render("member_loyalty_website.inquiry_sent", values)

    def _read_details(self, post):
        """Return what is said with the list, and sentences about what is wrong."""
        values, errors = self._read_sender(post)
        if post.get(HONEYPOT):
            errors.append(self._get_messages()["robot"])
        day = clean_text(post.get("wanted_date"), NAME_LENGTH)
        wanted = read_day(day, self._get_today())
        if day and not wanted:
            errors.append(
                request.env._("The wanted date has to be a day from today on.")
            )
        values |= {
            "wanted_date": wanted or False,
            "message": clean_text(post.get("message"), MESSAGE_LENGTH),
            "lang": request.env.context.get("lang")
            or request.website.default_lang_id.code,
        }
        return values, errors

    def _read_sender(self, post):
        """Return who is asking, and sentences about what is missing.

        A buyer is who is signed in, whatever a form says.
        """
        buyer = self._get_buyer().sudo()
        if buyer:
            company = buyer.commercial_partner_id
            return {
                "contact_name": buyer.name,
                "company_name": company.name if company != buyer else False,
                "email": buyer.email,
                "phone": buyer.phone,
                "country_id": company.country_id.id,
            }, []
        errors = []
        name = clean_text(post.get("contact_name"), NAME_LENGTH)
        mail = email_normalize(clean_text(post.get("email"), NAME_LENGTH))
        if not name:
            errors.append(request.env._("Please say your name."))
        if not mail:
            errors.append(request.env._("Please give a mail address to answer to."))
        country = (
            request.env["res.country"].sudo().browse(read_id(post.get("country_id")))
        )
        return {
            "contact_name": name,
            "company_name": clean_text(post.get("company_name"), NAME_LENGTH),
            "email": mail,
            "phone": clean_text(post.get("phone"), PHONE_LENGTH),
            "country_id": country.exists().id,
        }, errors

    def _may_send(self, values):
        """Count a sending by who sends and by mail address; tell whether it may be."""
        return self._take("inquiry_send", self._get_address()) and (
            not values["email"] or self._take("inquiry_mail", values["email"])
        )
