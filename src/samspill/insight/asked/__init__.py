"""What a question is made of, and how it is read from an address or a form: one file per room."""
