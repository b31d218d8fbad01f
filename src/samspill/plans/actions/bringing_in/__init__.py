"""A table of measures is brought in: kept whole, checked row by row, taken in when asked to, undone."""

from samspill.plans.actions.bringing_in.steps import bring, next_step, take_in, undo_all

__all__ = ["bring", "next_step", "take_in", "undo_all"]
