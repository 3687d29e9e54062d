from collections import defaultdict
from functools import partial

from odoo import api, models

from odoo.addons.member_loyalty.logic.purchase_posting import Origin
from odoo.addons.member_loyalty.logic.quantity_posting import (
    Holder,
    QuantityPosting,
    settle_quantity,
)
from odoo.addons.member_loyalty.queries.purchase_history import booked_documents

from ..queries import inquiry_journal as queries


class MemberInquiryJournal(models.AbstractModel):
    """Keeps the journal true to the inquiries of leads.

    Collect what the leads say and what is booked, decide what is missing
    (``logic.quantity_posting`` of the core), book it. Doing it twice books nothing
    more.
    """

    _name = "member.inquiry.journal"
    _description = "Journal of Inquiries"

    @api.model
    def _settle(self, lead_ids):
        """Book what is missing for the inquiries of leads, and let members rise.

        :param lead_ids: ids of leads that may have changed, or are deleted
        :return: the new activities
        """
        activities = (
            self.env["member.activity"]
            .sudo()
            .create(self._prepare_missing(sorted(set(lead_ids))))
        )
        activities._let_members_rise()
        return activities

    @api.model
    def _find_drift(self, company):
        """Compare the journal with every inquiry it should hold, in batches.

        :return: the values of the activities that would put it right
        """
        drift = []
        default = self._get_default_company().id
        unbooked = partial(queries.unbooked_inquiries, default_company_id=default)
        booked = partial(booked_documents, model="crm.lead")
        for question in (unbooked, booked):
            for lead_ids in self.env["member.journal"]._iterate_documents(
                company, question
            ):
                drift += self._prepare_missing(lead_ids)
        return drift

    @api.model
    def _prepare_missing(self, lead_ids):
        """Return the values of the activities that are missing for leads."""
        if not lead_ids:
            return []
        wanted = self._find_quality_inquiries(lead_ids)
        booked = self._find_booked(lead_ids)
        values = []
        for lead_id in lead_ids:
            revision, postings = booked[lead_id]
            missing = settle_quantity(postings, wanted.get(lead_id))
            is_new = not settle_quantity(postings, None)
            event = self._get_event(is_new, lead_id in wanted)
            values += [
                self._prepare_activity(lead_id, number, posting, event)
                for number, posting in enumerate(missing, revision + 1)
            ]
        return values

    @api.model
    def _get_event(self, is_new, is_wanted):
        """Return what rows are: the entry, a move, or what takes the entry back."""
        if not is_wanted:
            return "cancelled"
        return "booked" if is_new else "changed"

    @api.model
    def _prepare_activity(self, lead_id, revision, posting, event):
        """Return the values of one row of the journal."""
        Activity = self.env["member.activity"]
        return {
            **Activity._prepare_quantity_values(posting),
            "kind": "inquiry",
            "event": event,
            "source_model": "crm.lead",
            "source_id": lead_id,
            # the subject of a lead may name people, and the journal forgets nothing
            "source_ref": f"CRM/{lead_id}",
            "source_key": f"crm.lead,{lead_id}",
            "revision": revision,
        }

    @api.model
    def _find_quality_inquiries(self, lead_ids):
        """Return what leads say now, as ``QuantityPosting`` by lead id."""
        query = queries.quality_inquiries(
            self.env, lead_ids, self._get_default_company().id
        )
        return {
            lead_id: QuantityPosting(Holder(*holder), on, 1, Origin(country, team))
            for lead_id, *holder, on, country, team in self.env.execute_query(query)
        }

    @api.model
    def _find_booked(self, lead_ids):
        """Return the last revision and the rows that are booked, by lead id."""
        booked = defaultdict(lambda: (0, ()))
        query = queries.booked_inquiries(self.env, lead_ids)
        for (
            lead_id,
            revision,
            *holder,
            on,
            count,
            country,
            team,
        ) in self.env.execute_query(query):
            posting = QuantityPosting(Holder(*holder), on, count, Origin(country, team))
            booked[lead_id] = (revision, (*booked[lead_id][1], posting))
        return booked

    @api.model
    def _get_default_company(self):
        """Return the company that leads of no company belong to, if it is to be told.

        :return: the first company with a program
        """
        programs = self.env["member.program"].sudo()
        return programs.search([], order="company_id, sequence, id", limit=1).company_id
