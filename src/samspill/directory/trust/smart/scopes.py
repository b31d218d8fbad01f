"""SMART scopes, old and new syntax, as a table: which interactions with which kinds of resource.

Source: HL7 SMART App Launch 2.2.0, «Scopes and Launch Context»: v2 letters `cruds` in that order; v1 `read`
is `rs`, `write` is `cud`, `*` is all. FHIR R4, «RESTful API», for the names of interactions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from samspill.refusal import Refused, Sentence

LETTERS = "cruds"
# FHIR's interactions -> letter. `read` covers versions of one resource, `search` what looks over many.
INTERACTIONS = {
    "create": "c",
    "read": "r",
    "vread": "r",
    "history-instance": "r",
    "update": "u",
    "patch": "u",
    "delete": "d",
    "search-type": "s",
    "search-system": "s",
    "history-type": "s",
    "history-system": "s",
}
OLD_RIGHTS = {"read": "rs", "write": "cud", "*": "cruds"}
CONTEXTS = ("patient", "user", "system")
EVERYTHING = "*"
FORM = re.compile(
    r"(?P<context>patient|user|system)/(?P<resource>\*|[A-Z][A-Za-z]{1,63})\.(?P<rights>[a-z]+|\*)"
    r"(?:\?(?P<query>[!#-\[\]-~]+))?"
)


@dataclass(frozen=True)
class Scope:
    """One scope. `letters` are some of `cruds`; `query` are search parameters that narrow it, or ""."""

    context: str
    resource: str
    letters: str
    query: str = ""

    def __str__(self) -> str:
        return f"{self.context}/{self.resource}.{self.letters}" + (f"?{self.query}" if self.query else "")


def parse_scope(text: str) -> Scope:
    """Refused (`smart.scope`): letters unknown, twice or out of order; no right at all; a query that is none.

    A query belongs to the new syntax only.
    """
    match = FORM.fullmatch(text)
    rights = match["rights"] if match else ""
    letters = OLD_RIGHTS.get(rights, rights)
    query = (match and match["query"]) or ""
    is_new = rights not in OLD_RIGHTS
    if match is None or not _in_order(letters) or (query and not (is_new and _is_query(query))):
        raise Refused(
            "smart.scope",
            Sentence("Write a scope as system/Observation.rs: letters of cruds in that order, each once."),
        )
    return Scope(match["context"], match["resource"], letters, query)


def parse_scopes(text: str) -> tuple[Scope, ...]:
    """The scopes of a request in its order, each once. Refused as by `parse_scope`, and when it has none."""
    found = tuple(dict.fromkeys(parse_scope(one) for one in text.split(" ") if one))
    if not found:
        raise Refused("smart.scope", Sentence("Ask for at least one scope, such as system/Observation.rs."))
    return found


def table(scopes: Iterable[Scope]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Resource (`*` is every one) -> letter -> the queries it is narrowed by; () is without narrowing."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for scope in scopes:
        row = found.setdefault(scope.resource, {})
        for letter in scope.letters:
            before = row.get(letter)
            is_whole = not scope.query or before == ()
            row[letter] = () if is_whole else tuple(dict.fromkeys((*(before or ()), scope.query)))
    return found


def is_allowed(scopes: Iterable[Scope], resource: str, interaction: str) -> tuple[str, ...] | None:
    """Whether `interaction` (FHIR's name, or a letter of cruds) with `resource` is covered.

    None: it is not. (): it is, without narrowing. Otherwise the queries of which a resource must meet one.
    """
    letter = INTERACTIONS.get(interaction, interaction if len(interaction) == 1 else "")
    rows = table(scopes)
    found = [rows[name][letter] for name in (resource, EVERYTHING) if letter in rows.get(name, {})]
    if not found:
        return None
    return () if () in found else tuple(dict.fromkeys(query for queries in found for query in queries))


def granted(asked: Iterable[Scope], allowed: Iterable[Scope]) -> tuple[Scope, ...]:
    """What is both asked for and allowed, in the order asked; never more than either."""
    mine = tuple(allowed)
    both = (_common(one, other) for one in asked for other in mine)
    return tuple(dict.fromkeys(scope for scope in both if scope is not None))


def _common(one: Scope, other: Scope) -> Scope | None:
    letters = "".join(letter for letter in LETTERS if letter in one.letters and letter in other.letters)
    resource = _narrower(one.resource, other.resource, EVERYTHING)
    query = _narrower(one.query, other.query, "")
    if one.context != other.context or not letters or resource is None or query is None:
        return None
    return Scope(one.context, resource, letters, query)


def _narrower(one: str, other: str, widest: str) -> str | None:
    """The one that is not the widest, when they are the same or one of them is the widest."""
    if widest in (one, other) or one == other:
        return other if one == widest else one
    return None


def _in_order(letters: str) -> bool:
    places = [LETTERS.find(letter) for letter in letters]
    return bool(places) and -1 not in places and places == sorted(set(places))


def _is_query(query: str) -> bool:
    try:
        return bool(parse_qsl(query, strict_parsing=True))
    except ValueError:
        return False
