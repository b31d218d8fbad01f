"""The command line: a face like the web."""
