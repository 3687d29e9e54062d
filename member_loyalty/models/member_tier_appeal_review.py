import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..logic import tier_appeal
from ..logic.purchase_posting import exact
from ..queries import appeal_purchases

_logger = logging.getLogger(__name__)


class MemberTierAppealReview(models.AbstractModel):
    """How far a promise is kept, and the review when it ends."""

    _name = "member.tier.appeal.review"
    _description = "Review of Promises"

    currency_id = fields.Many2one(comodel_name="res.currency")
    bought_amount = fields.Monetary(
        string="Bought",
        compute="_compute_promise",
        help="Since the tier was granted, until the promise ends: both days count.",
    )
    missing_amount = fields.Monetary(string="Missing", compute="_compute_promise")
    promise_percentage = fields.Integer(
        string="Promise Kept", compute="_compute_promise", help="In percent."
    )

    @api.depends("state", "promised_amount", "granted_on", "wished_until")
    def _compute_promise(self):
        bought = self._get_purchases()
        for appeal in self:
            appeal.bought_amount = bought.get(appeal.id, 0)
            progress = appeal._get_progress(appeal.bought_amount)
            appeal.missing_amount = float(progress.missing)
            appeal.promise_percentage = progress.percentage

    def _get_purchases(self):
        """Return what was bought since the grant, by appeal id.

        Promises that are reviewed say what was found then.
        """
        running = self._origin.filtered(lambda appeal: appeal.state == "granted")
        bought = {
            appeal.id: appeal.reviewed_amount for appeal in self._origin - running
        }
        for column, appeals in running.grouped(
            lambda appeal: appeal.program_id._get_partner_column()
        ).items():
            rows = self.env.execute_query(
                appeal_purchases.purchases_since_grant(self.env, column, appeals.ids)
            )
            bought.update((appeal_id, float(amount)) for appeal_id, amount in rows)
        return bought

    def _get_progress(self, bought):
        """Return how far the promise is kept, as ``PromiseProgress``.

        :param float bought: in company currency
        """
        self.ensure_one()
        currency = self.currency_id or self.env.company.currency_id
        return tier_appeal.measure(
            exact(currency.round(self.promised_amount or 0)),
            exact(currency.round(bought)),
        )

    @api.model
    def _cron_review(self):
        """Review the promises that are over and remind of appeals that are late.

        Looks at everything due until today: a missed day is caught up, and running
        it twice changes nothing.
        """
        due = self._find_promises_that_ended() | self._find_late_appeals()
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for appeal in due:
            self.env["member.batch"]._run_batch(appeal._follow_up)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _find_promises_that_ended(self):
        """Find the tiers granted until a day that has passed where their company is."""
        tomorrow = fields.Date.add(fields.Date.today(), days=1)
        granted = self.sudo().search(
            [("state", "=", "granted"), ("wished_until", "<", tomorrow)], order="id"
        )
        return granted.filtered(lambda appeal: appeal._is_over())

    @api.model
    def _find_late_appeals(self):
        """Find the appeals whose deadline has passed and nobody was reminded of."""
        tomorrow = fields.Date.add(fields.Date.today(), days=1)
        submitted = self.sudo().search(
            [
                ("state", "=", "submitted"),
                ("deadline", "<", tomorrow),
                ("reminded_on", "=", False),
            ],
            order="id",
        )
        return submitted.filtered("is_late")

    def _follow_up(self):
        """Do what is due for one appeal; report a failure and let the others go on."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                if self.try_lock_for_update():
                    self._do_what_is_due()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception("The review of appeal %s failed", self.id)

    def _do_what_is_due(self):
        """Review an appeal or remind of it, if nobody did so meanwhile."""
        self.ensure_one()
        self.invalidate_recordset()
        if self.state == "granted" and self._is_over():
            self._review()
        elif self.is_late and not self.reminded_on:
            self._remind_manager()

    def _is_over(self):
        """Tell whether the last day of the promise has passed."""
        self.ensure_one()
        return tier_appeal.is_over(self.wished_until, self.company_id._member_today())

    def _review(self):
        """Compare what was bought with what was promised and end the appeal."""
        self.ensure_one()
        bought = self._get_purchases().get(self.id, 0)
        self.write(
            {
                "state": "kept" if self._get_progress(bought).is_kept else "missed",
                "reviewed_on": self.company_id._member_today(),
                "reviewed_amount": bought,
            }
        )
        self._announce_review()
