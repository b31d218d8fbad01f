"""Everything that can be done with plans. Each act: check, change, record, in one transaction."""
