"""What is known of referrals: both sides, their orders, and what came before."""

from collections.abc import Sequence

from odoo.tools import SQL


def parties(env, entity_ids: Sequence[int]) -> SQL:
    """Read what companies and their contacts say of themselves, archived ones too.

    Columns: commercial entity, VAT numbers, bank accounts, mail addresses, phones,
    addresses (JSON list of street, zip, city, country).
    """
    names = (
        *("commercial_partner_id", "vat", "email", "phone"),
        *("street", "zip", "city", "country_id"),
    )
    return SQL(
        """
          SELECT contact.commercial_partner_id,
                 array_remove(array_agg(DISTINCT contact.vat), NULL),
                 (SELECT COALESCE(array_agg(account.sanitized_acc_number), '{}')
                    FROM res_partner_bank account
                    JOIN res_partner holder ON holder.id = account.partner_id
                   WHERE holder.commercial_partner_id = contact.commercial_partner_id
                     AND account.sanitized_acc_number IS NOT NULL),
                 array_remove(array_agg(DISTINCT contact.email), NULL),
                 array_remove(array_agg(DISTINCT contact.phone), NULL),
                 jsonb_agg(DISTINCT jsonb_build_array(
                     contact.street, contact.zip, contact.city, contact.country_id))
            FROM res_partner contact
           WHERE contact.commercial_partner_id = ANY(%(entity_ids)s)
        GROUP BY contact.commercial_partner_id
        """,
        entity_ids=list(entity_ids),
        to_flush=(
            *(env["res.partner"]._fields[name] for name in names),
            env["res.partner.bank"]._fields["sanitized_acc_number"],
            env["res.partner.bank"]._fields["partner_id"],
        ),
    )


def standings(env, referral_ids: Sequence[int]) -> SQL:
    """Read what came before referrals.

    Columns: id, entity of the referrer, entity of the referred as it is now, whether
    the referrer is a member, whether the referred had bought, whether somebody
    referred the same company before, earlier referrals of the period, the limit.
    """
    return SQL(
        """
          SELECT referral.id, giver.commercial_partner_id, buyer.commercial_partner_id,
                 membership.active,
                 referral.was_customer OR %(had_bought)s,
                 EXISTS (SELECT 1 FROM member_referral other
                           JOIN res_partner known ON known.id = other.contact_id
                          WHERE other.program_id = referral.program_id
                            AND other.id < referral.id
                            AND other.state NOT IN ('refused', 'lapsed')
                            AND known.commercial_partner_id
                                = buyer.commercial_partner_id),
                 (SELECT COUNT(*) FROM member_referral other
                   WHERE other.membership_id = referral.membership_id
                     AND other.id < referral.id
                     AND other.state NOT IN ('refused', 'lapsed')
                     AND (program.referral_limit_period = 'ever'
                          OR date_trunc(program.referral_limit_period, other.bound_on)
                           = date_trunc(program.referral_limit_period,
                                        referral.bound_on))),
                 program.referral_limit
            FROM member_referral referral
            JOIN member_program program ON program.id = referral.program_id
            JOIN member_membership membership ON membership.id = referral.membership_id
            JOIN res_partner giver ON giver.id = referral.referrer_id
            JOIN res_partner buyer ON buyer.id = referral.contact_id
           WHERE referral.id = ANY(%(ids)s)
        """,
        had_bought=_had_bought(SQL("buyer.commercial_partner_id")),
        ids=list(referral_ids),
        to_flush=fields_of_referrals(env),
    )


def known_elsewhere(
    env, referral_ids: Sequence[int], free_domains: Sequence[str]
) -> SQL:
    """Find the referrals whose company bought before under another contact.

    By VAT number, mail address, or a mail domain that is not free. Columns: id.
    """
    return SQL(
        """
        WITH mine AS MATERIALIZED (%(mine)s)
        SELECT DISTINCT found.id FROM (%(found)s) found
        """,
        mine=_names_of_referred(referral_ids, free_domains),
        found=SQL(" UNION ").join(_bought_as_other(one) for one in _shared()),
        to_flush=(
            *fields_of_referrals(env),
            env["res.partner"]._fields["email_normalized"],
            env["res.partner"]._fields["vat"],
        ),
    )


def _names_of_referred(referral_ids, free_domains) -> SQL:
    """Select what the companies of referrals could be known by elsewhere."""
    return SQL(
        """
          SELECT referral.id, buyer.commercial_partner_id AS entity_id,
                 giver.commercial_partner_id AS giver_id,
                 referral.company_id, referral.bound_at, referral.bound_on,
                 lower(contact.email_normalized) AS mail,
                 split_part(lower(contact.email_normalized), '@', 2) AS domain,
                 split_part(lower(contact.email_normalized), '@', 2)
                   = ANY(%(free)s) AS is_free,
                 %(vat)s AS vat
            FROM member_referral referral
            JOIN res_partner buyer ON buyer.id = referral.contact_id
            JOIN res_partner giver ON giver.id = referral.referrer_id
            JOIN res_partner contact
              ON contact.commercial_partner_id = buyer.commercial_partner_id
           WHERE referral.id = ANY(%(ids)s)
        """,
        free=list(free_domains),
        vat=_bare_vat("contact"),
        ids=list(referral_ids),
    )


