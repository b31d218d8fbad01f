"""Where a case goes from one body to another, and why."""

from dataclasses import dataclass
from datetime import date

from samspill.directory.public import Body


@dataclass(frozen=True)
class PassOn:
    """Where a case goes and why; without `to_body`: to the body above, or back to where it came from."""

    reason: str
    words: str
    to_body: Body | None = None
    recommendation: str = ""
    due: date | None = None
