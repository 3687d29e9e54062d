from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.member_loyalty.controllers.member_document import MemberDocumentPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..logic.inquiry_list import clean_text
from .member_portal import MemberPortal

URL = "/my/membership/documents"
PER_PAGE = 30
LONGEST_NAME = 120
LONGEST_SIGNATURE = 1000  # of what is looked at
SIGNATURES, MINUTES = 20, 60


class MemberDocuments(MemberPortal):
    """Documents that the buyer may open, and what has to be signed before."""

    def _prepare_overview_values(self, memberships):
        """Override to say which documents are open."""
        values = super()._prepare_overview_values(memberships)
        values["document_levels"] = self._find_open_levels(memberships)
        return values

    @route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def my_membership_documents(self, page=1, search="", **_parameters):
        """Show the documents that the buyer may open, by level."""
        search = search.strip()[:LONGEST_NAME] if isinstance(search, str) else ""
        partner = request.env.user.partner_id
        found = request.env["product.document"]._find_for_page(
            partner, self._get_company(), search
        )
        pager = portal_pager(
            url=URL,
            url_args={"search": search} if search else {},
            total=len(found),
            page=self._get_page_number(page),
            step=PER_PAGE,
        )
        shown = found[pager["offset"] : pager["offset"] + PER_PAGE]
        levels = request.env["member.document.level"]
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="membership_documents",
            pager=pager,
            search=search,
            documents_by_level=shown.grouped("member_level_id"),
            unsigned=shown._find_unsigned(partner),
            closed_levels=levels._find_closed_for_page(partner, self._get_company()),
        )
        return request.render("member_loyalty_website.portal_my_documents", values)

    @route(
        f"{URL}/sign/<int:purpose_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def my_membership_signing(self, purpose_id, **_parameters):
        """Show what has to be signed before documents open."""
        purpose = self._find_protecting(purpose_id)
        if not purpose:
            raise request.not_found()
        return self._render_signing(purpose)

    @route(
        f"{URL}/sign/<int:purpose_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def sign_for_documents(
        self, purpose_id, version_id="", signature="", agrees="", **_parameters
    ):
        """Write down that the buyer signed; the documents open at once."""
        purpose = self._find_protecting(purpose_id)
        if not purpose:
            raise request.not_found()
        partner = request.env.user.partner_id
        attempts = request.env["member.attempt"].sudo()
        if not attempts._take("sign", partner.id, SIGNATURES, MINUTES):
            return self._render_signing(
                purpose,
                request.env._(
                    "That was very often in a short time. Try again in an hour."
                ),
            )
        name = " ".join(clean_text(signature, LONGEST_SIGNATURE).split())
        if problem := self._find_signing_problem(purpose, version_id, name, agrees):
            return self._render_signing(purpose, problem, name[:LONGEST_NAME])
        try:
            partner.sudo()._set_consent(
                purpose.code,
                True,
                "document",
                company=purpose.company_id,
                signature=name,
            )
        except UserError as error:
            raise request.not_found() from error
        return request.redirect(URL)

    def _find_signing_problem(self, purpose, version_id, name, agrees):
        """Return in words why this is no signature; nothing when it is one."""
        if str(purpose.version_id.id) != version_id:
            return request.env._(
                "The words have changed meanwhile. Read them again, please."
            )
        if agrees != "1":
            return request.env._("Tick the box to say that you agree.")
        if not 2 <= len(name) <= LONGEST_NAME:
            return request.env._("Type your full name as your signature.")
        return None

    def _render_signing(self, purpose, problem="", name=""):
        values = self._prepare_portal_layout_values()
        partner = request.env.user.partner_id
        values.update(
            page_name="membership_documents",
            purpose=purpose,
            version=purpose.version_id,
            state=partner.sudo()._get_consent(purpose.code, purpose.company_id),
            problem=problem,
            signature=name,
        )
        return request.render("member_loyalty_website.portal_my_signing", values)

    def _find_protecting(self, purpose_id):
        """Return a purpose of this company that some documents demand."""
        return (
            request.env["member.consent.purpose"]
            ._find_asked(self._get_company())
            .filtered(lambda one: one.id == purpose_id and one.level_ids)
        )

    def _find_open_levels(self, memberships):
        """Return the levels of documents that the buyer's tier opens."""
        levels = request.env["member.document.level"].sudo()
        if not memberships or not request.env["product.document"]._is_any_locked():
            return levels
        company, partner = self._get_company(), request.env.user.partner_id
        granted = request.env["member.benefit"]._find_granted(
            partner, company, company._member_today(), "documents"
        )[partner.id]
        benefit_ids = [one.id for _held, one in granted]
        return levels.search_fetch([("benefit_ids", "in", benefit_ids)])


class MemberDocumentSigning(MemberDocumentPortal):
    """Asks for the signature where a document is opened."""

    @route()
    def my_membership_document(self, document_id, **parameters):
        """Override of `member_loyalty` to lead to what has to be signed first."""
        document = request.env["product.document"].sudo().browse(document_id).exists()
        user = request.env.user
        if document.member_only and not user._is_internal():
            entitled = document.browse(document._find_entitlements(user.partner_id))
            if entitled._find_unsigned(user.partner_id):
                purpose = document.member_level_id.consent_purpose_id
                return request.redirect(f"{URL}/sign/{purpose.id}")
        return super().my_membership_document(document_id, **parameters)
