"""Decisions of the member centre: standard library only."""
"""Decisions of the member centre: facts in, decisions out, nothing else.

Standard library only; nothing here knows Odoo, a clock or a database.
"""
"""Decisions of the member centre, pure: facts in, answers out."""
"""Decisions of the website, pure: facts in, answers out."""
