"""Which body a case is suggested for, by its words and what the bodies' names and mandates say."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samspill.directory.public import Body, stems
from samspill.governance.models import Case, Mandate
from samspill.governance.rules.suggesting import suggest

_WORD = re.compile(r"[^\W\d_]{3,}")
# Words of every mandate and every case: they speak for no body.
_COMMON = frozenset(
    [
        "sak",
        "saken",
        "saker",
        "saka",
        "samarbeid",
        "samarbeide",
        "samarbeids",
        "samhandling",
        "utvalg",
        "utval",
        "felles",
        "kommune",
        "kommunene",
        "kommunane",
        "sykehus",
        "sykehuset",
        "sjukehus",
        "sjukehuset",
        "helse",
        "skal",
        "som",
        "med",
        "for",
        "til",
        "fra",
        "frå",
        "den",
        "det",
        "dei",
        "dem",
        "har",
        "kan",
        "ikke",
        "ikkje",
        "eller",
        "når",
        "hvem",
        "kven",
        "hva",
        "kva",
        "som",
        "ved",
        "etter",
        "over",
        "under",
        "mellom",
        "oss",
        "vår",
        "våre",
        "være",
        "vere",
        "bli",
        "om",
        "strategisk",
        "faglig",
        "fagleg",
        "tjenester",
        "tenester",
        "begge",
        "nivåer",
        "alle",
        "alt",
        "andre",
        "samme",
        "same",
        "noen",
        "nokon",
        "nokre",
        "mange",
        "flere",
        "fleire",
        "hver",
        "kvar",
        "hverandre",
        "kvarandre",
        "seg",
        "sin",
        "sine",
        "sitt",
        "selv",
        "sjølv",
        "der",
        "her",
        "også",
        "bare",
        "berre",
        "slik",
        "både",
        "vil",
        "bør",
        "får",
        "går",
        "gjør",
        "gjer",
        "bruker",
        "brukar",
        "trenger",
        "treng",
        "dere",
        "dykk",
        "deres",
        "deira",
        "hvordan",
        "korleis",
        "hvor",
        "kor",
        "blir",
        "vert",
        "enn",
        "inn",
        "opp",
        "ned",
        "uten",
        "utan",
        "gjennom",
        "ett",
        "ein",
        "eit",
    ]
)


@dataclass(frozen=True)
class Suggested:
    """A body, and the words of the case that speak for it."""

    body: Body
    words: tuple[str, ...]


def words_in(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _COMMON


def suggested_body(case: Case, day: date) -> Suggested | None:
    """The body whose name or mandate shares the weightiest words with the case. 2 or 3 queries."""
    said = words_in(f"{case.title} {case.asks} {case.concerns}")
    if not said:
        return None
    alive = Q(ends__isnull=True) | Q(ends__gt=day)
    bodies = {body.pk: body for body in Body.objects.filter(alive, community_id=case.community_id)}
    spoken = {pk: words_in(f"{body.name} {body.short_name}") for pk, body in bodies.items()}
    mandates = Mandate.objects.filter(body_id__in=bodies, from_day__lte=day).order_by("body", "from_day")
    newest = {one.body_id: one for one in mandates}
    for pk, one in newest.items():
        spoken[pk] |= words_in(f"{one.purpose} {one.tasks} {' '.join(map(str, one.themes))}")
    stem_of = stems(said.union(*spoken.values()))
    found = suggest(
        {stem_of[word] for word in said},
        {pk: {stem_of[word] for word in words} for pk, words in spoken.items()},
    )
    if found is None:
        return None
    order = {stem: place for place, stem in enumerate(found.stems)}
    words = sorted((word for word in said if stem_of[word] in order), key=lambda one: order[stem_of[one]])
    return Suggested(bodies[found.body_id], tuple(words[:3]))
