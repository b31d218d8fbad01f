"""What is served of each type: which rows, how they are shown, what narrows a search, what may be written."""
