from odoo import api, models
from odoo.fields import Domain


class MemberCustomerRecord(models.AbstractModel):
    """A record about a customer: whoever may not see the customer may not see it.

    Record rules cannot say that, for Odoo looks through their relations without
    any rule. The model has a field ``partner_id``.
    """

    _name = "member.customer.record"
    _description = "Record about a Customer"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Override of `base` to find what is about visible customers only."""
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & Domain("partner_id", "any", Domain.TRUE)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Override of `base` to forbid what is about customers one may not see."""
        result = super()._check_access(operation)
        if self.env.su or not self.ids:
            return result
        forbidden = result[0] if result else self.browse()
        allowed = self - forbidden
        customers = allowed.sudo().partner_id.with_env(self.env)
        hidden = customers - customers._filtered_access("read")
        unseen = allowed.filtered(lambda record: record.sudo().partner_id in hidden)
        if not unseen:
            return result
        refuse = self.env["ir.rule"]._make_access_error
        return forbidden | unseen, lambda: refuse(operation, forbidden | unseen)
