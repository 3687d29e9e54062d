"""What only exists because of an import, and goes when the import is undone."""

from odoo.tools import SQL


def customers_left_with_nothing(env, import_id: int, references: SQL) -> SQL:
    """Find the customers an import created that nothing else mentions.

    :param references: condition that some other table mentions ``partner.id``
    """
    return SQL(
        """
          SELECT partner.id
            FROM member_import_created_partner_rel created
            JOIN res_partner partner ON partner.id = created.partner_id
           WHERE created.import_id = %(import_id)s
             AND partner.active
             AND NOT EXISTS (SELECT 1
                               FROM res_users
                              WHERE res_users.partner_id = partner.id)
             AND NOT EXISTS (SELECT 1
                               FROM res_partner child
                              WHERE child.parent_id = partner.id)
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.commercial_partner_id = partner.id
                       AND NOT (activity.source_model = 'member.import'
                                AND activity.source_id = %(import_id)s)
                       AND NOT %(is_undone)s
                 )
             AND NOT (%(references)s)
        ORDER BY partner.id
        """,
        import_id=import_id,
        is_undone=_is_undone(),
        references=references,
        to_flush=(env["res.partner"]._fields["active"],),
    )


def memberships_left_with_nothing(env, import_id: int) -> SQL:
    """Find the memberships that began with an import and have no purchase left."""
    return SQL(
        """
          SELECT membership.id
            FROM member_import_membership_rel enrolled
            JOIN member_membership membership ON membership.id = enrolled.membership_id
           WHERE enrolled.import_id = %(import_id)s
             AND membership.active
             AND membership.joined_by = 'import'
             AND NOT EXISTS (
                    SELECT 1
                      FROM member_activity activity
                     WHERE activity.company_id = membership.company_id
                       AND (activity.commercial_partner_id = membership.partner_id
                            OR activity.partner_id = membership.partner_id)
                       AND NOT %(is_undone)s
                 )
        ORDER BY membership.id
        """,
        import_id=import_id,
        is_undone=_is_undone(),
        to_flush=(env["member.membership"]._fields["active"],),
    )


def _is_undone() -> SQL:
    """Tell whether an ``activity`` came by an import and was taken back, or does so."""
    return SQL(
        """
        (activity.source_model = 'member.import'
         AND EXISTS (
                SELECT 1
                  FROM member_activity undoing
                 WHERE undoing.company_id = activity.company_id
                   AND undoing.kind = activity.kind
                   AND undoing.source_key = activity.source_key
                   AND undoing.event = 'import_undone'
                   AND undoing.revision >= activity.revision
             ))
        """
    )


def mentions_of_partner(tables: list[tuple[str, str]]) -> SQL:
    """Return the condition that one of these table columns mentions ``partner.id``."""
    return SQL(" OR ").join(
        SQL(
            "EXISTS (SELECT 1 FROM %s WHERE %s = partner.id)",
            SQL.identifier(table),
            SQL.identifier(table, column),
        )
        for table, column in tables
    )
