"""Locks that keep two evaluations of one program apart."""

from odoo.tools import SQL

EVALUATION_LOCK = 0x6D656D62  # "memb": our own corner of PostgreSQL's lock numbers


def try_evaluation_lock(program_id: int) -> SQL:
    """Ask for the program's lock, held until it is given back or the session ends."""
    return SQL("SELECT pg_try_advisory_lock(%s, %s)", EVALUATION_LOCK, program_id)


def release_evaluation_lock(program_id: int) -> SQL:
    """Give the program's lock back."""
    return SQL("SELECT pg_advisory_unlock(%s, %s)", EVALUATION_LOCK, program_id)


def try_evaluation_lock_in_transaction(program_id: int) -> SQL:
    """Ask for the program's lock, held until the end of this transaction."""
    return SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", EVALUATION_LOCK, program_id)


def lock_program(program_id: int) -> SQL:
    """Keep others from writing a program until the end of this transaction.

    :raises psycopg2.errors.SerializationFailure: when somebody just has
    """
    return SQL(
        "SELECT id FROM member_program WHERE id = %s FOR NO KEY UPDATE", program_id
    )
