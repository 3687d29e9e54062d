from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo import api, models

PENDING = "member_loyalty_crm.inquiries"
# company, team and salesperson say whose members the inquiry is counted for
TELLING_FIELDS = frozenset(
    {
        "member_inquiry_state",
        "member_inquiry_on",
        "member_inquiry_partner_id",
        "partner_id",
        "email_from",
        "company_id",
        "team_id",
        "user_id",
    }
)

MERGED_FIELDS = (
    *("member_inquiry_state", "member_inquiry_grade", "member_inquiry_level"),
    *("member_inquiry_reasons", "member_inquiry_link"),
    *("member_inquiry_partner_id", "member_inquiry_doubt"),
)


@dataclass(slots=True)
class Pending:
    """Leads changed in this transaction whose journal is not settled yet."""

    depth: int = 0
    lead_ids: set[int] = field(default_factory=set)
    customer_ids: set[int] = field(default_factory=set)


class MemberLeadJournal(models.AbstractModel):
    """A lead whose inquiry enters the journal when it is one of quality.

    What we assume of Odoo: everything that changes a lead comes by ``create``,
    ``write`` and ``unlink``; a merge writes the lead that stays and deletes the others.
    """

    _name = "member.lead.journal"
    _description = "Inquiry of a Lead in the Journal"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `crm` to tie inquiries to members and to book them."""
        signed_in = self._get_signed_in_customer()
        vals_list = [
            {**vals, **self._prepare_customer_of_new_lead(vals, signed_in)}
            for vals in vals_list
        ]
        with self._follow_inquiries() as pending:
            leads = super().create(vals_list)
            pending.customer_ids.update(leads._filter_inquiries().ids)
        return leads

    def write(self, vals):
        """Override of `crm` to follow inquiries that change, or change hands."""
        if not self or not TELLING_FIELDS & vals.keys():
            return super().write(vals)
        says_whose = "member_inquiry_partner_id" in vals
        with self._follow_inquiries() as pending:
            pending.lead_ids.update(self._filter_inquiries().ids)
            left = self._find_leads_left_by_customer(vals)
            result = super().write({**vals, **self._prepare_customer_by_hand(vals)})
            left._forget_customer_of_lead()
            if vals.get("partner_id") and not says_whose and self._is_set_by_hand():
                self._follow_customer_of_lead(vals["partner_id"])
            concerned = self._filter_inquiries().ids
            pending.lead_ids.update(concerned)
            if not says_whose:
                pending.customer_ids.update(concerned)
        return result

    def _find_leads_left_by_customer(self, vals):
        """Return the leads that lose the customer whose inquiry they are."""
        if vals.get("partner_id", True) or "member_inquiry_partner_id" in vals:
            return self.browse()
        return self.sudo().filtered(
            lambda lead: (
                lead.partner_id and lead.member_inquiry_partner_id == lead.partner_id
            )
        )

    def unlink(self):
        """Override of `crm` to take the inquiries of deleted leads back."""
        with self._follow_inquiries() as pending:
            pending.lead_ids.update(self._filter_inquiries().ids)
            result = super().unlink()
            pending.customer_ids.difference_update(self.ids)
        return result

    def _filter_inquiries(self):
        """Return the leads among these that are an inquiry of some kind."""
        return self.sudo().filtered(
            lambda lead: lead.member_inquiry_state not in (False, "none")
        )

    @contextmanager
    def _follow_inquiries(self):
        """Settle the journal after the block, once, for what was touched in it.

        A savepoint in the block may forget what is pending; then blocks within settle
        for themselves.
        """
        data = self.env.cr.precommit.data
        pending = data.setdefault(PENDING, Pending())
        pending.depth += 1
        try:
            yield pending
            if pending.depth == 1:
                self._find_customers_of(pending)
                self._settle_inquiries_of(pending)
        finally:
            pending.depth -= 1
            if data.get(PENDING) is pending and not pending.depth:
                del data[PENDING]

    def _find_customers_of(self, pending):
        """Find out whose the inquiries are; that is part of the same change."""
        leads = self.sudo().browse(sorted(pending.customer_ids)).exists()
        pending.lead_ids.update(leads.ids)
        leads._find_inquiry_customers()

    def _settle_inquiries_of(self, pending):
        """Book what the inquiries lack."""
        if pending.lead_ids:
            journal = self.env["member.inquiry.journal"].sudo()
            journal._settle(pending.lead_ids)

    def _prepare_merged_inquiry(self):
        """Return the inquiry of leads that become one: the best, as values to write.

        What a person decided goes before what is best, and it began the first day.
        """
        if not self:
            return {}
        best = self._get_best_inquiry()
        values = {
            name: best._fields[name].convert_to_write(best[name], best)
            for name in MERGED_FIELDS
        }
        leads = self.sudo()
        decided = leads.filtered(lambda lead: lead.member_inquiry_decided_by == "hand")
        if decided:
            said = decided._get_best_inquiry().member_inquiry_state
            values["member_inquiry_state"] = said
            values["member_inquiry_decided_by"] = "hand"
        days = list(filter(None, leads.mapped("member_inquiry_on")))
        return {**values, "member_inquiry_on": min(days, default=False)}

    def _keep_merged_inquiry(self, values):
        """Write what was kept of merged leads; grades are not the user's to write."""
        lead = self.sudo()
        changed = {
            name: value
            for name, value in values.items()
            if lead._fields[name].convert_to_write(lead[name], lead) != value
        }
        if changed:
            lead.write(changed)

    def _get_best_inquiry(self):
        """Return the lead whose inquiry is kept: of quality, then the best graded."""
        return max(
            self.sudo(),
            key=lambda lead: (
                lead.member_inquiry_state == "quality",
                lead.member_inquiry_state not in (False, "none"),
                lead.member_inquiry_grade,
            ),
        )