def _shared() -> tuple[SQL, ...]:
    """Return what another contact can share with the row ``referral``."""
    return (
        SQL("lower(other.email_normalized) = referral.mail"),
        SQL(
            """split_part(lower(other.email_normalized), '@', 2) = referral.domain
               AND NOT referral.is_free"""
        ),
        SQL("%s = referral.vat", _bare_vat("other")),
    )


def _bought_as_other(shared: SQL) -> SQL:
    """Select the rows of ``mine`` that share something with a customer."""
    return SQL(
        """
          SELECT referral.id
            FROM mine referral
            JOIN res_partner other ON %(shared)s
             AND other.commercial_partner_id != referral.entity_id
             AND other.commercial_partner_id != referral.giver_id
           WHERE %(had_bought)s
        """,
        shared=shared,
        had_bought=_had_bought(SQL("other.commercial_partner_id")),
    )


def _bare_vat(alias: str) -> SQL:
    """Return a VAT number as it is compared, NULL when it is none."""
    return SQL(
        """(CASE WHEN length(regexp_replace(%(vat)s, '[^[:alnum:]]', '', 'g')) >= 5
                 THEN upper(regexp_replace(%(vat)s, '[^[:alnum:]]', '', 'g')) END)""",
        vat=SQL.identifier(alias, "vat"),
    )


def _had_bought(entity: SQL) -> SQL:
    """Return the condition that a company bought before the row ``referral``.

    Confirmed orders, posted invoices, and purchases of the journal, imported ones too.
    """
    return SQL(
        """(EXISTS (SELECT 1 FROM sale_order sale
                      JOIN res_partner customer ON customer.id = sale.partner_id
                     WHERE customer.commercial_partner_id = %(entity)s
                       AND sale.company_id = referral.company_id
                       AND sale.state = 'sale'
                       AND sale.date_order < referral.bound_at)
         OR EXISTS (SELECT 1 FROM account_move bill
                     WHERE bill.commercial_partner_id = %(entity)s
                       AND bill.company_id = referral.company_id
                       AND bill.move_type = 'out_invoice'
                       AND bill.state = 'posted'
                       AND bill.invoice_date < referral.bound_on)
         OR EXISTS (SELECT 1 FROM member_activity bought
                     WHERE bought.commercial_partner_id = %(entity)s
                       AND bought.company_id = referral.company_id
                       AND bought.kind = 'purchase'
                       AND bought.order_count > 0
                       AND bought.date < referral.bound_on))""",
        entity=entity,
    )


def fields_of_referrals(env) -> tuple:
    """Return the fields that statements about referrals read."""
    names = {
        "member.referral": (
            *("program_id", "membership_id", "referrer_id", "contact_id", "company_id"),
            *("state", "bound_at", "bound_on", "order_id", "was_customer"),
        ),
        "member.program": (
            *("referral_limit", "referral_limit_period", "referral_minimum_amount"),
        ),
        "member.membership": ("active",),
        "res.partner": ("commercial_partner_id",),
        "sale.order": (
            *("partner_id", "company_id", "state", "date_order"),
            *("amount_untaxed", "currency_rate"),
        ),
        "account.move": (
            *("commercial_partner_id", "company_id", "move_type", "state"),
            *("invoice_date", "reversed_entry_id"),
        ),
        "account.move.line": ("balance", "display_type"),
        "member.activity": (
            *("commercial_partner_id", "company_id", "kind", "order_count", "date"),
        ),
    }
    return tuple(
        env[model]._fields[name] for model, fields in names.items() for name in fields
    )


def bind(env, values: dict) -> SQL:
    """Write down a referral unless the company was referred before in the program.

    Columns: id of the new one.
    """
    values = {
        **values,
        "state": "bound",
        "is_overruled": False,
        "create_uid": env.uid,
        "write_uid": env.uid,
        "create_date": env.cr.now(),
        "write_date": env.cr.now(),
    }
    return SQL(
        """
        INSERT INTO member_referral (%(columns)s)
             VALUES (%(values)s)
        ON CONFLICT (program_id, referred_id) WHERE is_merged IS NOT TRUE DO NOTHING
          RETURNING id
        """,
        columns=SQL(", ").join(SQL.identifier(name) for name in values),
        values=SQL(", ").join(SQL("%s", value) for value in values.values()),
    )


def add_code(env, partner_id: int, program_id: int, company_id: int, code: str) -> SQL:
    """Give a contact a code unless there is one; two requests at once give one."""
    return SQL(
        """
        INSERT INTO member_referral_code (
               partner_id, program_id, company_id, code, active,
               create_uid, write_uid, create_date, write_date)
             VALUES (%(partner_id)s, %(program_id)s, %(company_id)s, %(code)s, TRUE,
               %(uid)s, %(uid)s, %(now)s, %(now)s)
        ON CONFLICT DO NOTHING
        """,
        partner_id=partner_id,
        program_id=program_id,
        company_id=company_id,
        code=code,
        uid=env.uid,
        now=env.cr.now(),
        to_flush=[env["member.referral.code"]._fields["active"]],
    )
