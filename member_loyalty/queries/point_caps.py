"""What was earned by a rule so far, against its limit per member."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL


def use_of_rules(
    env,
    card_ids: Sequence[int],
    starts: Sequence[tuple[int, date, bool]],
    but_for: tuple[str, int] | None = None,
) -> SQL:
    """Sum up what cards got by rules since a day.

    What is taken back is nothing earned; all entries of a document are one time.

    Columns: card id, rule id, points, times.

    :param starts: rule ids, the first day that counts, and whether documents earn
        by the rule, to which what they give back belongs
    :param but_for: model and id of a document to leave out
    """
    return SQL(
        """
          SELECT card_id, rule_id, SUM(points), COUNT(*)
            FROM (%(earned)s) earned
           WHERE points > 0
        GROUP BY card_id, rule_id
        """,
        earned=_earned_at_a_time(card_ids, starts, but_for or (None, None)),
        to_flush=(env["member.point.entry"]._fields["points"],),
    )


def _earned_at_a_time(card_ids, starts, but_for) -> SQL:
    """Sum up what each document, or else each entry, gave and kept."""
    rule_ids, days, by_document = zip(*starts, strict=True)
    return SQL(
        """
                  SELECT entry.card_id, entry.rule_id,
                         SUM(entry.points - entry.debt) AS points
                    FROM unnest(%(rule_ids)s::int[], %(days)s::date[],
                                %(by_document)s::bool[])
                         AS since (rule_id, day, by_document)
                    JOIN member_point_entry entry
                      ON entry.rule_id = since.rule_id
                     AND entry.day >= since.day
                   WHERE entry.card_id = ANY(%(card_ids)s)
                     AND (entry.source_model, entry.source_id) IS DISTINCT FROM
                         (%(model)s::text, %(document_id)s::int)
                GROUP BY entry.card_id, entry.rule_id,
                         CASE WHEN since.by_document AND entry.source_id > 0
                              THEN entry.source_model || ',' || entry.source_id
                              ELSE entry.id::text
                         END""",
        rule_ids=list(rule_ids),
        days=list(days),
        by_document=list(by_document),
        card_ids=list(card_ids),
        model=but_for[0],
        document_id=but_for[1] or 0,
    )
