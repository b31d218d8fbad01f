"""What one validation has found so far, and the place it is at.

A place is a chain `(parent, name, index)`: it costs next to nothing while all is well, and is written out
only when there is something to tell.
"""

from typing import Any

from samspill.fhir.validation.issue import ERROR, Issue
from samspill.fhir.validation.sentences import CODES

Place = tuple[Any, str, int | None]
DEEPEST = 100
MOST = 500


def path_of(place: Place | None) -> str:
    """`Observation.component[1].valueQuantity`; the name of a primitive's extension is without its
    underscore.
    """
    parts: list[str] = []
    while place is not None:
        place, name, index = place[0], place[1], place[2]
        parts.append(name if index is None else f"{name}[{index}]")
    return ".".join(reversed(parts))


class Findings:
    """The issues of one validation. `root` is the resource that was sent, a Bundle with all that is in it."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self.issues: list[Issue] = []
        self.is_too_deep = False

    def add(self, key: str, place: Place, severity: str = ERROR, /, **parameters: str) -> None:
        # Above MOST nobody reads on, and a resource with a million faults shall not cost a million issues.
        if len(self.issues) > MOST:
            return
        if len(self.issues) == MOST:
            key, parameters = "too-many", {"limit": str(MOST)}
        parameters.setdefault("name", place[1])
        self.issues.append(Issue(severity, CODES[key], path_of(place), key, parameters))


class Container:
    """The resource that contained ones stand in: what is contained, and which of it is referred to."""

    def __init__(self, resource: dict[str, Any], place: Place) -> None:
        self.resource = resource
        self.place = place
        contained = resource.get("contained")
        self.contained: list[dict[str, Any]] = (
            [one for one in contained if isinstance(one, dict)] if isinstance(contained, list) else []
        )
        self.types = {
            one["id"]: one.get("resourceType") for one in self.contained if isinstance(one.get("id"), str)
        }
        self.referred: set[str] = set()
        # (the resource that holds it, the reference, its place): what "#" of a contained resource refers to.
        self.to_container: list[int] = []
