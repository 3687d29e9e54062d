"""Decisions about deliveries: facts in, decisions out, nothing else."""
