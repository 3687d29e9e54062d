from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

KEPT_DAYS = 365
OFFICER = "member_loyalty.member_loyalty_group_officer"
MAY_MERGE = "base.group_partner_manager"


class MemberMerge(models.Model):
    """A merge of contacts that had to do with members, and what was whose before.

    Written in the transaction of the merge. What was whose is kept for a year; until
    then membership and points can be given back once.
    """

    _name = "member.merge"
    _inherit = [
        "member.customer.record",
        "member.merge.snapshot",
        "member.merge.contact",
        "member.merge.membership",
        "member.merge.points",
        "member.merge.undo",
    ]
    _description = "Merge of Members"
    _order = "id desc"
    _rec_name = "source_names"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Merged into",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    into_ref = fields.Integer(
        string="Id of the Contact that Stayed", readonly=True, aggregator=None
    )
    source_names = fields.Char(string="Merged from", readonly=True)
    source_count = fields.Integer(string="Contacts", readonly=True)
    merged_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, ondelete="set null"
    )
    merged_at = fields.Datetime(readonly=True)
    snapshot = fields.Json(
        readonly=True,
        groups="base.group_system",
        help="What belonged to whom before the merge.",
    )
    state = fields.Selection(
        selection=[("done", "Merged"), ("undone", "Undone"), ("closed", "Final")],
        required=True,
        readonly=True,
        default="done",
        help="Final: what was whose is no longer kept, so it cannot be undone.",
    )
    undone_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, ondelete="set null"
    )
    undone_at = fields.Datetime(readonly=True)
    restored_ids = fields.Many2many(
        comodel_name="res.partner", string="Contacts Made Anew", readonly=True
    )

    @api.autovacuum
    def _gc_snapshots(self):
        """Forget what was whose a year ago: it names people."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("state", "=", "done"), ("merged_at", "<", before)])
        old.write({"state": "closed", "snapshot": False})

    @api.model
    def _check_may_merge(self):
        """Let officers pass who may merge contacts in Odoo.

        :raises AccessError: for everybody else
        """
        user = self.env.user
        if not (user.has_group(OFFICER) and user.has_group(MAY_MERGE)):
            raise AccessError(
                self.env._(
                    "Only membership officers who may create contacts can merge members"
                    " and undo that. Ask an administrator for both rights."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Merges are history and cannot be deleted. Undo this one.")
        )

    def action_undo(self):
        """Show what undoing gives back and what stays, and ask.

        :raises AccessError: for others than officers who may merge
        :raises UserError: when it cannot be undone
        """
        self.ensure_one()
        self._check_may_merge()
        self.check_access("read")
        self.sudo()._check_can_be_undone()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Undo for Membership and Points"),
            "res_model": "member.merge.undoing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_merge_id": self.id},
        }

    def action_open_contact(self):
        """Open the contact that stayed."""
        self.ensure_one()
        return self.partner_id._get_records_action(name=self.partner_id.display_name)

    def _check_can_be_undone(self):
        """Let merges pass that can be undone now.

        :raises UserError: for others; it says why and what to do
        """
        self.ensure_one()
        refusal = self._find_refusal()
        if refusal:
            raise UserError(refusal)

    def _find_refusal(self):
        """Return why this merge cannot be undone, nothing when it can."""
        if self.state != "done" or not self.snapshot:
            return self.env._(
                "This merge was undone before, or is too long ago: what belonged to"
                " whom is no longer known."
            )
        if not self.partner_id:
            return self.env._(
                "The contact that stayed was deleted. There is nobody to take"
                " memberships and points from."
            )
        later = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("id", ">", self.id),
                ("state", "=", "done"),
            ],
            limit=1,
        )
        if later or self.partner_id.id != self.into_ref:
            return self.env._(
                "%(member)s was merged again since, with %(others)s. Undo that merge"
                " first.",
                member=self.partner_id.display_name,
                others=later.source_names or self.partner_id.display_name,
            )
        return self._find_move_of_company()

    def _find_move_of_company(self):
        """Return why purchases cannot be given back, when companies changed."""
        snapshot = self.snapshot
        winner = snapshot["winner"]
        companies = {source["company"] for source in snapshot["sources"]}
        alone = all(one["company"] == one["id"] for one in snapshot["sources"])
        is_same = self.partner_id.commercial_partner_id.id == winner["company_after"]
        kept = winner["company"] == winner["company_after"]
        if (
            is_same
            and kept
            and (
                companies == {winner["company"]}
                or (alone and winner["company"] == self.into_ref)
            )
        ):
            return None
        return self.env._(
            "The merge, or a change since, brought a contact to another company, and"
            " its purchases with it. Such a merge is not undone here: make a new"
            " contact, and correct tier and points by hand."
        )
