from odoo import api, fields, models


class MemberTagCarrier(models.AbstractModel):
    """Giving tags to a contact by hand, from the side of the contact."""

    _name = "member.tag.carrier"
    _description = "Contact with Tags"

    member_tag_ids = fields.Many2many(
        comodel_name="member.tag",
        relation="member_tag_res_partner_rel",
        column1="res_partner_id",
        column2="member_tag_id",
        string="Member Tags",
        copy=False,
        groups="member_loyalty.member_loyalty_group_user",
    )
    member_tag_change_ids = fields.One2many(
        comodel_name="member.tag.change",
        inverse_name="partner_id",
        string="Tag Changes",
        readonly=True,
        groups="member_loyalty.member_loyalty_group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Log the tags that new contacts come with."""
        contacts = super().create(vals_list)
        if any(vals.get("member_tag_ids") for vals in vals_list):
            changes = self.env["member.tag.change"]
            changes._log_by_hand(set(), changes._get_carried(partners=contacts))
        return contacts

    def write(self, vals):
        """Log the tags that are given to contacts and taken from them."""
        if "member_tag_ids" not in vals:
            return super().write(vals)
        changes = self.env["member.tag.change"]
        before = changes._get_carried(partners=self)
        result = super().write(vals)
        changes._log_by_hand(before, changes._get_carried(partners=self))
        return result

    def _let_tagged_members_rise(self, tags):
        """Move members up whose rules ask for one of the tags that changed."""
        asking = self.env["member.tier.condition"].sudo()
        for program, memberships in (
            self.sudo().member_membership_ids.grouped("program_id").items()
        ):
            if asking.search_count(
                [
                    ("rule_id.tier_id.program_id", "=", program.id),
                    ("tag_ids", "in", tags.ids),
                ],
                limit=1,
            ):
                program._let_members_rise(memberships.partner_id.ids)
