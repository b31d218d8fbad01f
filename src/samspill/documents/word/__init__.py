"""Word documents (.docx): the four parts that carry text, read as XML and nothing else."""
