from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic import benefit_use
from ..logic.purchase_posting import exact
from ..queries import benefit_use as queries


class MemberBenefitUsage(models.Model):
    """One use of a benefit by a member: where, when, and what it cost.

    Append-only: what was taken back is another row, below zero.
    """

    _name = "member.benefit.usage"
    _description = "Use of a Benefit"
    _inherit = ["member.append.only", "member.benefit.taking.back"]
    _order = "date desc, id desc"
    _rec_name = "benefit_id"

    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    family = fields.Selection(related="benefit_id.family")
    program_id = fields.Many2one(related="benefit_id.program_id", store=True)
    company_id = fields.Many2one(related="benefit_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Used by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier Then",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    date = fields.Date(required=True, readonly=True)
    period_start = fields.Date(readonly=True)
    quantity = fields.Integer(string="Times Used", required=True, readonly=True)
    cost = fields.Monetary(readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        string="Document", model_field="source_model", readonly=True, aggregator=None
    )
    source_ref = fields.Char(string="Source", readonly=True)
    note = fields.Char(readonly=True)

    _by_source = models.Index("(source_model, source_id) WHERE source_id IS NOT NULL")
    _by_benefit = models.Index("(benefit_id, date)")

    @api.model_create_multi
    def create(self, vals_list):
        """Have members told of what they used, where they are told things."""
        usages = super().create(vals_list)
        self.env["member.follow.up"]._queue_benefit_uses(usages)
        return usages

    def _refuse_change(self):
        """Let nobody change what was used.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "Uses of benefits are history and cannot be changed. Take a use back"
                " with its button: that adds a line."
            )
        )

    @api.model
    def _settle(self, document, due, is_forced=False, **values):
        """Book what is missing so that a document's uses are what it says.

        Doing it twice books nothing more.

        :param document: a record of any model
        :param dict due: ``Use`` of ``logic.benefit_use`` by (membership, benefit)
        :param bool is_forced: whether uses beyond the quota are recorded too
        :param values: ``partner`` and ``tier`` of the uses
        :return: the new uses
        :raises UserError: when a member may not use a benefit so often
        """
        booked, first_days = {}, {}
        rows = self.env.execute_query(
            queries.booked(self.env, document._name, document.ids)
        )
        for _document, membership_id, benefit_id, quantity, cost, day in rows:
            membership = self.env["member.membership"].sudo().browse(membership_id)
            key = (membership._get_current().id, benefit_id)
            held = booked.get(key, benefit_use.NOTHING)
            booked[key] = benefit_use.Use(
                held.quantity + quantity, held.cost + exact(cost)
            )
            first_days[key] = min(day, first_days.get(key, day))
        due = {(one.id, other.id): use for (one, other), use in due.items()}
        usages = self.sudo().browse()
        for key, use in benefit_use.missing(due, booked).items():
            membership = self.env["member.membership"].sudo().browse(key[0])
            benefit = self.env["member.benefit"].sudo().browse(key[1])
            usages |= benefit._use(
                membership,
                use.quantity,
                cost=use.cost,
                source=document,
                counts_on=first_days.get(key),
                is_forced=is_forced,
                **values,
            )
        return usages

    def action_open_source(self):
        """Open the document behind this use."""
        self.ensure_one()
        if not self.source_model or not self.source_id:
            return False
        return self.env[self.source_model].browse(self.source_id)._get_records_action()
