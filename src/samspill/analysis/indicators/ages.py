"""Age groups by their code: `0-17`, `80+`, `all`. Both ends are included."""

import re

OLDEST = 120  # nobody is older; the tables end at 105 or here
PATTERN = re.compile(r"(?P<low>\d{1,3})(?:-(?P<high>\d{1,3})|(?P<open>\+))")


def ages_of(code: object) -> tuple[int, int] | None:
    """(lowest, highest) age of a group, or None when the code is none."""
    if code == "all":
        return 0, OLDEST
    found = PATTERN.fullmatch(str(code))
    if found is None:
        return None
    low = int(found["low"])
    high = OLDEST if found["open"] else int(found["high"])
    return (low, high) if low <= high <= OLDEST else None
