"""What the templates of care ask for."""
