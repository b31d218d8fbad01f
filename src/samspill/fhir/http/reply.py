"""One request and one reply, whether they came alone or as an entry of a bundle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from samspill.care.public import Opened, Remembered
from samspill.directory.public import Actor

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """Who calls, and how they are to be answered. `system` names the calling system, "" for a person.

    `allows(type, interaction)` tells whether what they hold lets them do this. `is_brief` asks for no more of
    what was written than where it is. `held` are patients that are open already, as they were
    named: a bundle opens each once, and asks once for what is the same.
    """

    actor: Actor
    base: str
    language: str
    now: datetime
    allows: Callable[[str, str], bool]
    system: str = ""
    is_brief: bool = False
    held: Mapping[object, Opened] = field(default_factory=dict)
    remembered: Remembered | None = None


@dataclass(frozen=True)
class Asked:
    """What is asked: `method` and the address, taken apart, with what was sent along.

    `parameters` are pairs in the order they came. `is_checked` tells that the resource was found to be valid.
    """

    method: str
    type: str = ""
    id: str = ""
    operation: str = ""
    version: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    resource: Json | None = None
    if_match: str = ""
    if_none_exist: str = ""
    is_lenient: bool = False
    is_checked: bool = False


@dataclass(frozen=True)
class Reply:
    """`version` and `location` are told in headers, or in the entry of the bundle that answers."""

    status: int
    resource: Json | None = None
    version: str = ""
    location: str = ""
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'W/"{self.version}"' if self.version else ""
