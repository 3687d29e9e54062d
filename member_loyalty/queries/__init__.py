"""Questions to the database: functions that return ``odoo.tools.SQL``.

Nothing here executes a statement, but for ``execution``, which runs one whose
conflicts the caller expects.
"""
