from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.purchase_posting import Owner, plan_move


class MemberActivity(models.Model):
    """One qualifying fact from one document, frozen at its date.

    The journal that every tier is computed from. Rows are never changed or
    deleted: what was wrong is put right by another row.
    """

    _name = "member.activity"
    _inherit = [
        "member.append.only",
        "member.activity.correction",
        "member.activity.quantity",
    ]
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
    country_id = fields.Many2one(
        comodel_name="res.country",
        readonly=True,
        ondelete="restrict",
        help="The customer's country when this was recorded.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        ondelete="restrict",
        help="The sales team of the document when this was recorded.",
    )
    kind = fields.Selection(
        selection=[("purchase", "Purchase"), ("referral", "Referral")],
        required=True,
        readonly=True,
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
    quantity = fields.Integer(
        readonly=True,
        help="How often it happened, for what is no purchase; negative when it is"
        " taken back.",
    )
    line_ids = fields.One2many(
        comodel_name="member.activity.line",
        inverse_name="activity_id",
        string="Product Categories",
        readonly=True,
        help="What of the amount belongs to which product category. Imported"
        " purchases have none: a file does not say what was bought.",
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
        "(company_id, commercial_partner_id, date)"
        " INCLUDE (kind, amount, order_count, quantity)"
    )
    _contact_day = models.Index("(partner_id, date)")
    _day = models.Index("(company_id, date)")
    _recorded = models.Index("USING brin (create_date)")
    _source = models.Index("(source_model, source_id)")
    _taken_back = models.Index(
        "(company_id, source_key, revision) INCLUDE (kind, date) WHERE order_count < 0"
    )

    def _refuse_change(self):
        """Let nobody change what is recorded.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "Activities cannot be changed. Reverse this one and record it again."
            )
        )

    def _refuse_deletion(self):
        """Let nobody delete a row.

        :raises UserError: always
        """
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
                **self._prepare_posting_values(posting),
                "event": "changed",
                "revision": revision,
            }
            for revision, posting in enumerate(
                plan_move(booked.postings, owner), booked.revision + 1
            )
        ]

    @api.model
    def _prepare_posting_values(self, posting):
        """Return the values that a ``Posting`` of ``logic`` says of a row."""
        Line = self.env["member.activity.line"]
        return {
            "partner_id": posting.owner.partner_id,
            "commercial_partner_id": posting.owner.commercial_partner_id,
            "country_id": posting.origin.country_id,
            "team_id": posting.origin.team_id,
            "date": posting.date,
            # the currency comes first: rounding an amount looks for it
            "document_currency_id": posting.owner.currency_id,
            "amount": float(posting.amount),
            "document_amount": float(posting.document_amount),
            "order_count": posting.order_count,
            "line_ids": [Line._prepare_command(part) for part in posting.parts or ()],
        }
