"""The door of governance: what the faces above may use (command line, demonstration, web)."""
