"""Numbers: population now and projected, its figures and data packs. Plain Python: no Django, no network."""
