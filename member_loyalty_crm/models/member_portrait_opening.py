from odoo import models
from odoo.exceptions import UserError


class MemberPortraitOpening(models.AbstractModel):
    """Records from which the whole customer opens with one click."""

    _name = "member.portrait.opening"
    _description = "Opens the Portrait of a Customer"

    def _get_portrait_partner(self):
        """Return the contact whose portrait is shown."""
        return self.partner_id

    def action_open_portrait(self):
        """Open everything that is known of the customer, on a page.

        :raises UserError: when the record names no customer yet
        """
        self.ensure_one()
        self.check_access("read")
        partner = self._get_portrait_partner()
        if not partner:
            raise UserError(
                self.env._(
                    "No customer is set here yet. Choose the customer first, then"
                    " open the portrait."
                )
            )
        action = self.env["ir.actions.client"]._for_xml_id(
            "member_loyalty_crm.member_portrait_action"
        )
        return {**action, "params": {"partner_id": partner.id}}

    def action_open_member_card(self):
        """Open the short form of the portrait, in a dialog over the document.

        :raises UserError: when the record names no customer yet
        """
        action = self.action_open_portrait()
        return {
            **action,
            "name": self.env._("Member Card"),
            "target": "new",
            "params": {**action["params"], "is_card": True},
            "context": {"dialog_size": "large"},
        }


class MemberPortraitPartner(models.AbstractModel):
    """Contacts open their own portrait."""

    _name = "member.portrait.partner"
    _inherit = ["member.portrait.opening"]
    _description = "Opens the Portrait of a Contact"

    def _get_portrait_partner(self):
        """Override of `member.portrait.opening`: the contact itself."""
        return self


class MemberPortraitLead(models.AbstractModel):
    """Leads open the portrait of their customer, or of whose inquiry it is."""

    _name = "member.portrait.lead"
    _inherit = ["member.portrait.opening"]
    _description = "Opens the Portrait of a Lead's Customer"

    def _get_portrait_partner(self):
        """Override of `member.portrait.opening` for inquiries that name no customer."""
        return self.partner_id or self.member_inquiry_partner_id
