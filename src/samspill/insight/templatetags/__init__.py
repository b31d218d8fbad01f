"""Tags of insight's pages."""
