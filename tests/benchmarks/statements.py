"""The statements that the evaluation is compared with, written by hand."""

THRESHOLDS = (300, 1500, 3)  # silver, gold, orders in a year for gold

COPIES = """
CREATE TABLE bench_start AS TABLE member_membership;
CREATE TABLE bench_membership (LIKE member_membership INCLUDING ALL);
CREATE TABLE bench_membership_logged (LIKE member_membership INCLUDING ALL);
CREATE TABLE bench_decision (LIKE member_tier_decision INCLUDING ALL);
DO $$
DECLARE
    found RECORD;
    copy TEXT;
BEGIN
    FOR found IN SELECT conrelid::regclass::text AS original,
                        pg_get_constraintdef(oid) AS definition
                   FROM pg_constraint
                  WHERE contype = 'f'
                    AND conrelid IN ('member_membership'::regclass,
                                     'member_tier_decision'::regclass)
    LOOP
        FOREACH copy IN ARRAY CASE found.original
            WHEN 'member_membership'
            THEN ARRAY['bench_membership', 'bench_membership_logged']
            ELSE ARRAY['bench_decision'] END
        LOOP
            EXECUTE format('ALTER TABLE %I ADD %s', copy,
                           replace(found.definition, 'member_membership(',
                                   'bench_membership_logged('));
        END LOOP;
    END LOOP;
END $$
"""

RESTORE = """
SET LOCAL session_replication_role = replica;
TRUNCATE member_membership, member_tier_decision, member_evaluation_run,
         bench_membership, bench_membership_logged, bench_decision CASCADE;
INSERT INTO member_membership SELECT * FROM bench_start ORDER BY id;
INSERT INTO bench_membership SELECT * FROM bench_start ORDER BY id;
INSERT INTO bench_membership_logged SELECT * FROM bench_start ORDER BY id;
SET LOCAL session_replication_role = DEFAULT
"""

WARM = (
    "SELECT SUM(amount), SUM(order_count) FROM member_activity",
    "SELECT COUNT(*) FROM member_membership",
    "SELECT COUNT(*) FROM bench_membership",
    "SELECT COUNT(*) FROM bench_membership_logged",
)

REACHED = f"""
WITH figure AS (
      SELECT commercial_partner_id AS partner_id,
             SUM(amount) AS spent,
             SUM(order_count) FILTER (
                 WHERE date >= date_trunc('year', %(day)s::date)::date
             ) AS orders
        FROM member_activity
       WHERE company_id = 1
         AND kind = 'purchase'
         AND date > (%(day)s::date - INTERVAL '12 months')::date
         AND date <= %(day)s
    GROUP BY commercial_partner_id
), reached AS (
      SELECT membership.id,
             membership.tier_id AS held_tier_id,
             jsonb_build_array(spent, orders) AS figures,
             CASE WHEN spent >= {THRESHOLDS[1]} OR orders >= {THRESHOLDS[2]}
                  THEN %(gold)s
                  WHEN spent >= {THRESHOLDS[0]} THEN %(silver)s
                  ELSE %(base)s END AS tier_id
        FROM bench_membership membership
   LEFT JOIN figure ON figure.partner_id = membership.partner_id
       WHERE membership.program_id = %(program)s
         AND membership.active
)
"""

UPDATE = """
UPDATE bench_membership membership
   SET tier_id = reached.tier_id,
       tier_since = CASE WHEN membership.tier_id = reached.tier_id
                         THEN membership.tier_since ELSE %(day)s END,
       valid_until = CASE WHEN reached.tier_id > %(base)s THEN %(until)s::date END
  FROM reached
 WHERE reached.id = membership.id
   AND (reached.tier_id > membership.tier_id
        OR ((membership.valid_until IS NULL OR membership.valid_until < %(day)s)
            AND (reached.tier_id < membership.tier_id
                 OR reached.tier_id > %(base)s)))
"""

LOGGED = (
    (REACHED.rstrip() + ", changed AS (" + UPDATE).replace(
        "bench_membership ", "bench_membership_logged "
    )
    + """
RETURNING membership.id, reached.held_tier_id, reached.tier_id, reached.figures
)
INSERT INTO bench_decision (
       membership_id, date, event, from_tier_id, to_tier_id, figures, create_date)
SELECT id, %(day)s, CASE WHEN tier_id > held_tier_id THEN 'up' ELSE 'down' END,
       held_tier_id, tier_id, figures, now()
  FROM changed
 WHERE tier_id != held_tier_id
"""
)

SIDES = {"statement": REACHED + UPDATE, "statement with history": LOGGED}

# Members from all over the table buy; nobody of them did so since the last evaluation.
NEW_PURCHASES = """
INSERT INTO member_activity (
       company_id, currency_id, partner_id, commercial_partner_id, kind, event, date,
       amount, order_count, quantity, source_key, revision,
       create_uid, write_uid, create_date, write_date)
SELECT 1, company.currency_id, buyer_id, buyer_id, 'purchase', 'booked', %(day)s,
       500, 1, 0, 'bench,' || %(day)s || ',' || buyer_id, 1, 1, 1,
       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
  FROM (SELECT partner_id AS buyer_id FROM bench_start
      ORDER BY md5(partner_id || %(day)s::text) LIMIT %(count)s) buyer
  JOIN res_company company ON company.id = 1
"""


def difference(copy):
    """Return the query that counts the memberships whose tier differs in a copy."""
    return f"""
        SELECT COUNT(*)
          FROM member_membership membership
     FULL JOIN {copy} copy ON copy.id = membership.id
         WHERE (membership.tier_id, membership.tier_since, membership.valid_until)
               IS DISTINCT FROM (copy.tier_id, copy.tier_since, copy.valid_until)
    """
