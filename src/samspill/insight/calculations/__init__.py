"""The kinds of answers that can be kept: one file per kind."""
