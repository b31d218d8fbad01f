"""Read and write documents (PDF, DOCX, Markdown, text). Plain Python: no Django, no database, no network."""
