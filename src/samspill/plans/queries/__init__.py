"""Reads of plans. What somebody may see is decided by `visible_to`, and by the database below it."""
