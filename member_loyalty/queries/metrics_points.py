"""Points, as Odoo's own loyalty cards tell them."""

from odoo.tools import SQL

from .measuring import Metric


class PointsEarned(Metric):
    """Points issued on the loyalty cards of a member, by the company's calendar.

    The one place that reads native points: entries of our own will replace it here.
    Programs that belong to no company count in every company.
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
        """Return member, points and the company's day of each issue of points."""
        if measuring.partner_column == "partner_id":
            member = SQL.identifier("holder", "id")
        else:
            member = SQL.identifier("holder", measuring.partner_column)
        recorded = SQL("history.create_date <= %s", measuring.recorded_until)
        return SQL(
            """
                      SELECT %(member)s AS partner_id,
                             history.issued,
                             (history.create_date AT TIME ZONE 'UTC'
                              AT TIME ZONE %(zone)s)::date AS day
                        FROM loyalty_history history
                        JOIN loyalty_card card ON card.id = history.card_id
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
            recorded=recorded if measuring.recorded_until else SQL("TRUE"),
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
