import logging
from dataclasses import replace

from odoo import api, fields, models

from ..queries import tier_proof

DECISIONS_AT_ONCE = 1000

_logger = logging.getLogger(__name__)


class MemberProgramProof(models.AbstractModel):
    """The proof that tiers are what the journal and the rules say.

    Every decision is taken again from what the journal held then, and the tier of
    every member is compared with its last decision.
    """

    _name = "member.program.proof"
    _description = "Proof of a Program"

    proved_at = fields.Datetime(string="Checked on", readonly=True, copy=False)
    proved_count = fields.Integer(
        string="Decisions Taken Again", readonly=True, copy=False
    )
    proof_differences = fields.Integer(
        string="Came Out Differently", readonly=True, copy=False
    )

    def action_check_decisions(self):
        """Take every decision of the program again and say how many differ."""
        self.ensure_one()
        self.check_access("write")
        message = self._prove([("membership_id.program_id", "=", self.id)])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if self.proof_differences else "success",
                "sticky": True,
                "title": self.env._("Decisions checked"),
                "message": message,
            },
        }

    @api.model
    def _cron_prove(self):
        """Check what was decided since yesterday, and every member's tier."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        for program in self.sudo().search([("active", "=", True)]):
            try:
                program._prove_since(since)
                self.env["ir.cron"]._commit_progress(1)
            except Exception:
                self.env.cr.rollback()
                _logger.exception("The proof of program %s failed", program.id)

    def _prove_since(self, since):
        """Check what was decided since a moment; tell the followers what differs."""
        self.ensure_one()
        message = self._prove(
            [
                ("membership_id.program_id", "=", self.id),
                ("create_date", ">=", since),
            ]
        )
        if self.proof_differences:
            self.message_post(body=message)

    def _prove(self, domain):
        """Take decisions again and compare the members' tiers with their last ones.

        :return: a sentence that says what was found
        """
        self.ensure_one()
        Decision = self.env["member.tier.decision"].sudo()
        count, different, last_id = 0, [], 0
        while decisions := Decision.search(
            [*domain, ("id", ">", last_id)], order="id", limit=DECISIONS_AT_ONCE
        ):
            different += decisions._replay()
            count += len(decisions)
            last_id = decisions[-1].id
            self.env.invalidate_all()
        strays = self.env.execute_query(tier_proof.strays(self.env, self.id))
        self.sudo().write(
            {
                "proved_at": fields.Datetime.now(),
                "proved_count": count,
                "proof_differences": len(different) + len(strays),
            }
        )
        return self._say_proof(count, Decision.browse(different[:10]), strays[:10])

    def _say_proof(self, count, decisions, strays):
        """Return what a check found, in a sentence."""
        members = self.env["member.membership"].browse(row[0] for row in strays)
        names = [*decisions.mapped("display_name"), *members.mapped("display_name")]
        if not names:
            return self.env._(
                "%(count)s decisions taken again: all came out the same, and every"
                " member has the tier of the last one.",
                count=count,
            )
        return self.env._(
            "%(differences)s of %(count)s decisions and members differ: %(names)s",
            differences=self.proof_differences,
            count=count,
            names="; ".join(names),
        )

    def _prepare_replay(self, version, as_of, recorded_until):
        """Return how members were measured for decisions of a day, to do it again.

        :param datetime recorded_until: leave out what was recorded later (UTC)
        """
        self.ensure_one()
        return replace(
            self._prepare_evaluation(as_of),
            rules=self._get_rules_of(version, as_of, recorded_until),
            former=(),
            recorded_until=recorded_until,
        )
