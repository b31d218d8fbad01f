"""The top floor: settings, addresses, the embedded database, and the entry point that puts it all together."""
