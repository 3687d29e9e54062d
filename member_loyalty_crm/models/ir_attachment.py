from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to grade a lead anew that gets a file.

        Web forms attach their files after they have made the lead.
        """
        attachments = super().create(vals_list)
        lead_ids = {
            vals["res_id"]
            for vals in vals_list
            if vals.get("res_model") == "crm.lead" and vals.get("res_id")
        }
        if lead_ids:
            self.env["crm.lead"].browse(lead_ids).exists()._read_inquiries()
        return attachments
