"""Whose a member code is: the code of the card that holds a member's points."""

from collections.abc import Sequence

from odoo.tools import SQL

FIELDS = ("code", "member_owner_id", "member_program_id", "active")


def is_holder(env, contact: str, beginning: str, company_ids) -> SQL:
    """Tell whether a contact holds a card whose code begins like that.

    :param contact: the alias of the contacts
    """
    return _is_one_of(contact, holders_beginning(env, beginning, company_ids))


def is_holder_of(env, contact: str, codes: Sequence[str], company_ids) -> SQL:
    """Tell whether a contact holds a card with one of these codes."""
    matches = SQL("lower(card.code) = ANY(%s)", [code.lower() for code in codes])
    return _is_one_of(contact, _holders(env, matches, company_ids))


def has_no_card(env, contact: str, company_ids: Sequence[int]) -> SQL:
    """Tell whether a contact holds no card of any membership program."""
    holds = _is_one_of(contact, _holders(env, SQL("TRUE"), company_ids))
    return SQL("NOT (%s)", holds)


def holders_beginning(
    env, beginning: str, company_ids: Sequence[int], limit: int | None = None
) -> SQL:
    """Find the contacts that hold cards whose codes begin like that.

    Upper and lower case are the same. Cards that are no longer in use count too: a
    merge leaves them with the contact that stays.
    """
    matches = SQL("lower(card.code) LIKE %s", f"{_escape(beginning.lower())}%")
    return _holders(env, matches, company_ids, limit)


def codes_of(env, partner_ids: Sequence[int], company_ids: Sequence[int]) -> SQL:
    """Return contact and the code of each card in use that it holds points on."""
    return SQL(
        """
          SELECT card.member_owner_id, card.code
            FROM loyalty_card card
            JOIN loyalty_program wallet
              ON wallet.id = card.program_id AND wallet.program_type = 'loyalty'
            JOIN member_program program ON program.id = card.member_program_id
           WHERE card.member_owner_id = ANY(%(partner_ids)s)
             AND card.active
             AND program.company_id = ANY(%(company_ids)s)
        ORDER BY program.sequence, program.id, card.id
        """,
        partner_ids=list(partner_ids),
        company_ids=list(company_ids),
        to_flush=_card_fields(env),
    )


def _holders(
    env, matches: SQL, company_ids: Sequence[int], limit: int | None = None
) -> SQL:
    return SQL(
        """
        SELECT card.member_owner_id
          FROM loyalty_card card
          JOIN member_program program ON program.id = card.member_program_id
         WHERE card.member_owner_id IS NOT NULL
           AND %(matches)s
           AND program.company_id = ANY(%(company_ids)s)
         LIMIT %(limit)s
        """,
        matches=matches,
        company_ids=list(company_ids),
        limit=limit,
        to_flush=_card_fields(env),
    )


def _is_one_of(contact: str, holders: SQL) -> SQL:
    return SQL("%s IN (%s)", SQL.identifier(contact, "id"), holders)


def _card_fields(env) -> tuple:
    return tuple(env["loyalty.card"]._fields[name] for name in FIELDS)


def _escape(text: str) -> str:
    """Return text whose wildcards stand for themselves in a pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
