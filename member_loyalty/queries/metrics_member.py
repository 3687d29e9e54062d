"""What a member is or has, apart from the journal: 1 for yes, 0 for no."""

from odoo.tools import SQL

from .measuring import Metric


class HasTag(Metric):
    """1 for a contact that carries one of the tags."""

    name = "has_tag"
    unit = "yes"
    has_window = False
    limits = ("tag_ids",)
    required = "tag_ids"
    is_internal = True
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT DISTINCT carried.res_partner_id AS partner_id, 1 AS value
                FROM member_tag_res_partner_rel carried
               WHERE carried.member_tag_id = ANY(%s)
                 AND %s""",
            list(figure.limit.tag_ids),
            measuring.scope.contains(SQL.identifier("carried", "res_partner_id")),
        )


class HoldsTier(Metric):
    """1 for a member that holds one of the tiers, of whatever program, today."""

    name = "holds_tier"
    unit = "yes"
    has_window = False
    limits = ("tier_ids",)
    required = "tier_ids"
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT DISTINCT held.partner_id, 1 AS value
                FROM member_membership held
               WHERE held.tier_id = ANY(%s)
                 AND held.active
                 AND %s""",
            list(figure.limit.tier_ids),
            measuring.scope.contains(SQL.identifier("held", "partner_id")),
        )


class FromCountry(Metric):
    """1 for a member that is in one of the countries today."""

    name = "from_country"
    unit = "yes"
    has_window = False
    limits = ("country_ids",)
    required = "country_ids"
    follows_journal = False

    def subquery(self, figure, measuring):
        return SQL(
            """
              SELECT partner.id AS partner_id, 1 AS value
                FROM res_partner partner
               WHERE partner.country_id = ANY(%s)
                 AND %s""",
            list(figure.limit.country_ids),
            measuring.scope.contains(SQL.identifier("partner", "id")),
        )
