"""The plan as a document: what it says (`whole`), in words that read back (`cells`), paper (`contents`)."""
