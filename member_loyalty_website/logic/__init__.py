"""Decisions of the website, pure: facts in, answers out."""
