from odoo import api, fields, models

from .member_benefit_priority import PRIORITIES


class MailActivity(models.Model):
    """What the suite assumes of Odoo here: activities are made by ``create``, with the
    model as ``res_model_id`` or ``res_model`` and the document as ``res_id``.
    """

    _inherit = "mail.activity"

    member_priority = fields.Selection(
        selection=PRIORITIES,
        string="Priority of Member",
        default="0",
        readonly=True,
        help="How soon the customer is answered, by a benefit, as of when the activity"
        " was made.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `mail` to show on activities who is answered first."""
        if self.env["member.benefit"]._is_priority_granted():
            self._put_member_priorities(vals_list)
        return super().create(vals_list)

    @api.model
    def _get_customer_fields(self):
        """Return the field that names the customer, by model. Seam: add a model."""
        return {"res.partner": "id", "sale.order": "partner_id"}

    @api.model
    def _put_member_priorities(self, vals_list):
        """Add to the values of new activities how soon their customers are answered."""
        names = self._get_customer_fields()
        by_model = {}
        for vals in vals_list:
            if (model := self._get_model_of_values(vals)) in names:
                by_model.setdefault(model, []).append(vals)
        for model, many in by_model.items():
            records = (
                self.env[model]
                .sudo()
                .browse({int(vals["res_id"]) for vals in many if vals.get("res_id")})
            )
            found = self.env["member.benefit"]._find_priorities(
                records.exists(), names[model]
            )
            for vals in many:
                if held := found.get(int(vals.get("res_id") or 0)):
                    vals["member_priority"] = held[1].priority_level

    @api.model
    def _get_model_of_values(self, vals):
        """Return the model of the document of a new activity."""
        if vals.get("res_model_id"):
            return self.env["ir.model"].sudo().browse(vals["res_model_id"]).model
        return vals.get("res_model") or self.env.context.get("default_res_model")
