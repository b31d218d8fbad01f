"""Plans: a document read in as a living plan, its focus areas, measures, statuses and holes."""
