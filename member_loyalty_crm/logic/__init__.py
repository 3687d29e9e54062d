"""Decisions of the CRM, pure: facts in, answers out."""
