from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.member_loyalty_crm.logic.inquiry_reading import Line
from odoo.addons.member_loyalty_crm.logic.inquiry_verdict import lines_fingerprint

from ..logic.inquiry_progress import Progress, tell_step

# what buyers see of leads, of what they asked for, and of what came of it
LEAD_FIELDS = (
    *("member_inquiry_on", "create_date", "active", "won_status"),
    *("team_id", "stage_id", "date_conversion"),
)
LINE_FIELDS = (
    *("lead_id", "product_id", "name", "quantity", "uom_id"),
    *("customer_note", "wanted_date", "is_from_list"),
)
ORDER_FIELDS = ("opportunity_id", "state", "name", "amount_total", "currency_id")

# what proves whose inquiry it is; a domain that mails share does not
PROOFS = ("login", "hand", "mail")


class CrmLead(models.Model):
    """A lead from an inquiry list, and what its buyer sees of it."""

    _inherit = "crm.lead"

    member_inquiry_list_id = fields.Many2one(
        comodel_name="member.inquiry.list",
        string="Inquiry List",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The list in the shop that the lead was made from.",
    )

    _one_for_inquiry_list = models.UniqueIndex(
        "(member_inquiry_list_id) WHERE member_inquiry_list_id IS NOT NULL",
        "An inquiry list becomes one lead.",
    )

    def _write_prints(self, readings):
        """Override of `member_loyalty_crm` to compare lists by their products.

        Many who send a list write the same few words, or none, beside it.
        """
        result = super()._write_prints(readings)
        for lead in readings:
            lines = lead.member_inquiry_line_ids.filtered("is_from_list")
            if not lines:
                continue
            asked = [
                Line(f"product {one.product_id.id}", one.quantity, one.unit or "", "")
                for one in lines
            ]
            lead._write_inquiry(
                {
                    "member_inquiry_text_print": "",
                    "member_inquiry_lines_print": lines_fingerprint(asked),
                }
            )
        return result

    def _get_buyer_domain(self, partner, company):
        """Return the domain of the inquiries that a buyer may see as their company's.

        :param partner: the buyer's contact, with rights
        :param company: the company of the website
        """
        return (
            Domain(
                "member_inquiry_partner_id.commercial_partner_id",
                "=",
                partner.commercial_partner_id.id,
            )
            & Domain("member_inquiry_link", "in", PROOFS)
            & (
                Domain("member_inquiry_state", "not in", (False, "none"))
                | Domain("member_inquiry_line_ids.is_from_list", "=", True)
            )
            & Domain("company_id", "in", (False, company.id))
        )

    def _find_of_buyer(self, partner, company, limit, offset=0):
        """Return inquiries of a buyer's company, the newest first, closed ones too."""
        return self.with_context(active_test=False).search_fetch(
            self._get_buyer_domain(partner, company),
            LEAD_FIELDS,
            order="id desc",
            limit=limit,
            offset=offset,
        )

    def _get_open_orders(self, partner):
        """Return the quotations and orders that came of these inquiries.

        Those only that their buyer may open in the portal: sent, and of the company.
        """
        return self.env["sale.order"].search_fetch(
            [
                ("opportunity_id", "in", self.ids),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    partner.commercial_partner_id.id,
                ),
                ("state", "in", ("sent", "sale")),
            ],
            ORDER_FIELDS,
        )

    def _find_inquiry_lines(self):
        """Return the lines of these inquiries, read at once."""
        return self.env["member.inquiry.line"].search_fetch(
            [("lead_id", "in", self.ids)], LINE_FIELDS
        )

    def _get_steps(self, orders):
        """Return how far these inquiries are, for who asked.

        :param orders: their quotations and orders that the buyer may open
        :return: by lead, one of ``logic.inquiry_progress.STEPS``
        """
        of_lead = orders.grouped("opportunity_id")
        # the stage tells something of those only that nothing else tells of
        asked = self.filtered(lambda one: one.active and not one.date_conversion)
        asked -= orders.opportunity_id
        first = {
            team: leads[:1]._stage_find()
            for team, leads in asked.grouped("team_id").items()
        }
        return {
            lead: lead._get_step(
                of_lead.get(lead, orders.browse()),
                lead not in asked or lead.stage_id == first[lead.team_id],
            )
            for lead in self
        }

    def _get_step(self, orders, is_in_first_stage):
        self.ensure_one()
        states = orders.mapped("state")
        return tell_step(
            Progress(
                has_order="sale" in states or self.won_status == "won",
                is_closed=not self.active or self.won_status == "lost",
                has_quotation="sent" in states,
                is_moved=not is_in_first_stage or bool(self.date_conversion),
            )
        )
