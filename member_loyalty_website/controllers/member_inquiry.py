from odoo.http import Controller, request, route
from odoo.tools import email_normalize

from ..logic.inquiry_list import clean_text, read_day, read_id, read_quantity
from ..models.member_inquiry_login import COUNT, TOKEN
from .member_inquiry_choice import find_chosen_product

URL = "/shop/inquiry"
SENT = "member_inquiry_sent"
NAME_LENGTH, NOTE_LENGTH, MESSAGE_LENGTH = 200, 500, 5000
ADDS_PER_VISITOR, ADDS_MINUTES = 200, 10
SENDS_PER_VISITOR, SENDS_MINUTES = 10, 60
SENDS_PER_MAIL, MAIL_MINUTES = 5, 24 * 60
# no field of the form: only programs fill it in
HONEYPOT = "contact_website"


class MemberInquiry(Controller):
    """The inquiry list of visitors and buyers: fill it, look at it, send it."""

    @route(
        f"{URL}/add",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def add_to_inquiry(self, answer="", **post):
        """Put the product of a page on the list.

        :param str answer: "json" when a script asks, which stays on its page
        """
        if not request.website._offers_inquiries():
            return request.not_found()
        template, product, details = find_chosen_product(post)
        if not product:
            return request.not_found()
        error = self._add(template, product, details, post)
        if answer == "json":
            return request.make_json_response(
                {
                    "count": request.session.get(COUNT, 0),
                    "error": self._get_messages().get(error, ""),
                }
            )
        return request.redirect(f"{URL}?error={error}" if error else URL)

    def _add(self, template, product, details, post):
        """Put a product on the list; return the code of what went wrong, if anything.

        :param str details: what was chosen beside the variant
        """
        lists = request.env["member.inquiry.list"].sudo()
        digits = lists.line_ids._get_quantity_digits()
        quantity = read_quantity(post.get("add_qty", "1"), digits)
        if not quantity:
            return "quantity"
        if not self._take("inquiry_add", self._get_address(), "add"):
            return "limit"
        units = template._get_available_uoms()
        chosen = units.filtered(lambda one: one.id == read_id(post.get("uom_id")))
        found = lists._open(request.website, self._get_buyer(), self._get_token())
        note = clean_text(details, NOTE_LENGTH)
        line = found._add(product, quantity, chosen or template.uom_id, note)
        self._remember(found)
        return "" if line else "full"

    @route(URL, type="http", auth="public", website=True, readonly=True, sitemap=False)
    def inquiry(self, error="", **_parameters):
        """Show the list."""
        if not request.website._offers_inquiries():
            return self._refuse()
        found = self._find()
        values = {
            "lines": found._get_shown_lines(),
            "error": self._get_messages().get(error, ""),
            "digits": found.line_ids._get_quantity_digits(),
        }
        return request.render("member_loyalty_website.inquiry_list", values)

    @route(
        f"{URL}/update",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def update_inquiry(self, remove="", go="", **post):
        """Change quantities and notes, take a line off, or go on to what is sent.

        :param str remove: the line to take off
        :param str go: "details" to go on
        """
        if not request.website._offers_inquiries():
            return request.not_found()
        found = self._find()
        if not found:
            return request.redirect(URL)
        found._renew()
        all_good = self._update_lines(found.line_ids, post)
        found.line_ids.filtered(lambda line: str(line.id) == remove).unlink()
        self._remember(found)
        if not all_good:
            return request.redirect(f"{URL}?error=quantity")
        go_on = go == "details" and found.line_ids
        return request.redirect(f"{URL}/details" if go_on else URL)

    def _update_lines(self, lines, post):
        """Write quantities and notes of the own lines; return whether all were sane."""
        digits, all_good = lines._get_quantity_digits(), True
        for line in lines:
            if f"note_{line.id}" in post:
                line.note = clean_text(post[f"note_{line.id}"], NOTE_LENGTH)
            if f"quantity_{line.id}" in post:
                quantity = read_quantity(post[f"quantity_{line.id}"], digits)
                all_good = all_good and bool(quantity)
                line.quantity = quantity or line.quantity
        return all_good

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
            return request.not_found()
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

    # What was typed

    def _read_details(self, post):
        """Return what is said with the list, and sentences about what is wrong."""
        values, errors = self._read_sender(post)
        if post.get(HONEYPOT):
            errors.append(self._get_messages()["robot"])
        day = post.get("wanted_date", "").strip()
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
            "phone": clean_text(post.get("phone"), 50),
            "country_id": country.exists().id,
        }, errors

    def _get_messages(self):
        """Return the sentences about what can go wrong, by code."""
        say = request.env._
        return {
            "quantity": say(
                "Please enter quantities as numbers above 0 and up to 1000000, with a"
                " point before decimals. The other quantities were left as they were."
            ),
            "full": say("Your list is full. Please send it, then begin another one."),
            "limit": say("That was often in a short time. Please try again later."),
            "robot": say(
                "A field that people do not see was filled in. Please clear what your"
                " browser filled in by itself, and send again."
            ),
        }

    # Who is asking

    def _get_buyer(self):
        """Return the contact who is signed in; empty for a visitor."""
        user = request.env.user
        return user.partner_id.browse() if user._is_public() else user.partner_id

    def _get_token(self):
        """Return the token of the visitor's list, which is in the session."""
        token = request.session.get(TOKEN)
        return token if isinstance(token, str) else ""

    def _find(self):
        """Return the list of who is asking, with rights; may be none."""
        lists = request.env["member.inquiry.list"].sudo()
        return lists._find_open(
            request.website.sudo(), self._get_buyer(), self._get_token()
        )

    def _remember(self, found):
        """Keep in the session whose list it is, and how many lines the header shows."""
        if not found.partner_id:
            request.session[TOKEN] = found.token
        request.session[COUNT] = len(found.line_ids)

    def _refuse(self):
        """Answer who looks for a list where there is none."""
        website = request.website
        if website.member_inquiry_enabled and not website.has_ecommerce_access():
            return request.redirect(f"/web/login?redirect={URL}")
        return request.not_found()

    def _get_today(self):
        return request.website.sudo().company_id._member_today()

    # Limits

    def _get_address(self):
        """Return what a visitor is counted by."""
        buyer = self._get_buyer()
        return f"partner {buyer.id}" if buyer else request.httprequest.remote_addr

    def _may_send(self, values):
        """Count a sending by who sends and by mail address; tell whether it may be."""
        return self._take("inquiry_send", self._get_address(), "send") and (
            not values["email"] or self._take("inquiry_mail", values["email"], "mail")
        )

    def _take(self, action, who, kind):
        limit, minutes = {
            "add": (ADDS_PER_VISITOR, ADDS_MINUTES),
            "send": (SENDS_PER_VISITOR, SENDS_MINUTES),
            "mail": (SENDS_PER_MAIL, MAIL_MINUTES),
        }[kind]
        attempts = request.env["member.attempt"].sudo()
        return attempts._take(action, who, limit, minutes)
