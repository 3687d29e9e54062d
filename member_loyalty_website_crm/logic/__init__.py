"""Decisions about inquiries in the member centre, pure: facts in, answers out."""
