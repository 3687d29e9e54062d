"""What is known of a member beside the journal: where it is, which tier it holds."""

from odoo.tools import SQL

from .metrics import Metric


class HoldsTier(Metric):
    """1 for a member that holds one of the tiers, in whichever program."""

    name = "holds_tier"
    unit = "yes"
    has_window = False
    limits = ("tier_ids",)
    required = "tier_ids"
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT DISTINCT holder.partner_id, 1 AS value
                FROM member_membership holder
               WHERE holder.tier_id = ANY(%s)
                 AND holder.active
                 AND %s""",
            list(figure.limit.tier_ids),
            measuring.scope.contains(SQL.identifier("holder", "partner_id")),
        )


class FromCountry(Metric):
    """1 for a member from one of the countries."""

    name = "from_country"
    unit = "yes"
    has_window = False
    limits = ("country_ids",)
    required = "country_ids"
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT contact.id AS partner_id, 1 AS value
                FROM res_partner contact
               WHERE contact.country_id = ANY(%s)
                 AND %s""",
            list(figure.limit.country_ids),
            measuring.scope.contains(SQL.identifier("contact", "id")),
        )


MEMBER_METRICS: tuple[Metric, ...] = (HoldsTier(), FromCountry())
