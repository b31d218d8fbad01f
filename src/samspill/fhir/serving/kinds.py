"""A type of resource as it is served: where its rows are, how one is shown, and what narrows a search."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from samspill.care.public import Opened
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.serving.parameters import Filter


@dataclass(frozen=True)
class Kind:
    """`part` is what the patient's block of this kind of information is called, "" when none can be.

    rows       the rows that may be seen, for a patient that is open, or in the community (None)
    shown      one of them as a resource
    filters    search parameter -> condition; `patient`, `_id` and `_count` are for all
    order      in which a search gives them
    fixed      the resources themselves, where they are the same for everybody and no rows
    """

    type: str
    rows: Callable[[Call, Opened | None], QuerySet]
    shown: Callable[[Any, Call, Opened | None], Json]
    part: str = ""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    order: tuple[str, ...] = ("-pk",)
    of_patient: bool = True
    create: Callable[[Call, Asked], Reply] | None = None
    update: Callable[[Call, Asked], Reply] | None = None
    history: Callable[[Any, Call, Opened | None], list[Json]] | None = None
    fixed: Callable[[], list[Json]] | None = None

    @property
    def what(self) -> str:
        """What the access log calls it."""
        return f"fhir.{self.type}"

    @property
    def interactions(self) -> list[str]:
        """As R4 names them, in the order of the CapabilityStatement."""
        found = ["read"]
        found += ["vread", "history-instance"] if self.history else []
        found += ["search-type"]
        found += ["create"] if self.create else []
        return found + (["update"] if self.update else [])
