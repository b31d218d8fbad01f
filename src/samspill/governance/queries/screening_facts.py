"""What a case may be called in a list, as facts: the fields `title_of` reads."""

from collections.abc import Mapping

from samspill.directory.public import Facts
from samspill.governance.states import Access

TITLE: Mapping[str, str] = {"title": "title", "public_title": "public_title", "access": "access"}
TITLE_OF_CASE: Mapping[str, str] = {name: f"case__{path}" for name, path in TITLE.items()}


def title_of(one: Facts) -> str:
    """The title of a case; for one that is screened, what everybody is told that it is."""
    return str(one["title"] if one["access"] == Access.PUBLIC else one["public_title"])
