"""Small invented worlds for tests."""
