"""The report of a plan: what it says (`contents`), and how that becomes a Word document (`word`)."""
