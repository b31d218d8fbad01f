"""The shell everybody sees: start, search, navigation, error pages, components. Not here: what an app owns."""
