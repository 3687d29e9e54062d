from odoo.http import request, route

from ..logic.inquiry_list import clean_text, read_id, read_quantity
from ..models.member_inquiry_login import COUNT
from .member_inquiry_base import URL, MemberInquiryBase
from .member_inquiry_choice import find_chosen_product

NOTE_LENGTH = 500


class MemberInquiry(MemberInquiryBase):
    """The inquiry list of visitors and buyers: fill it, look at it, change it."""

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
            raise request.not_found()
        template, product, details = find_chosen_product(post)
        if not product:
            raise request.not_found()
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
        if not self._take("inquiry_add", self._get_address()):
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
            raise request.not_found()
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
