from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..queries import duplicate_pairs as queries

LEVELS = [("sure", "Sure"), ("likely", "Likely"), ("possible", "Possible")]
OFFICER = "member_loyalty.member_loyalty_group_officer"


class MemberDuplicate(models.Model):
    """Two customers that may be one, with what speaks for it.

    Nothing is merged by itself. That two are different customers is remembered.
    """

    _name = "member.duplicate"
    _inherit = [
        "member.customer.record",
        "member.duplicate.reason",
        "member.duplicate.side",
        "member.duplicate.search",
    ]
    _description = "Possible Duplicate"
    _order = "score desc, id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    other_id = fields.Many2one(
        comodel_name="res.partner",
        string="Other Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    score = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="0 to 100: the points of all reasons together.",
    )
    level = fields.Selection(
        selection=LEVELS,
        readonly=True,
        help="Sure: 80 points or more. Likely: from 60. Possible: from 40.",
    )
    state = fields.Selection(
        selection=[
            ("open", "To Decide"),
            ("different", "Not a Duplicate"),
            ("merged", "Merged"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    found_on = fields.Date(readonly=True)
    decided_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, ondelete="set null"
    )
    decided_at = fields.Datetime(readonly=True)

    _one_per_pair = models.UniqueIndex(
        "(partner_id, other_id) WHERE state <> 'merged'",
        "These two customers were compared before.",
    )
    _open = models.Index("(score DESC) WHERE state = 'open'")

    @api.depends("partner_id", "other_id")
    def _compute_display_name(self):
        for pair in self:
            names = [
                one.display_name for one in (pair.partner_id, pair.other_id) if one
            ]
            pair.display_name = " / ".join(names)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Override of `member.customer.record`: both customers have to be visible."""
        if not (self.env.su or bypass_access):
            seen = Domain("other_id", "any", Domain.TRUE)
            domain = Domain(domain) & (seen | Domain("other_id", "=", False))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Override of `member.customer.record`: both customers have to be visible."""
        result = super()._check_access(operation)
        if self.env.su or not self.ids:
            return result
        forbidden = result[0] if result else self.browse()
        others = (self - forbidden).sudo().other_id.with_env(self.env)
        hidden = others - others._filtered_access("read")
        unseen = (self - forbidden).filtered(lambda one: one.sudo().other_id in hidden)
        if not unseen:
            return result
        refuse = self.env["ir.rule"]._make_access_error
        return forbidden | unseen, lambda: refuse(operation, forbidden | unseen)

    def _check_may_decide(self):
        """Let officers pass who may see both customers.

        :raises AccessError: for everybody else
        """
        if not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Only membership officers decide about duplicates.")
            )
        self.check_access("read")

    def action_mark_different(self):
        """Remember for ever that these are different customers.

        :raises AccessError: for others than officers
        :raises UserError: when one of the pairs is merged
        """
        self._check_may_decide()
        if "merged" in self.mapped("state"):
            raise UserError(
                self.env._("What is merged is one customer. Undo the merge instead.")
            )
        self.sudo().write(
            {
                "state": "different",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        return True

    def action_decide_again(self):
        """Let these pairs be open again.

        :raises AccessError: for others than officers
        """
        self._check_may_decide()
        decided = self.sudo().filtered(lambda pair: pair.state == "different")
        decided.write({"state": "open", "decided_by_id": False, "decided_at": False})
        return True

    def action_merge(self):
        """Open the form that asks which contact stays.

        :raises AccessError: for others than officers who may merge contacts
        :raises UserError: when the pair is decided
        """
        self.ensure_one()
        self._check_may_decide()
        self.env["member.merge"]._check_may_merge()
        self._check_is_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge Customers"),
            "res_model": "member.duplicate.merge",
            "view_mode": "form",
            "target": "new",
            "context": {"default_duplicate_id": self.id},
        }

    def _check_is_open(self):
        """Let pairs pass that nobody decided about.

        :raises UserError: for the others
        """
        self.ensure_one()
        if self.state != "open" or not self.other_id:
            raise UserError(
                self.env._(
                    "Somebody has decided about these two already. Reload the list."
                )
            )

    def action_open_customer(self):
        """Open everything that is known of the first customer."""
        self.ensure_one()
        return self.partner_id.action_open_portrait()

    def action_open_other(self):
        """Open everything that is known of the other customer."""
        self.ensure_one()
        return self.other_id.action_open_portrait()

    @api.model
    def _remember_apart(self, contact, other):
        """Remember that two contacts are different customers."""
        one, two = sorted((contact.id, other.id))
        self.sudo().create(
            {
                "partner_id": one,
                "other_id": two,
                "state": "different",
                "found_on": fields.Date.context_today(self),
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _follow_merge(self, sources, winner):
        """Close the pairs that are merged, and let the others be the winner's."""
        self.env.flush_all()
        now = fields.Datetime.now()
        execute_quietly(
            self.env,
            queries.close_merged(sources.ids, winner.id, self.env.uid, now),
        )
        moved = self.env.execute_query(queries.follow_merge(sources.ids, winner.id))
        if moved:
            execute_quietly(self.env, queries.repoint_pairs(moved))
        self.invalidate_model()
