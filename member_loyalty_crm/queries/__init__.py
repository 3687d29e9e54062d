"""Statements of the CRM; they execute nothing."""
