"""The shell everybody sees: start, search, navigation, error pages, components. Not here: apps' own."""
