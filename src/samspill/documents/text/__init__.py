"""Plain text and Markdown: one reader, since what people paste is usually a little of both."""
