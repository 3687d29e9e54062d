from odoo import Command, api, fields, models


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
        """Log the tags that are given to contacts and taken from them.

        Replacing all tags replaces those kept by hand; what rules keep stays.

        :raises UserError: when a tag kept by rules is given or taken by name
        """
        if "member_tag_ids" not in vals:
            return super().write(vals)
        changes = self.env["member.tag.change"]
        before = changes._get_carried(partners=self)
        commands = self._spare_rule_tags(vals["member_tag_ids"], before)
        result = super().write({**vals, "member_tag_ids": commands})
        changes._log_by_hand(before, changes._get_carried(partners=self))
        return result

    @api.model
    def _spare_rule_tags(self, value, carried):
        """Return commands that replace tags kept by hand only.

        :param value: what is written: commands, ids, records or nothing
        :param set carried: who carries what, as (tag id, partner id)
        """
        tags = self.env["member.tag"].sudo().browse({tag_id for tag_id, _id in carried})
        by_hand = tags.filtered(lambda tag: tag.kept_by == "hand").ids
        commands = []
        for command in self._get_tag_commands(value):
            if command[0] not in (Command.SET, Command.CLEAR):
                commands.append(command)
                continue
            wanted = list(command[2]) if command[0] == Command.SET else []
            commands += [Command.unlink(one) for one in by_hand if one not in wanted]
            commands += [Command.link(one) for one in wanted]
        return commands

    @api.model
    def _get_tag_commands(self, value):
        """Return as commands what is written to the tags."""
        if not value:
            return [Command.clear()]
        if isinstance(value, models.BaseModel):
            return [Command.set(value.ids)]
        if all(isinstance(one, int) for one in value):
            return [Command.set(value)]
        return value

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
