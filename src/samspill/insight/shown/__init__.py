"""What templates are given to print: one file per thing."""
