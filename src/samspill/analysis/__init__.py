"""Numbers: population now and projected, its figures and data packs. Plain Python: no Django, no network.

Of scipy, `scipy.stats`, `.optimize` and the like are written whole: it then reads them in at first use.
Imported, they take a tenth of the start of every command.
"""
