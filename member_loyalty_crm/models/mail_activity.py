from odoo import api, models


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["member.call.activity", "mail.activity"]

    @api.model
    def _get_customer_fields(self):
        """Override of `member_loyalty` to show stars on activities of leads."""
        return {**super()._get_customer_fields(), "crm.lead": "partner_id"}
