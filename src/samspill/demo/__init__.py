"""The demonstration world: Østfold in our own words, with invented people. Deterministic and idempotent."""
