"""PDF: words with their places and sizes, put back into the order a person reads them in."""
