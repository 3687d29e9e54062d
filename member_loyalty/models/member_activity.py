from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.purchase_posting import Owner, plan_move


class MemberActivity(models.Model):
    """One qualifying fact from one document, frozen at its date.

    The journal that every tier is computed from. Rows are never changed or
    deleted: what was wrong is put right by another row.
    """

    _name = "member.activity"
    _description = "Member Activity"
    _order = "date desc, id desc"
    _rec_name = "source_ref"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    commercial_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    country_id = fields.Many2one(related="commercial_partner_id.country_id")
    kind = fields.Selection(
        selection=[("purchase", "Purchase")], required=True, readonly=True
    )
    event = fields.Selection(
        selection=[
            ("booked", "Confirmed"),
            ("changed", "Changed"),
            ("cancelled", "Cancelled"),
            ("credited", "Credited"),
            ("credit_cancelled", "Credit taken back"),
            ("imported", "Imported"),
            ("import_undone", "Import undone"),
            ("manual", "Entered by hand"),
            ("reversed", "Reversed"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(
        required=True,
        readonly=True,
        help="Untaxed, after discounts, in company currency at the rate of the"
        " document's date.",
    )
    order_count = fields.Integer(
        string="Orders",
        readonly=True,
        help="1 when this counts as an order, -1 when it takes one back.",
    )
    document_amount = fields.Monetary(
        currency_field="document_currency_id", readonly=True
    )
    document_currency_id = fields.Many2one(
        comodel_name="res.currency", readonly=True, ondelete="restrict"
    )
    document_rate = fields.Float(
        string="Rate",
        digits=0,
        readonly=True,
        aggregator=None,
        help="Company currency for one unit of the document's currency, frozen.",
    )

    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        string="Document", model_field="source_model", readonly=True
    )
    source_ref = fields.Char(string="Document Number", readonly=True)
    source_key = fields.Char(required=True, readonly=True)
    revision = fields.Integer(required=True, readonly=True, aggregator=None)
    reason = fields.Char(readonly=True)

    _once_per_document = models.UniqueIndex(
        "(source_key, revision, kind, company_id)",
        "Another process has just recorded this document. Try again.",
    )
    _member_day = models.Index(
        "(company_id, commercial_partner_id, date) INCLUDE (kind, amount, order_count)"
    )
    _contact_day = models.Index("(partner_id, date)")
    _day = models.Index("(company_id, date)")
    _recorded = models.Index("USING brin (create_date)")
    _source = models.Index("(source_model, source_id)")

    def write(self, vals):
        """Refuse: the journal is append-only."""
        self._refuse_change()
        return super().write(vals)

    def _refuse_change(self):
        """Let nobody change what is recorded.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "Activities cannot be changed. Reverse this one and record it again."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Activities cannot be deleted. Reverse this one instead.")
        )

    def action_open_document(self):
        """Open the document that this activity comes from."""
        self.ensure_one()
        document = self.env[self.source_model].browse(self.source_id or 0)
        if not document.exists():
            raise UserError(
                self.env._(
                    "The document %(number)s is no longer there, or was imported"
                    " and never was in this database.",
                    number=self.source_ref or self.source_key,
                )
            )
        return document._get_records_action()

    def _enroll_customers(self):
        """Make members of customers with a confirmed order, where programs say so."""
        Program = self.env["member.program"]
        for company, activities in self.grouped("company_id").items():
            orders = activities.filtered(lambda row: row.order_count > 0)
            for program in Program._get_company_programs(company):
                if orders and program._get_policy().enroll_on_order:
                    buyers = orders[program._get_partner_column()]
                    program._enroll_members(buyers.ids, "order")

    def _let_members_rise(self):
        """Move up the members whose figures now give a higher tier, at once."""
        Program = self.env["member.program"]
        for company, activities in self.grouped("company_id").items():
            for program in Program._get_company_programs(company):
                members = activities[program._get_partner_column()]
                program._let_members_rise(members.ids)

    def _prepare_move_values(self, booked):
        """Return the rows that give a document to the company its contact is of now.

        :param Booked booked: what the journal holds of this row's document
        """
        self.ensure_one()
        owner = Owner(
            self.partner_id.id,
            self.partner_id.commercial_partner_id.id,
            self.document_currency_id.id or None,
        )
        return [
            {
                **self.copy_data()[0],
                "event": "changed",
                "partner_id": posting.owner.partner_id,
                "commercial_partner_id": posting.owner.commercial_partner_id,
                "date": posting.date,
                "amount": float(posting.amount),
                "document_amount": float(posting.document_amount),
                "order_count": posting.order_count,
                "revision": revision,
            }
            for revision, posting in enumerate(
                plan_move(booked.postings, owner), booked.revision + 1
            )
        ]

    def _check_may_correct(self):
        """Let officers pass.

        :raises AccessError: for everybody else
        """
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_officer"):
            raise AccessError(
                self.env._("Only membership officers may correct activities.")
            )

    def _reverse(self, reason):
        """Take activities back, each by a new row at its own date.

        :param str reason: shown with the new rows
        :return: the new activities
        :raises UserError: when one of them was reversed before, or is a reversal
        """
        self._check_may_correct()
        keys = [f"member.activity,{activity.id}" for activity in self]
        if "reversed" in self.mapped("event") or self.sudo().search_count(
            [("source_key", "in", keys)], limit=1
        ):
            raise UserError(
                self.env._(
                    "An activity can be reversed once, and a reversal not at all."
                    " Leave out those that are already reversed."
                )
            )
        reversals = self.sudo().create(
            [activity._prepare_reversal_values(reason) for activity in self]
        )
        reversals._let_members_rise()
        return reversals

    def _prepare_reversal_values(self, reason):
        """Return the values of the row that takes this one back, at its own date."""
        self.ensure_one()
        return {
            **self.copy_data()[0],
            "event": "reversed",
            "amount": -self.amount,
            "order_count": -self.order_count,
            "document_amount": -self.document_amount,
            "source_key": f"member.activity,{self.id}",
            "revision": 1,
            "reason": reason,
        }
