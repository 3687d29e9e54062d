from odoo import api, fields, models

from ..queries import customer_groups
from .member_score import SEGMENTS


class MemberCustomerGrouping(models.AbstractModel):
    """The segment of a document's customer, to see, search and group by.

    Nothing is stored: a member who rises or falls writes no document.
    """

    _name = "member.customer.grouping"
    _description = "Groups of Documents by Customer"

    member_segment = fields.Selection(
        selection=SEGMENTS,
        string="RFM Segment",
        compute="_compute_member_segment",
        search="_search_member_segment",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="The segment of the customer in the document's company.",
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("company")
    def _compute_member_segment(self):
        for company, documents in self.grouped("company_id").items():
            segments = documents.partner_id._get_member_segments(
                company or self.env.company
            )
            for document in documents:
                document.member_segment = segments.get(document.partner_id.id, False)

    @api.model
    def _search_member_segment(self, operator, value):
        return self._search_by_customer("member_segment", operator, value)

    @api.model
    def _search_by_customer(self, name, operator, value):
        """Find documents by what their customers are in the documents' companies."""
        if operator != "in":
            return NotImplemented
        found = fields.Domain.FALSE
        for company in self.env.companies:
            customers = (
                self.env["res.partner"]
                .sudo()
                .with_company(company)
                .with_context(active_test=False)
                ._search([(name, "in", value)])
            )
            company_ids = [company.id]
            if company == self.env.company:
                company_ids.append(False)
            found |= fields.Domain("company_id", "in", company_ids) & fields.Domain(
                "partner_id", "in", customers
            )
        if False in value:
            found |= fields.Domain("partner_id", "=", False)
        return found

    @api.model
    def _get_customer_groups(self):
        """Return the fields that documents are grouped by as their customers are.

        :return: the table that says what a customer is, by field
        """
        return {"member_segment": "member_score"}

    def _field_to_sql(self, alias, field_expr, query=None):
        """Override of `base` to group documents by what their customers are."""
        table = self._get_customer_groups().get(field_expr)
        if query is None or not table:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        customer = query.make_alias(alias, "member_customer")
        query.add_join(
            "LEFT JOIN",
            customer,
            "res_partner",
            customer_groups.customer_of(self, alias, customer),
        )
        Program = self.env["member.program"]
        programs = [
            (company.id, Program._get_company_programs(company)[:1])
            for company in self.env.companies
        ]
        held = query.make_alias(alias, table)
        query.add_join(
            "LEFT JOIN",
            held,
            table,
            customer_groups.held_by_customer(
                self.env,
                (alias, customer, held),
                table,
                [
                    (company_id, program.id or 0, program.member_level)
                    for company_id, program in programs
                ],
                self.env.company.id,
            ),
        )
        return customer_groups.group_held(held, table)
