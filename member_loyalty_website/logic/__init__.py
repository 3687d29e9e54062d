"""Decisions of the member centre, pure: facts in, answers out."""
