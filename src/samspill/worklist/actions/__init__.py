"""Writes of the worklist: each one checks, changes and records in one transaction."""
