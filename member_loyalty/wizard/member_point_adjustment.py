from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberPointAdjustment(models.TransientModel):
    """Points moved by hand: granted, deducted, transferred, or made to last longer.

    Always with a reason, within the officer's limits, and always as entries.
    """

    _name = "member.point.adjustment"
    _description = "Adjust Points"
    _inherit = ["member.number.guard", "member.point.adjustment.steps"]
    _check_company_auto = True

    kind = fields.Selection(
        selection=[
            ("grant", "Grant points"),
            ("deduct", "Deduct points"),
            ("transfer", "Transfer to another member"),
            ("extend", "Let points expire later"),
        ],
        string="What to Do",
        required=True,
        default="grant",
    )
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        domain="[('wallet_id', '!=', False)]",
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(related="program_id.company_id")
    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="Members", check_company=True
    )
    statement_ids = fields.Many2many(
        comodel_name="member.point.statement", string="Cards"
    )
    usable_points = fields.Float(
        digits=(16, 2), compute="_compute_usable_points", string="Usable Now"
    )
    member_count = fields.Integer(compute="_compute_usable_points", string="How Many")
    points = fields.Float(digits=(16, 2), help="For each member.")
    to_partner_id = fields.Many2one(
        comodel_name="res.partner", string="To", check_company=True
    )
    expiry = fields.Selection(
        selection=[
            ("program", "As the program says"),
            ("day", "After a day"),
            ("never", "Never"),
        ],
        string="The Points Expire",
        compute="_compute_expiry",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    expires_on = fields.Date(
        string="Last Day", help="The last day on which the points can be used."
    )
    lot_ids = fields.Many2many(
        comodel_name="member.point.lot",
        string="Points to Extend",
        compute="_compute_lot_ids",
        store=True,
        readonly=False,
    )
    reason = fields.Char(required=True)

    @api.model
    def _default_program_id(self):
        """Return the first program of the company that keeps points."""
        return self.env["member.program"].search(
            [("company_id", "=", self.env.company.id), ("wallet_id", "!=", False)],
            limit=1,
        )

    @api.depends("kind")
    def _compute_expiry(self):
        for wizard in self:
            chosen = wizard.expiry or "program"
            is_open = wizard.kind == "extend" and chosen == "program"
            wizard.expiry = "day" if is_open else chosen

    @api.depends("program_id", "partner_ids", "statement_ids")
    def _compute_usable_points(self):
        for wizard in self:
            statements = wizard._find_statements()
            wizard.usable_points = sum(statements.mapped("usable_points"))
            wizard.member_count = len(wizard.statement_ids or wizard.partner_ids)

    @api.depends("kind", "program_id", "partner_ids", "statement_ids")
    def _compute_lot_ids(self):
        for wizard in self:
            wizard.lot_ids = wizard.kind == "extend" and wizard._find_expiring_lots()

    @api.model
    def _get_opening_action(self, partners=None, cards=None):
        """Return the action that opens this form for contacts, or for cards.

        :param partners: the contacts whose points are meant
        :param cards: statements, where it is known which cards are meant
        """
        context = {}
        if partners:
            context["default_partner_ids"] = partners.ids
        if cards:
            context["default_statement_ids"] = cards.ids
            context["default_program_id"] = cards.program_id[:1].id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Adjust Points"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def action_apply(self):
        """Do it, and say why in the entries.

        :raises AccessError: for anyone but officers, and for other companies
        :raises UserError: when something is missing, too much, or beyond the limits
        """
        self.ensure_one()
        self.check_access("write")
        self._check_belongs_together()
        if self.kind == "extend":
            self._extend()
        elif self.kind == "transfer":
            self._transfer()
        else:
            self._adjust()
        return True

    def _check_belongs_together(self):
        """Let pass what is said completely, about one program of one's own company.

        :raises UserError: otherwise
        """
        for records in (
            self.program_id,
            self.partner_ids,
            self.statement_ids,
            self.to_partner_id,
        ):
            records.check_access("read")
        if not (self.reason or "").strip():
            raise UserError(
                self.env._("Say why. Members and colleagues read it later.")
            )
        if not self.partner_ids and not self.statement_ids:
            raise UserError(self.env._("Choose at least one member."))
        if self.statement_ids.program_id - self.program_id:
            raise UserError(
                self.env._(
                    "These cards belong to other programs than %(program)s. Take one"
                    " program at a time.",
                    program=self.program_id.name,
                )
            )
        if self.kind != "extend" and not self.points > 0:
            raise UserError(self.env._("Enter how many points, more than zero."))
