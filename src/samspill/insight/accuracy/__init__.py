"""How far off one would have been: measured once, shown with every figure, held by a test."""
