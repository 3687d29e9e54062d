"""Decisions of the member centre: facts in, decisions out, nothing else.

Standard library only; nothing here knows Odoo, a clock or a database.
"""
