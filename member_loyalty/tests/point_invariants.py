"""What must be true of points after whatever happened, checked by plain SQL.

Independent of the code it checks, and without Odoo, so that tests of processes can
use it on a bare connection: ``find_unsound(execute)``. Each statement returns what is
wrong.
"""

KEPT = "card.member_program_id IS NOT NULL"

CARDS = f"""
    SELECT card.id AS card, card.points AS on_card, card.member_debt AS owed,
           booked.points AS entries, booked.debt AS debt, held.remaining AS lots,
           mirror.points AS history
      FROM loyalty_card card
CROSS JOIN LATERAL (
               SELECT COALESCE(SUM(points), 0) AS points,
                      COALESCE(SUM(debt), 0) AS debt
                 FROM member_point_entry WHERE card_id = card.id) booked
CROSS JOIN LATERAL (
               SELECT COALESCE(SUM(remaining), 0) AS remaining
                 FROM member_point_lot WHERE card_id = card.id) held
CROSS JOIN LATERAL (
               SELECT COALESCE(SUM(issued - used), 0) AS points
                 FROM loyalty_history WHERE card_id = card.id) mirror
     WHERE {KEPT}
"""
LOTS = """
    SELECT lot.entry_id AS lot, lot.card_id AS card, lot.points, lot.remaining,
           entry.points AS booked, COALESCE(SUM(allocation.points), 0) AS taken
      FROM member_point_lot lot
      JOIN member_point_entry entry ON entry.id = lot.entry_id
 LEFT JOIN member_point_allocation allocation ON allocation.lot_id = lot.entry_id
  GROUP BY lot.id, entry.id
"""
ENTRIES = """
    SELECT entry.id AS entry, entry.card_id AS card, entry.kind, entry.points,
           COALESCE(lot.points, 0) AS made, COALESCE(SUM(allocation.points), 0) AS taken
      FROM member_point_entry entry
 LEFT JOIN member_point_lot lot ON lot.entry_id = entry.id
 LEFT JOIN member_point_allocation allocation ON allocation.entry_id = entry.id
  GROUP BY entry.id, lot.id
"""
BALANCES = """
    SELECT id AS entry, card_id AS card, kind, balance,
           SUM(points) OVER (PARTITION BY card_id ORDER BY id) AS expected
      FROM member_point_entry
"""

RULES = {
    "a card holds what its entries say": f"""
        SELECT * FROM ({CARDS}) card
         WHERE ROUND(on_card::numeric, 2) != ROUND(entries::numeric, 2)""",
    "a card holds what is left of its lots": f"""
        SELECT * FROM ({CARDS}) card
         WHERE ROUND(on_card::numeric, 2) != ROUND(lots::numeric, 2)""",
    "a card owes what its entries say": f"""
        SELECT * FROM ({CARDS}) card
         WHERE ROUND(COALESCE(owed, 0)::numeric, 2) != ROUND(debt::numeric, 2)""",
    "a card never goes below zero, nor what it owes": f"""
        SELECT * FROM ({CARDS}) card WHERE on_card < 0 OR owed < 0""",
    "Odoo's history mirrors the card": f"""
        SELECT * FROM ({CARDS}) card
         WHERE ROUND(on_card::numeric, 2) != ROUND(history::numeric, 2)""",
    "a lot holds what was not taken from it": f"""
        SELECT * FROM ({LOTS}) lot
         WHERE remaining != points - taken OR points != booked""",
    "a lot is neither overdrawn nor overfull": f"""
        SELECT * FROM ({LOTS}) lot WHERE remaining < 0 OR remaining > points""",
    "an entry makes a lot, or lots pay for all of it": f"""
        SELECT * FROM ({ENTRIES}) entry WHERE points != made - taken""",
    "the balance runs along the entries": f"""
        SELECT * FROM ({BALANCES}) entry WHERE balance != expected""",
    "lots pay for entries of their own card only": """
        SELECT allocation.id AS allocation, taken.id AS entry, lot.id AS lot
          FROM member_point_allocation allocation
          JOIN member_point_entry taken ON taken.id = allocation.entry_id
          JOIN member_point_entry lot ON lot.id = allocation.lot_id
         WHERE taken.card_id != lot.card_id""",
}
SHOWN = 5


def find_unsound(execute):
    """Return a sentence for each rule that is broken, with its first cases.

    :param execute: runs a statement and returns (names of columns, rows)
    """
    complaints = []
    for rule, query in RULES.items():
        names, rows = execute(f"SELECT * FROM ({query}) unsound LIMIT {SHOWN + 1}")
        cases = [dict(zip(names, row, strict=True)) for row in rows[:SHOWN]]
        if cases:
            more = " and more" if len(rows) > SHOWN else ""
            complaints.append(f"Not true: {rule}{more}: {cases}")
    return complaints


def assert_points_are_sound(env):
    """Fail unless every card, entry, lot and allocation of points fits together."""

    def execute(query):
        env.cr.execute(query)
        return [column.name for column in env.cr.description], env.cr.fetchall()

    env.flush_all()
    complaints = find_unsound(execute)
    assert not complaints, "\n".join(complaints)
