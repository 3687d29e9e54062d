"""What a draft of the rules would do, written down beside the rules in force."""

from odoo.tools import SQL

from .ladder_ranks import tier_of_rank
from .metrics import Scope
from .tier_evaluation import read_fields
from .tier_rehearsal import Rehearsal, decided


def simulate(env, rehearsal: Rehearsal, scope: Scope) -> SQL:
    """Write a line for whom the draft changes something, and add to the totals.

    Returns one row: members looked at, risen, fallen, entered (risen from the lowest
    tier), and the lines written. Of the totals there is a row for each tier already.
    """
    return SQL(
        """
        WITH %(decided)s, line AS (%(lines)s
        ), cell AS (
              SELECT held_rank, in_force_rank, draft_rank, COUNT(*) AS members,
                     SUM(revenue) AS revenue, SUM(in_force_cost) AS in_force_cost,
                     SUM(draft_cost) AS draft_cost
                FROM decided
            GROUP BY held_rank, in_force_rank, draft_rank
        ), total AS (%(totals)s
        )
        SELECT (SELECT COALESCE(SUM(members), 0) FROM cell),
               COUNT(*) FILTER (WHERE move = 'up'),
               COUNT(*) FILTER (WHERE move = 'down'),
               COUNT(*) FILTER (WHERE move = 'up' AND tier_id = %(base)s),
               COUNT(*)
          FROM line
        """,
        decided=decided(rehearsal, scope),
        lines=_lines(rehearsal),
        totals=_totals(rehearsal),
        base=rehearsal.draft.ladder.tiers[0].tier_id,
        to_flush=read_fields(env),
    )


def count_differences(env, rehearsal: Rehearsal, scope: Scope) -> SQL:
    """Count the members who would by now move otherwise than was simulated."""
    ladder = rehearsal.draft.ladder
    return SQL(
        """
        WITH %(decided)s
        SELECT COUNT(*)
          FROM (
                  SELECT id AS membership_id, tier_id, %(draft_tier)s AS draft_tier_id
                    FROM decided
                   WHERE draft_rank <> held_rank
               ) again
     FULL JOIN (
                  SELECT membership_id, tier_id, draft_tier_id
                    FROM member_simulation_line
                   WHERE simulation_id = %(simulation_id)s
                     AND move <> 'stay'
               ) simulated USING (membership_id)
         WHERE again.tier_id IS DISTINCT FROM simulated.tier_id
            OR again.draft_tier_id IS DISTINCT FROM simulated.draft_tier_id
        """,
        decided=decided(rehearsal, scope),
        draft_tier=tier_of_rank(ladder, SQL("draft_rank")),
        simulation_id=rehearsal.simulation_id,
        to_flush=read_fields(env),
    )


def count_otherwise_moved(env, simulation_id: int, run_id: int) -> SQL:
    """Count the decisions of a run that are not those of a simulation."""
    return SQL(
        """
        SELECT COUNT(*)
          FROM (
                  SELECT membership_id, from_tier_id, to_tier_id
                    FROM member_tier_decision
                   WHERE run_id = %(run_id)s
               ) decided
     FULL JOIN (
                  SELECT membership_id, tier_id, draft_tier_id
                    FROM member_simulation_line
                   WHERE simulation_id = %(simulation_id)s
                     AND move <> 'stay'
               ) simulated USING (membership_id)
         WHERE decided.from_tier_id IS DISTINCT FROM simulated.tier_id
            OR decided.to_tier_id IS DISTINCT FROM simulated.draft_tier_id
        """,
        run_id=run_id,
        simulation_id=simulation_id,
        to_flush=(env["member.tier.decision"]._fields["to_tier_id"],),
    )


def forget_lines(simulation_id: int) -> SQL:
    """Delete the lines of a simulation."""
    return SQL(
        "DELETE FROM member_simulation_line WHERE simulation_id = %s", simulation_id
    )


def _lines(rehearsal: Rehearsal) -> SQL:
    """Write the members who move, or come to another tier than they would anyway."""
    ladder = rehearsal.draft.ladder
    return SQL(
        """
              INSERT INTO member_simulation_line (
                     simulation_id, membership_id, country_id, tier_id,
                     in_force_tier_id, draft_tier_id, move, change, revenue,
                     cost_change)
              SELECT %(simulation_id)s, decided.id, partner.country_id,
                     decided.tier_id, %(in_force_tier)s, %(draft_tier)s, %(move)s,
                     %(change)s, revenue, draft_cost - in_force_cost
                FROM decided
                JOIN res_partner partner ON partner.id = decided.partner_id
               WHERE draft_rank <> held_rank
                  OR draft_rank <> in_force_rank
           RETURNING move, tier_id""",
        simulation_id=rehearsal.simulation_id,
        in_force_tier=tier_of_rank(ladder, SQL("in_force_rank")),
        draft_tier=tier_of_rank(ladder, SQL("draft_rank")),
        move=_compared(SQL("held_rank")),
        change=_compared(SQL("in_force_rank")),
    )


def _compared(rank: SQL) -> SQL:
    """Say how the tier under the draft stands to another one."""
    return SQL(
        "CASE SIGN(draft_rank - %s) WHEN 1 THEN 'up' WHEN -1 THEN 'down'"
        " ELSE 'stay' END",
        rank,
    )


def _totals(rehearsal: Rehearsal) -> SQL:
    """Add the members that were looked at to the totals of the tiers."""
    return SQL(
        """
              UPDATE member_simulation_tier tier
                 SET member_count = tier.member_count + added.members,
                     in_force_count = tier.in_force_count + added.in_force,
                     draft_count = tier.draft_count + added.draft,
                     revenue = tier.revenue + added.revenue,
                     in_force_revenue = tier.in_force_revenue + added.in_force_revenue,
                     draft_revenue = tier.draft_revenue + added.draft_revenue,
                     in_force_cost = tier.in_force_cost + added.in_force_cost,
                     draft_cost = tier.draft_cost + added.draft_cost
                FROM (
                        SELECT %(tier)s AS tier_id,
                               SUM(members * is_held) AS members,
                               SUM(members * is_in_force) AS in_force,
                               SUM(members * is_draft) AS draft,
                               SUM(revenue * is_held) AS revenue,
                               SUM(revenue * is_in_force) AS in_force_revenue,
                               SUM(revenue * is_draft) AS draft_revenue,
                               SUM(in_force_cost * is_in_force) AS in_force_cost,
                               SUM(draft_cost * is_draft) AS draft_cost
                          FROM cell
            CROSS JOIN LATERAL (
                                VALUES (held_rank, 1, 0, 0),
                                       (in_force_rank, 0, 1, 0),
                                       (draft_rank, 0, 0, 1)
                               ) seen(rank, is_held, is_in_force, is_draft)
                      GROUP BY seen.rank
                     ) added
               WHERE tier.simulation_id = %(simulation_id)s
                 AND tier.tier_id = added.tier_id""",
        tier=tier_of_rank(rehearsal.draft.ladder, SQL("seen.rank")),
        simulation_id=rehearsal.simulation_id,
    )
