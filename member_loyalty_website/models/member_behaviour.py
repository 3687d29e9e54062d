from odoo import api, fields, models

from ..queries import behaviour as queries

GC_LIMIT = 10_000
STRANGER_DAYS = 30


class MemberBehaviour(models.AbstractModel):
    """What somebody did in the shop on one day, as one row of counters.

    Whose row it is: a contact's, or a visitor's who agreed to be recognised and has
    not logged in yet. Rows are written by statements alone, never through the ORM.
    """

    _name = "member.behaviour"
    _description = "What Was Done in the Shop"
    _log_access = False
    _order = "day desc, id desc"
    _behaviour_store = None
    """The ``queries.behaviour.Store`` of the model's table."""

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Contact", readonly=True, ondelete="cascade"
    )
    visitor_key = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="A random key in the session of a visitor who is not logged in.",
    )
    website_id = fields.Many2one(
        comodel_name="website", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True)

    _one_owner = models.Constraint("CHECK (num_nonnulls(partner_id, visitor_key) = 1)")

    @api.model
    def _add(self, owner, website, whats, counts):
        """Add counts to the rows of today.

        :param owner: ``InterestOwner``
        :param whats: what the rows count: ids of products, or words
        :param dict counts: by name of the counter
        """
        day = website.company_id._member_today()
        store = self._behaviour_store
        self._run(queries.add(store, owner, website.id, day, whats, counts))

    @api.model
    def _give(self, condition, partner):
        """Move rows to a contact, each exactly once; rows of a day are summed.

        :param condition: which rows: ``queries.of_visitor`` or ``queries.of_contacts``
        """
        self._run(queries.give(self._behaviour_store, condition, partner.id))

    @api.model
    def _forget(self, condition, limit=None):
        """Delete rows.

        :rtype: int
        """
        return len(self._run(queries.forget(self._behaviour_store, condition, limit)))

    @api.model
    def _forget_old(self):
        """Delete a batch of what is not kept any longer.

        Rows of contacts are kept for as many months as their website says, those of
        visitors who never logged in for 30 days.

        :return: how many were deleted, and whether there may be more
        """
        today = fields.Date.today()
        strangers = fields.Date.subtract(today, days=STRANGER_DAYS)
        websites = self.env["website"].sudo()
        conditions = [queries.of_strangers(strangers)] + [
            queries.of_past(website.id, website._get_first_interest_day(today))
            for website in websites.search([("member_interest_months", ">", 0)])
        ]
        done, is_left = 0, False
        for condition in conditions:
            count = self._forget(condition, GC_LIMIT)
            done += count
            is_left = is_left or count == GC_LIMIT
        return done, is_left

    def _run(self, statement):
        """Run a statement that changes rows behind the ORM's back."""
        self.flush_model()
        rows = self.env.execute_query(statement)
        self.invalidate_model()
        return rows
