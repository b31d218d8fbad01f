"""Who may read what is screened, and what screening must say. Plain values."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from samspill.governance.states import Access
from samspill.refusal import Refused

FILE = Path(__file__).resolve().parent.parent / "data" / "screening_grounds.yaml"
KEYS = frozenset({"law", "nb", "nn", "source"})


@dataclass(frozen=True)
class Ground:
    """A paragraph that may allow screening, and what it is about in both målformer."""

    law: str
    nb: str
    nn: str
    source: str

    def words(self, language: str) -> str:
        return self.nn if language == "nn" else self.nb


@cache
def grounds() -> tuple[Ground, ...]:
    """The common grounds in the order of the law. ValueError when a row lacks something."""
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    for row in rows:
        if set(row) != KEYS or not all(row.values()):
            raise ValueError(f"The ground «{row.get('law')}» must have {sorted(KEYS)}.")
    return tuple(Ground(**row) for row in rows)


def check_screening(access: str, law_reference: str, public_title: str) -> None:
    """What is not public says by which law, and what everybody is told that it is."""
    if access not in Access.values:
        raise Refused("screening.access", _("Choose who may read it."), field="access")
    if access == Access.PUBLIC:
        return
    if not law_reference.strip():
        raise Refused(
            "screening.law",
            _("Say which paragraph of the law allows this to be closed."),
            field="law_reference",
        )
    if not public_title.strip():
        raise Refused(
            "screening.public_title",
            _("Write a title that everybody may read. What is closed still has a place on the agenda."),
            field="public_title",
        )


@dataclass(frozen=True)
class Reader:
    """Who looks, as far as access goes. `is_disqualified`: in this case."""

    is_here: bool
    is_secretariat: bool = False
    is_of_body: bool = False
    is_disqualified: bool = False


def may_read(access: str, reader: Reader) -> bool:
    """Whether the reader may read something with this access state, apart from whether it is released."""
    if access == Access.PUBLIC:
        return True
    if not reader.is_here or reader.is_disqualified:
        return False
    if access == Access.PARTIES:
        return True
    return reader.is_secretariat or (access == Access.BODY and reader.is_of_body)
