from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from odoo.addons.sale.controllers.portal import CustomerPortal
from odoo.addons.web.controllers.binary import Binary


class MemberBinary(Binary):
    """Sends whoever may open a document for members to where that is recorded.

    Odoo serves files from read-only requests; a download has to be written down.
    """

    @route()
    def content_common(self, *args, **kwargs):
        """Override of `web` to record downloads of documents for members."""
        return _find_member_address(kwargs) or super().content_common(*args, **kwargs)

    @route()
    def content_image(self, *args, **kwargs):
        """Override of `web` to record downloads, and to show no image instead."""
        return _find_member_address(kwargs) or super().content_image(*args, **kwargs)


class MemberDocumentPortal(CustomerPortal):
    """Serves documents for members, and writes down who opened which."""

    @route()
    def portal_quote_document(self, order_id, document_id, access_token=None):
        """Override of `sale` to let members only open what is for members.

        The link to an order can be passed on; who opens a document has to sign in.
        """
        return redirect_to_member_document(
            request.env["product.document"].sudo().browse(document_id).exists()
        ) or super().portal_quote_document(order_id, document_id, access_token)

    @route("/my/membership/document/<int:document_id>", type="http", auth="user")
    def my_membership_document(self, document_id, **_parameters):
        """Serve a document for members to whoever may open it, and record that."""
        document = request.env["product.document"].sudo().browse(document_id).exists()
        if not document.member_only:
            raise NotFound()
        if request.env.user._is_internal():
            own = document.sudo(False)
            if not (own.has_access("read") and own.ir_attachment_id.has_access("read")):
                raise NotFound()
        else:
            partner = request.env.user.partner_id
            grant = document._find_grants(partner).get(document.id)
            if not grant:
                raise NotFound()
            try:
                return self._serve_to_member(document, partner, *grant)
            except UserError as error:
                return request.make_response(
                    str(error),
                    [("Content-Type", "text/plain; charset=utf-8")],
                    status=403,
                )
        return self._serve(document)

    def _serve_to_member(self, document, partner, membership, benefit):
        """Serve a document, marked where its level says so, and record that.

        :raises UserError: when it cannot be marked, or the benefit is used up
        """
        marked = None
        if document._is_watermarked():
            marked = document._get_watermarked(partner, membership)
        request.env["member.document.download"]._record(
            document, partner, membership, benefit
        )
        if marked is None:
            return self._serve(document)
        return request.make_response(
            marked,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(marked)),
                ("Content-Disposition", content_disposition(document.name)),
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _serve(self, document):
        """Serve the file as it is kept."""
        stream = request.env["ir.binary"]._get_stream_from(document.ir_attachment_id)
        return stream.get_response(as_attachment=True, max_age=None)


def _find_member_address(parameters):
    """Return where a file is opened, when it is for members; None for other files."""
    documents = request.env["product.document"]
    if not documents._is_any_locked():
        return None
    return redirect_to_member_document(documents._find_by_address(parameters))


def redirect_to_member_document(document):
    """Return where a document for members is opened; None for other documents.

    :raises NotFound: when it is for members, and not for this user
    """
    user = request.env.user
    if not document.member_only or user._is_internal():
        return None
    if not document._find_grants(user.partner_id):
        raise NotFound()
    return request.redirect(f"/my/membership/document/{document.id}")
