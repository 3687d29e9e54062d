"""Points and stored value, as entries and Odoo's own loyalty cards tell them."""

from odoo.tools import SQL

from .measuring import Metric


class PointsEarned(Metric):
    """Points that a member earned, less what was taken back, by the company's calendar.

    Cards that the ledger keeps are read from its entries. Other loyalty cards are
    read from Odoo's history; programs of no company count in every company.
    """

    name = "points_earned"
    unit = "points"
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT earned.partner_id, round(SUM(earned.issued)::numeric, 2) AS value
                FROM (%(earned)s) earned
                JOIN member ON member.partner_id = earned.partner_id
               WHERE earned.day <= %(as_of)s
                 AND %(in_window)s
            GROUP BY earned.partner_id""",
            earned=self._earned(measuring),
            as_of=measuring.as_of,
            in_window=measuring.days(figure, SQL("earned.day")),
        )

    def _earned(self, measuring):
        """Return member, points and the company's day of whatever earned points."""
        return SQL(
            """%s
            UNION ALL%s""",
            self._earned_by_entries(measuring),
            self._issued_by_history(measuring),
        )

    def _earned_by_entries(self, measuring):
        """Return what entries say; what was taken back counts less on its own day."""
        member = self._member(measuring)
        return SQL(
            """
                      SELECT %(member)s AS partner_id,
                             entry.points - COALESCE(entry.debt, 0) AS issued,
                             entry.day
                        FROM member_point_entry entry
                        JOIN loyalty_card card ON card.id = entry.card_id
                        JOIN member_program kept
                          ON kept.id = card.member_program_id
                         AND kept.wallet_id = card.program_id
                        JOIN res_partner holder ON holder.id = card.member_owner_id
                       WHERE entry.company_id = %(company_id)s
                         AND (entry.kind = 'earned'
                              OR entry.kind IN ('reversed', 'claimed_back')
                                 AND entry.points - COALESCE(entry.debt, 0) < 0)
                         AND %(in_scope)s
                         AND %(recorded)s""",
            member=member,
            company_id=measuring.company_id,
            in_scope=measuring.scope.contains(member),
            recorded=self._recorded(measuring, "entry"),
        )

    def _issued_by_history(self, measuring):
        """Return what Odoo's history says of cards that the ledger does not keep."""
        member = self._member(measuring)
        return SQL(
            """
                      SELECT %(member)s AS partner_id,
                             history.issued,
                             (history.create_date AT TIME ZONE 'UTC'
                              AT TIME ZONE %(zone)s)::date AS day
                        FROM loyalty_history history
                        JOIN loyalty_card card
                          ON card.id = history.card_id
                         AND card.member_program_id IS NULL
                        JOIN loyalty_program program
                          ON program.id = card.program_id
                         AND program.program_type = 'loyalty'
                        JOIN res_partner holder ON holder.id = card.partner_id
                       WHERE COALESCE(program.company_id, %(company_id)s)
                             = %(company_id)s
                         AND %(in_scope)s
                         AND %(recorded)s""",
            member=member,
            zone=self._zone(measuring.company_id),
            company_id=measuring.company_id,
            in_scope=measuring.scope.contains(member),
            recorded=self._recorded(measuring, "history"),
        )

    def _member(self, measuring):
        """Return the column that names the member, of the row ``holder``."""
        if measuring.partner_column == "partner_id":
            return SQL.identifier("holder", "id")
        return SQL.identifier("holder", measuring.partner_column)

    def _recorded(self, measuring, alias):
        """Return whether a row was there when the figure was measured."""
        if not measuring.recorded_until:
            return SQL("TRUE")
        return SQL(
            "%s <= %s", SQL.identifier(alias, "create_date"), measuring.recorded_until
        )

    def _zone(self, company_id):
        """Return the company's time zone, as ``_get_member_timezone`` says it."""
        return SQL(
            """(SELECT COALESCE(NULLIF(address.tz, ''), 'UTC')
                  FROM res_company company
                  JOIN res_partner address ON address.id = company.partner_id
                 WHERE company.id = %s)""",
            company_id,
        )


class ToppedUp(PointsEarned):
    """Money that a member put on the eWallet, less what was taken back, without bonus.

    What was there before the program kept the eWallet was topped up in no known window.
    """

    name = "topped_up"
    unit = "money"

    def _earned(self, measuring):
        member = self._member(measuring)
        return SQL(
            """
                      SELECT %(member)s AS partner_id,
                             entry.points - COALESCE(entry.debt, 0) AS issued,
                             entry.day
                        FROM member_point_entry entry
                        JOIN loyalty_card card ON card.id = entry.card_id
                        JOIN member_program kept
                          ON kept.id = card.member_program_id
                         AND kept.stored_value_id = card.program_id
                        JOIN res_partner holder
                          ON holder.id = COALESCE(card.member_owner_id, card.partner_id)
                       WHERE entry.company_id = %(company_id)s
                         AND entry.part = 'top_up'
                         AND %(in_scope)s
                         AND %(recorded)s""",
            member=member,
            company_id=measuring.company_id,
            in_scope=measuring.scope.contains(member),
            recorded=self._recorded(measuring, "entry"),
        )
