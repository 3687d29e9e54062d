from odoo import api, fields, models


class MemberMergeUndoing(models.TransientModel):
    """Says what undoing a merge gives back and what stays, and does it."""

    _name = "member.merge.undoing"
    _description = "Undo a Merge"

    merge_id = fields.Many2one(
        comodel_name="member.merge", required=True, readonly=True
    )
    partner_id = fields.Many2one(related="merge_id.partner_id")
    goes_back = fields.Text(compute="_compute_outcome", compute_sudo=True)
    stays = fields.Text(compute="_compute_outcome", compute_sudo=True)

    @api.constrains("merge_id")
    def _check_merge(self):
        """Let merges pass that the user may see; a form names any of them."""
        self.merge_id._origin.sudo(False).check_access("read")

    @api.depends("merge_id")
    @api.depends_context("uid")
    def _compute_outcome(self):
        self._check_merge()
        for wizard in self:
            merge = wizard.merge_id
            is_open = merge.state == "done" and merge.snapshot and merge.partner_id
            back = merge._say_what_goes_back() if is_open else ()
            stays = merge._say_what_stays() if is_open else ()
            wizard.goes_back = "\n".join(f"• {sentence}" for sentence in back)
            wizard.stays = "\n".join(f"• {sentence}" for sentence in stays)

    def action_undo(self):
        """Undo the merge and open the contacts made anew.

        :raises AccessError: for others than officers who may merge contacts
        :raises UserError: when it cannot be undone
        """
        self.ensure_one()
        restored = self.merge_id._undo()
        return restored.with_env(self.env)._get_records_action(
            name=self.env._("Contacts Made Anew")
        )
