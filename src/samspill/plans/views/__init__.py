"""Pages of plans: a file per noun."""
