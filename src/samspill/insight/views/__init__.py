"""Pages of insight. Thin: numbers come from `queries`, words from `wording` and `shown`."""
