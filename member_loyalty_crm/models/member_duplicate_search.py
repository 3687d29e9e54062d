import json
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.member_loyalty.models.member_referral_judging import FREE_DOMAINS
from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..logic.duplicate_score import Contact, keys, score
from ..queries import duplicates as queries

SLICE = 5000  # contacts
AT_ONCE = 5000  # contacts that the button looks at within the request
OVERLAP = timedelta(days=1)  # for transactions that were open at the last search


class MemberDuplicateSearch(models.AbstractModel):
    """Looks for duplicates among what changed since the last search, slice by slice."""

    _name = "member.duplicate.search"
    _description = "Search for Duplicates"

    @api.model
    def _cron_find_duplicates(self):
        """Go on with the search that was begun, or begin one: week by week."""
        cron = self.env["ir.cron"]
        batch = self.env["member.batch"]
        cron._commit_progress(remaining=1)
        run = self.env["member.duplicate.run"].sudo()._open()
        while run.phase != "done":
            done = batch._run_batch(run._take_slice)
            left = 0 if run.phase == "done" else 1
            if not cron._commit_progress(done, remaining=left):
                break

    def action_find_duplicates(self):
        """Look for duplicates now: at once, or in the background when there is a lot.

        :raises AccessError: for others than officers
        """
        self.browse()._check_may_decide()
        run = self.env["member.duplicate.run"].sudo()._open()
        ids = self.sudo()._find_changed(run.since, run.until, 0, AT_ONCE + 1)
        if run.phase == "keys" and not run.position and len(ids) <= AT_ONCE:
            while run.phase != "done":
                run._take_slice()
            message = self.env._(
                "%(contacts)s contacts were looked at, %(pairs)s new possible"
                " duplicates found.",
                contacts=run.contact_count,
                pairs=run.pair_count,
            )
        else:
            self.env.ref(
                "member_loyalty_crm.ir_cron_member_duplicates"
            ).sudo()._trigger()
            message = self.env._(
                "Duplicates are being looked for in the background. Reload the list in"
                " some minutes."
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _find_changed(self, since, until, after, limit):
        """Find the next contacts that changed; return their ids."""
        since = since - OVERLAP if since else None
        rows = self.env.execute_query(
            queries.changed_contacts(self.env, since, until, after, limit)
        )
        return [contact_id for (contact_id,) in rows]

    @api.model
    def _read_contacts(self, ids):
        """Return contacts as ``Contact`` of ``logic``, by their ids."""
        rows = self.env.execute_query(queries.facts(self.env, ids)) if ids else ()
        return {row[0]: Contact(*row) for row in rows}

    @api.model
    def _remember_keys(self, ids):
        """Write down anew what contacts are found by."""
        rows = [
            (contact_id, kind, key)
            for contact_id, contact in self._read_contacts(ids).items()
            for kind, key in keys(contact, FREE_DOMAINS)
        ]
        execute_quietly(self.env, queries.forget_keys(ids))
        if rows:
            execute_quietly(self.env, queries.remember_keys(rows))

    @api.model
    def _propose_pairs(self, ids):
        """Compare contacts with all that share a key; write down who is alike.

        :return: how many pairs are new
        """
        self.env.flush_all()
        pairs = self.env.execute_query(queries.candidates(ids))
        contacts = self._read_contacts(sorted({one for pair in pairs for one in pair}))
        alike = []
        for one, other in pairs:
            found = score(contacts[one], contacts[other], FREE_DOMAINS)
            if found.level:
                alike.append((one, other, found))
        execute_quietly(
            self.env,
            queries.withdraw(ids, [(one, other) for one, other, _found in alike]),
        )
        rows = [self._prepare_pair(*pair) for pair in alike]
        written = rows and execute_quietly(
            self.env,
            queries.propose(
                rows, fields.Date.context_today(self), fields.Datetime.now()
            ),
        )
        self.env["member.duplicate"].invalidate_model()
        return sum(is_new for _pair_id, is_new in written or ())

    @api.model
    def _prepare_pair(self, one, other, found):
        """Return a pair as ``queries.duplicates.propose`` takes it."""
        reasons = [[why.kind, why.points, why.value] for why in found.reasons]
        kinds = " ".join(why.kind for why in found.reasons)
        return one, other, found.points, found.level, json.dumps(reasons), kinds
