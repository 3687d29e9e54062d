"""Run a statement whose conflicts the caller expects and answers."""

from odoo.tools import SQL


def execute_quietly(env, query: SQL) -> list[tuple]:
    """Run ``query`` without an error in the log when it conflicts.

    Two transactions may want to move the same member. The one that loses is run
    again by its caller, so its conflict is not an error to report.

    :raises psycopg2.errors.SerializationFailure: when another transaction won
    """
    env.flush_query(query)
    env.cr.execute(query, log_exceptions=False)
    return env.cr.fetchall() if env.cr.description else []


def run_quietly(env, query: SQL) -> None:
    """Run statements that return nothing, such as those that prepare a table."""
    env.cr.execute(query)
