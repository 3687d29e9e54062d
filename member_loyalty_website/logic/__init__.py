"""Decisions of the member centre: standard library only."""
