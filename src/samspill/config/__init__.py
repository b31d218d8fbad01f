"""The top floor: settings, addresses, the embedded database and the entry point that joins it all."""
