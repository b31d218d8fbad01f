"""How wrong the method would have been: measured once, shown with every figure, held by a test.

`samspill population backtest --data <data pack> --jump-off 2016 --horizon 8`: mean absolute error in per cent
eight years ahead, method version 2, SSB table 07459 to 1 January 2024.
"""

from typing import NamedTuple

JUMP_OFF, HORIZON = 2016, 8


class Accuracy(NamedTuple):
    community: float
    municipality: float


ERRORS = {"80+": Accuracy(0.9, 5.0), "67-79": Accuracy(0.8, 2.6)}
