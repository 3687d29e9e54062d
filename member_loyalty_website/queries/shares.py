"""Shared links and who came by them."""

from odoo.tools import SQL


def open_share(partner_id: int, template_id: int, company_id: int, device, now) -> SQL:
    """Make the link of a contact to a product, or find it; returns its id.

    The device with which it is asked for is the one whose visits do not count.
    """
    return SQL(
        """
        INSERT INTO member_share AS share
                    (partner_id, product_tmpl_id, company_id, device, version, moment)
             VALUES (%(partner_id)s, %(template_id)s, %(company_id)s, %(device)s, 1,
                     %(now)s)
        ON CONFLICT (partner_id, product_tmpl_id, company_id)
      DO UPDATE SET device = EXCLUDED.device
          RETURNING id
        """,
        partner_id=partner_id,
        template_id=template_id,
        company_id=company_id,
        device=device,
        now=now,
    )


def record_visit(share_id: int, visitor: str, day, now) -> SQL:
    """Write a visit down; returns its id, nothing when it is known."""
    return SQL(
        """
        INSERT INTO member_share_visit (share_id, visitor, day, moment, points)
             VALUES (%s, %s, %s, %s, 0)
        ON CONFLICT DO NOTHING
          RETURNING id
        """,
        share_id,
        visitor,
        day,
        now,
    )


def earned_visits(env, partner_id: int, company_id: int, day) -> SQL:
    """Count the visits of a day that earned points for a contact, by all links."""
    return SQL(
        """
          SELECT COUNT(*)
            FROM member_share share
            JOIN member_share_visit visit
              ON visit.share_id = share.id
             AND visit.day = %(day)s
             AND visit.points > 0
           WHERE share.partner_id = %(partner_id)s
             AND share.company_id = %(company_id)s
        """,
        partner_id=partner_id,
        company_id=company_id,
        day=day,
        to_flush=(env["member.share.visit"]._fields["points"],),
    )
