"""Published figures for machines: what may be asked, how it is answered, and the document that says so.

Everything here stands in figures that pages show too. Answers are made from plain values; the requests
themselves are in `views.api`.
"""
