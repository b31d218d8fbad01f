"""What is done in care: each act checks, changes and records in one transaction."""
