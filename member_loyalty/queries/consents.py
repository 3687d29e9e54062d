"""What contacts agreed to, and the tags that say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

COLUMNS = (
    *("key", "partner_id", "purpose_id", "version_id", "company_id", "is_given"),
    *("moment", "how", "lang", "text_hash", "signature", "attachment_id"),
    *("user_id", "create_uid", "create_date"),
)


@dataclass(frozen=True, slots=True)
class Marking:
    """Whose tag is given and taken, and by whom.

    :param partner_ids: only these contacts; everybody when there are none
    """

    purpose_id: int
    tag_id: int
    day: date
    user_id: int
    company_id: int
    partner_ids: Sequence[int] = ()


def last_answers(env, code: str, company_id: int, partner_ids: Sequence[int]) -> SQL:
    """Return the last answer of each of these contacts to a company's purpose.

    A mere tick is no answer to what has to be signed.

    Columns: partner id, whether it was given, number of the version shown, number
    of the last version that asked again.
    """
    return SQL(
        """
          SELECT DISTINCT ON (consent.partner_id)
                 consent.partner_id,
                 consent.is_given,
                 version.number,
                 purpose.valid_number
            FROM member_consent consent
            JOIN member_consent_purpose purpose ON purpose.id = consent.purpose_id
            JOIN member_consent_version version ON version.id = consent.version_id
           WHERE purpose.code = %(code)s
             AND purpose.company_id = %(company_id)s
             AND purpose.active
             AND consent.partner_id = ANY(%(partner_ids)s)
             AND %(is_enough)s
        ORDER BY consent.partner_id, consent.id DESC
        """,
        code=code,
        company_id=company_id,
        partner_ids=list(partner_ids),
        is_enough=_is_enough("consent"),
        to_flush=_read_fields(env),
    )


def answers_to_registration(env, partner_id: int, company_id: int) -> SQL:
    """Return what a contact said last to each purpose that registering asks for.

    Columns: id of the version in force, whether it was given (none when there is no
    answer), number of the version shown, number of the last version that asked again.
    """
    Purpose = env["member.consent.purpose"]
    return SQL(
        """
           SELECT purpose.version_id, answer.is_given, answer.number,
                  purpose.valid_number
             FROM member_consent_purpose purpose
        LEFT JOIN LATERAL (
                  SELECT consent.is_given, version.number
                    FROM member_consent consent
                    JOIN member_consent_version version
                      ON version.id = consent.version_id
                   WHERE consent.purpose_id = purpose.id
                     AND consent.partner_id = %(partner_id)s
                     AND %(is_enough)s
                ORDER BY consent.id DESC
                   LIMIT 1) answer ON TRUE
            WHERE purpose.company_id = %(company_id)s
              AND purpose.active
              AND purpose.registration <> 'no'
              AND purpose.version_id IS NOT NULL
         ORDER BY purpose.sequence, purpose.id
        """,
        partner_id=partner_id,
        company_id=company_id,
        is_enough=_is_enough("consent"),
        to_flush=(
            *_read_fields(env),
            *(Purpose._fields[name] for name in ("registration", "version_id")),
            Purpose._fields["sequence"],
        ),
    )


def _is_enough(answer: str) -> SQL:
    """Return the condition that an answer counts: who agrees to what protects
    documents has signed, here or on paper.
    """
    return SQL(
        """(NOT %(answer)s.is_given
            OR %(answer)s.signature IS NOT NULL
            OR %(answer)s.attachment_id IS NOT NULL
            OR NOT EXISTS (SELECT 1 FROM member_document_level level
                            WHERE level.consent_purpose_id = %(answer)s.purpose_id
                              AND level.active))""",
        answer=SQL.identifier(answer),
    )


def last_ids() -> SQL:
    """Return the ids of the last answers of contacts to purposes."""
    return SQL(
        """
        (SELECT MAX(id)
           FROM member_consent
       GROUP BY partner_id, purpose_id)
        """
    )


def insert_once(row: tuple) -> SQL:
    """Write an answer; returns its id, or nothing when it is there already.

    Another transaction that wrote it at the same time makes this one conflict.

    :param row: values of ``COLUMNS``
    :raises psycopg2.errors.SerializationFailure: when executed, on that conflict
    """
    return SQL(
        """
        INSERT INTO member_consent (%(columns)s)
             VALUES (%(row)s)
        ON CONFLICT (key) DO NOTHING
          RETURNING id
        """,
        columns=SQL(", ").join(map(SQL.identifier, COLUMNS)),
        row=SQL(", ").join(SQL("%s", value) for value in row),
    )


def settle_tag(env, marking: Marking, now) -> SQL:
    """Let exactly those carry a purpose's tag whose consent counts, and log it.

    Columns: id of a contact that got the tag or lost it, whether it got it.
    """
    return SQL(
        """
        WITH %(moved)s, given AS (
              INSERT INTO member_tag_res_partner_rel (member_tag_id, res_partner_id)
              SELECT %(tag_id)s, partner_id FROM moved WHERE is_added
        ), taken AS (
              DELETE FROM member_tag_res_partner_rel tagged
               USING moved
               WHERE tagged.member_tag_id = %(tag_id)s
                 AND tagged.res_partner_id = moved.partner_id
                 AND NOT moved.is_added
        ), logged AS (%(log)s
        )
              SELECT partner_id, is_added FROM moved
        """,
        moved=_moved(marking),
        tag_id=marking.tag_id,
        log=_log(marking, now),
        to_flush=(
            *_read_fields(env),
            env["member.tag"]._fields["partner_ids"],
            env["member.tag.change"]._fields["tag_id"],
        ),
    )


def _moved(marking: Marking) -> SQL:
    """Compare whose consent counts with who carries the tag."""
    scope = SQL()
    if marking.partner_ids:
        scope = SQL("AND partner_id = ANY(%s)", list(marking.partner_ids))
    return SQL(
        """last_answer AS (
              SELECT DISTINCT ON (partner_id) partner_id, is_given, version_id
                FROM member_consent consent
               WHERE purpose_id = %(purpose_id)s %(scope)s
                 AND %(is_enough)s
            ORDER BY partner_id, id DESC
        ), wanted AS (
              SELECT last_answer.partner_id
                FROM last_answer
                JOIN member_consent_version version
                  ON version.id = last_answer.version_id
                JOIN member_consent_purpose purpose ON purpose.id = version.purpose_id
               WHERE last_answer.is_given
                 AND version.number >= purpose.valid_number
                 AND purpose.active
        ), carried AS (
              SELECT partner_id
                FROM (SELECT res_partner_id AS partner_id
                        FROM member_tag_res_partner_rel
                       WHERE member_tag_id = %(tag_id)s) tagged
               WHERE TRUE %(scope)s
        ), moved AS (
              SELECT partner_id, carried.partner_id IS NULL AS is_added
                FROM wanted
           FULL JOIN carried USING (partner_id)
               WHERE wanted.partner_id IS NULL
                  OR carried.partner_id IS NULL
        )""",
        purpose_id=marking.purpose_id,
        tag_id=marking.tag_id,
        scope=scope,
        is_enough=_is_enough("consent"),
    )


def _log(marking: Marking, now) -> SQL:
    """Write down who got the tag and who lost it."""
    return SQL(
        """
              INSERT INTO member_tag_change (
                     tag_id, partner_id, company_id, date, change, origin, user_id,
                     create_uid, create_date, write_uid, write_date)
              SELECT %(tag_id)s, partner_id, %(company_id)s, %(day)s,
                     CASE WHEN is_added THEN 'added' ELSE 'removed' END,
                     'consent', %(user_id)s, %(user_id)s, %(now)s, %(user_id)s, %(now)s
                FROM moved""",
        tag_id=marking.tag_id,
        company_id=marking.company_id,
        day=marking.day,
        user_id=marking.user_id,
        now=now,
    )


def _read_fields(env):
    """Return the fields that a consent is read from."""
    Consent, Purpose = env["member.consent"], env["member.consent.purpose"]
    Version, Level = env["member.consent.version"], env["member.document.level"]
    answer = ("partner_id", "is_given", "version_id", "signature", "attachment_id")
    return (
        *(Consent._fields[name] for name in answer),
        *(Level._fields[name] for name in ("consent_purpose_id", "active")),
        *(Purpose._fields[name] for name in ("code", "company_id", "active")),
        Purpose._fields["valid_number"],
        Version._fields["number"],
    )
