from odoo import models


class IrBinary(models.AbstractModel):
    """What the suite assumes of Odoo here: /web/content and /web/image ask
    ``_find_record`` whether a file may be read.
    """

    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        """Override of `base`: a signed address does not open what is for members."""
        record = super()._find_record(
            xmlid, res_model, res_id, access_token, field=field
        )
        attachments = self._get_file_behind(record)
        if closed := attachments.sudo(False)._find_closed():
            raise closed._prepare_refusal(closed)
        return record

    def _get_file_behind(self, record):
        """Return the attachment that a record is, or shows."""
        if record._name == "ir.attachment":
            return record
        if record._name == "product.document":
            return record.sudo().ir_attachment_id
        return self.env["ir.attachment"]
