"""Which helsefellesskap somebody means on the command line."""

from collections.abc import Iterable
from typing import Any

from samspill.refusal import Refused


def find_community(communities: Iterable[Any], wanted: str) -> Any:
    """The one with this number, code (HF01), short name (ostfold) or name. Refuses when there is none."""
    known = list(communities)
    for one in known:
        if wanted.casefold() in {str(one.pk), one.code.casefold(), one.slug, one.name.casefold()}:
            return one
    if not known:
        raise Refused("community.none", "There are no helsefellesskap in the database. Run samspill migrate.")
    slugs = ", ".join(one.slug for one in known)
    raise Refused("community.unknown", f"«{wanted}» is none of the helsefellesskap. Choose one of: {slugs}.")
