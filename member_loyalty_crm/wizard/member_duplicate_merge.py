from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class MemberDuplicateMerge(models.TransientModel):
    """Asks which of two customers stays, shows what it will have, and merges them."""

    _name = "member.duplicate.merge"
    _description = "Merge of Two Customers"

    duplicate_id = fields.Many2one(
        comodel_name="member.duplicate", required=True, readonly=True
    )
    partner_id = fields.Many2one(related="duplicate_id.partner_id")
    other_id = fields.Many2one(related="duplicate_id.other_id")
    stays_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_stays_id",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        domain="[('id', 'in', (partner_id, other_id))]",
        help="Keeps its own values; what it lacks comes from the other one.",
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier Then",
        compute="_compute_outcome",
        compute_sudo=True,
        help="The higher of both. What both bought together may give a higher one.",
    )
    points = fields.Float(
        string="Points Then",
        digits=(16, 2),
        compute="_compute_outcome",
        compute_sudo=True,
    )
    orders = fields.Integer(
        string="Orders Then", compute="_compute_outcome", compute_sudo=True
    )
    obstacle = fields.Text(compute="_compute_obstacle", compute_sudo=True)

    @api.constrains("duplicate_id")
    def _check_duplicate(self):
        """Let pairs pass that the user may see; a form names any of them."""
        self.duplicate_id._origin.sudo(False).check_access("read")

    @api.depends("duplicate_id")
    def _compute_stays_id(self):
        """Propose whoever ordered more, or else was there first."""
        for wizard in self:
            pair = wizard.duplicate_id
            is_other = pair.other_orders > pair.one_orders
            wizard.stays_id = pair.other_id if is_other else pair.partner_id

    @api.depends("duplicate_id")
    @api.depends_context("company", "allowed_company_ids")
    def _compute_outcome(self):
        self._check_duplicate()
        for wizard in self:
            pair = wizard.duplicate_id
            tiers = pair.one_tier_id | pair.other_tier_id
            ranked = tiers[:1].program_id._get_tiers() & tiers if tiers else tiers
            wizard.tier_id = ranked[-1:]
            wizard.points = pair.one_points + pair.other_points
            wizard.orders = pair.one_orders + pair.other_orders

    @api.depends("duplicate_id")
    @api.depends_context("uid")
    def _compute_obstacle(self):
        self._check_duplicate()
        for wizard in self:
            wizard.obstacle = wizard._find_obstacle()

    def _find_obstacle(self):
        """Return what Odoo would refuse, and what to do; nothing when it would not."""
        contacts = (self.partner_id | self.other_id).sudo()
        mails = {contact.email or "" for contact in contacts}
        if len(mails) > 1 and not self.with_env(self.env(su=False)).env.is_admin():
            return self.env._(
                "The two have different mail addresses. Odoo lets only administrators"
                " merge such contacts: ask one, or give both the same address first."
            )
        users = contacts.with_context(active_test=False).user_ids
        if len(users) > 1:
            return self.env._(
                "Both have a login of their own (%(logins)s). Odoo does not merge them:"
                " delete one of the users first.",
                logins=", ".join(users.mapped("login")),
            )
        one, other = contacts[:1], contacts[-1:]
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        related = Domain("id", "child_of", one.id) & Domain("id", "=", other.id)
        related |= Domain("id", "child_of", other.id) & Domain("id", "=", one.id)
        if len(contacts) == 2 and Partner.search_count(related, limit=1):
            return self.env._(
                "One belongs to the other. Odoo does not merge such contacts."
            )
        return False

    def action_merge(self):
        """Merge the two with Odoo's own merge and open who stays.

        :raises AccessError: for others than officers who may merge contacts
        :raises UserError: when it is decided already, or Odoo refuses it
        """
        self.ensure_one()
        pair = self.duplicate_id
        pair._check_may_decide()
        self.env["member.merge"]._check_may_merge()
        if not pair.sudo().try_lock_for_update():
            raise UserError(
                self.env._("Somebody else is merging these two. Reload the list.")
            )
        pair.invalidate_recordset()
        pair._check_is_open()
        contacts = pair.partner_id | pair.other_id
        if self.stays_id not in contacts:
            raise UserError(self.env._("Choose which of the two contacts stays."))
        contacts.check_access("write")
        if obstacle := self._find_obstacle():
            raise UserError(obstacle)
        stays = self.stays_id
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(contacts.ids, stays)
        return stays._get_records_action(name=stays.display_name)
