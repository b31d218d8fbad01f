"""What the pages of care show, put in words: from rows that were read, with no queries of its own."""
