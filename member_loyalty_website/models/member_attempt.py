import hashlib
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.member_loyalty.queries.execution import execute_quietly

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
        statement = queries.count_attempt(
            action, self._hash_of(who), self._get_stretch(minutes)
        )
        [(count,)] = execute_quietly(self.env, statement)
        return count <= limit

    @api.model
    def _is_within(self, action, who, limit, minutes):
        """Tell whether one more attempt would be within the limit; counts nothing.

        For those who count only what goes wrong. Parameters as of :meth:`_take`.

        :rtype: bool
        """
        known = self.sudo().search(
            [
                ("action", "=", action),
                ("who", "=", self._hash_of(who)),
                ("begins_at", "=", self._get_stretch(minutes)),
            ],
            limit=1,
        )
        return known.count < limit

    @api.model
    def _get_stretch(self, minutes):
        """Return when the stretch of time began in which attempts count now."""
        now = fields.Datetime.now()
        elapsed = int(now.timestamp()) % (minutes * 60)
        return (now - timedelta(seconds=elapsed)).replace(microsecond=0)

    @api.model
    def _hash_of(self, who):
        """Return by what somebody is known here, without being named."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hashlib.sha256(f"{secret}:{who}".encode()).hexdigest()

    @api.autovacuum
    def _gc_attempts(self):
        """Forget attempts that no limit asks for any more."""
        last = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search([("begins_at", "<", last)], limit=100_000).unlink()
