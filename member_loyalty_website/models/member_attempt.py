import hashlib
from datetime import timedelta

from odoo import api, fields, models

from ..queries import attempts as queries

KEPT_DAYS = 2


class MemberAttempt(models.Model):
    """How often somebody tried something lately, so that nobody guesses at speed.

    One row for who, what and stretch of time; the address of a visitor is kept as a
    hash. The count stays when the request succeeds: whoever refuses has to answer,
    not to raise.
    """

    _name = "member.attempt"
    _description = "Attempts on the Website"
    _log_access = False

    action = fields.Char(required=True, readonly=True)
    who = fields.Char(required=True, readonly=True)
    begins_at = fields.Datetime(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True)

    _one_per_stretch = models.UniqueIndex("(action, who, begins_at)")

    @api.model
    def _take(self, action, who, limit, minutes):
        """Count an attempt, and tell whether it is still within the limit.

        :param str action: what is tried, such as "referral_code"
        :param str who: who tries: a contact's id, or an address of the network
        :param int limit: how many attempts are allowed
        :param int minutes: in how long a stretch of time
        :rtype: bool
        """
        now = fields.Datetime.now()
        seconds = minutes * 60
        elapsed = int(now.timestamp()) % seconds
        begins_at = (now - timedelta(seconds=elapsed)).replace(microsecond=0)
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        hashed = hashlib.sha256(f"{secret}:{who}".encode()).hexdigest()
        statement = queries.count_attempt(action, hashed, begins_at)
        [(count,)] = self.env.execute_query(statement)
        return count <= limit

    @api.autovacuum
    def _gc_attempts(self):
        """Forget attempts that no limit asks for any more."""
        last = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search([("begins_at", "<", last)], limit=100_000).unlink()
