"""From the names a plan uses to bodies and parties of its community.

Names are looked up in the register first; abbreviations the plan explains are facts of the document, so a
body it names and nobody has entered is entered. What cannot be placed stays as the words in the plan.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst

from samspill.directory.public import (
    Actor,
    Body,
    BodyKind,
    Community,
    Party,
    PartyKind,
    add_body,
    answerable_in,
    check_may,
)
from samspill.plans.states import Side
from samspill.refusal import reason

# What the words in a body's full name say about its kind; the first that fits. In both målformer.
_KINDS = (
    (re.compile(r"partn[ae]rskapsmøte", re.I), BodyKind.PARTNERSHIP_MEETING),
    (re.compile(r"strategisk\s+(samarbeids|samhandlings)utval", re.I), BodyKind.STRATEGIC),
    (re.compile(r"underutval", re.I), BodyKind.SUBCOMMITTEE),
    (re.compile(r"fagl[ei]g\w*\s+(samarbeids|samhandlings)utval|\bfagutval", re.I), BodyKind.PROFESSIONAL),
    (re.compile(r"(samarbeids|samhandlings)utval", re.I), BodyKind.PROFESSIONAL),
    (re.compile(r"sekretariat", re.I), BodyKind.SECRETARIAT),
    (re.compile(r"arbeidsgruppe", re.I), BodyKind.WORKING_GROUP),
    (re.compile(r"ressursgruppe", re.I), BodyKind.RESOURCE_GROUP),
    (re.compile(r"faggruppe", re.I), BodyKind.EXPERT_GROUP),
    (re.compile(r"nettverk", re.I), BodyKind.NETWORK),
)
_SIDES = {
    Side.ALL: (
        "felles alle begge partene partane parter partar alle_parter alle_partar begge_parter begge_partar "
        "helsefellesskapet helsefellesskap helsefelleskapet helsefelleskap"
    ),
    Side.MUNICIPALITIES: (
        "kommunene kommunane kommuner kommunar alle_kommuner alle_kommunar alle_kommunene alle_kommunane"
    ),
}
_TRUST = "sykehuset sjukehuset helseforetaket helseføretaket foretaket føretaket hf sykehus sjukehus"


def kind_of_body(name: str) -> BodyKind | None:
    """What kind of body a full name tells of; None when it is something else (a plan, a service)."""
    return next((kind for pattern, kind in _KINDS if pattern.search(name)), None)


@dataclass(frozen=True)
class Place:
    """Where a name leads: a body, a party, a whole side, or nowhere yet."""

    body_id: int | None = None
    party_id: int | None = None
    side: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.body_id or self.party_id or self.side)


class Names:
    """Everybody a plan of `community` can name, by every form of their names."""

    def __init__(self, community: Community) -> None:
        self._by_name: dict[str, Place] = {}
        self._learn(_forms_of(community), Place(side=str(Side.ALL)))
        for side, words in _SIDES.items():
            self._learn((word.replace("_", " ") for word in words.split()), Place(side=str(side)))
        trust = Party.objects.filter(
            community=community, kind=PartyKind.HEALTH_TRUST, left__isnull=True
        ).first()
        if trust:
            self._learn(_TRUST.split(), Place(party_id=trust.pk))
        for one in reversed(answerable_in(community.pk)):
            place = Place(body_id=one.id) if one.kind == "body" else Place(party_id=one.id)
            self._learn(_forms(one.name, one.short_name), place)

    def learn_body(self, body: Body) -> None:
        self._learn(_forms(body.name, body.short_name), Place(body_id=body.pk))

    def learn_abbreviation(self, short: str, full: str) -> None:
        """The two mean the same; when one of them is somebody we know, so is the other."""
        place = self.find(short, full)
        if place.is_known:
            self._learn([name for name in (short, full) if not self.find(name).is_known], place)

    def find(self, *names: str) -> Place:
        """The first of the names that leads somewhere."""
        return next((self._by_name[key] for key in map(_fold, names) if key in self._by_name), Place())

    def _learn(self, names: Iterable[str], place: Place) -> None:
        self._by_name.update({_fold(name): place for name in names if _fold(name)})


def _forms(name: str, short_name: str) -> list[str]:
    """A party is also called without its legal form: «Sykehuset Østfold», «Halden»."""
    return [name, short_name, re.sub(r"\s+(HF|kommune)$", "", name)]


def _forms_of(community: Community) -> list[str]:
    """«Helsefellesskapet i Vestfold», with the preposition or without, spelt as it often is."""
    words = ("Helsefellesskapet", "Helsefelleskapet")
    own = [f"{word} {link}{community.name}" for word in words for link in ("", "i ", "for ")]
    return [community.full_name, *own]


def _fold(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name).strip().casefold()


def add_bodies(
    abbreviations: Mapping[str, str], names: Names, *, community: Community, by: Actor
) -> list[str]:
    """Enter the bodies that the plan's abbreviations name and nobody has entered.

    Returns the names of those that `by` has no right to enter; they stay as text.
    """
    not_added = []
    for short, full in abbreviations.items():
        kind = kind_of_body(full)
        if kind is None or names.find(short, full).is_known:
            names.learn_abbreviation(short, full)
        elif reason(check_may, by, "directory.manage_parties"):
            not_added.append(full)
        else:
            names.learn_body(
                add_body(
                    community=community,
                    kind=kind,
                    name=capfirst(full)[:160],
                    short_name=short[:40],
                    by=by,
                )
            )
    return not_added
