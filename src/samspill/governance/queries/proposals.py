"""What is already filled in when an item is opened: the text of the decision, and who and when per point."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from samspill.directory.public import Answerable, Body, Party, PartyKind
from samspill.governance.models import AgendaItem, CaseBrief, CaseText, Mandate, Meeting, MinuteText
from samspill.governance.queries.bodies import above_by
from samspill.governance.queries.wordings import Saved
from samspill.governance.rules.authority import MaySay, may_say
from samspill.governance.rules.points import binds, day_in, named_in, split_points
from samspill.governance.states import BriefPart, CaseKind, ItemKind, MeetingState, Outcome

WEEKS_AHEAD = 12
"""When the body has no later meeting yet, this is where the one after the next would be."""


_GROUPS: dict[str, frozenset[str]] = {
    "all": frozenset(PartyKind),
    "municipalities": frozenset({PartyKind.MUNICIPALITY}),
    "trust": frozenset({PartyKind.HEALTH_TRUST}),
}


@dataclass(frozen=True)
class ProposedPoint:
    """A point with what is proposed or chosen for it; `owner` and `helpers` are "party:3", "body:2" or ""."""

    text: str
    owner: str = ""
    due: date | None = None
    no_follow_up: bool = False
    binds: str = ""
    parties: tuple[int, ...] = ()
    helpers: tuple[str, ...] = ()


@dataclass
class Register:
    """Who can answer for something in a community: its bodies by name, and its parties. 2 queries."""

    bodies: list[Body] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)

    @classmethod
    def of(cls, community_id: int) -> "Register":
        parties = Party.objects.filter(community_id=community_id, left__isnull=True).order_by("kind", "name")
        return cls(list(Body.objects.filter(community_id=community_id).order_by("name")), list(parties))

    @cached_property
    def answerable(self) -> list[Answerable]:
        """Bodies, then parties."""
        return [Answerable("body", one.pk, one.name, one.short_name) for one in self.bodies] + [
            Answerable("party", one.pk, one.name, one.short_name) for one in self.parties
        ]

    def group(self, name: str) -> tuple[int, ...]:
        """Parties of "all", "municipalities" or "trust"."""
        kinds = _GROUPS.get(name, frozenset())
        return tuple(party.pk for party in self.parties if party.kind in kinds)


def authority_words(mandate: Mandate | None) -> str:
    """The words of a mandate that say how far it goes."""
    return (mandate.limits or mandate.purpose) if mandate else ""


def may_say_on(item: AgendaItem, mandate: Mandate | None) -> MaySay:
    """What the body may say about an item, by its mandate on the day."""
    if item.treatment is None:
        return MaySay(Outcome.DECIDED if item.kind == ItemKind.APPROVAL else Outcome.NOTED)
    case = item.treatment.case
    return may_say(
        mandate.authority if mandate else None,
        authority_words(mandate),
        kind=case.kind,
        large=case.large_consequence,
        has_above=above_by(mandate, item.treatment.body) is not None,
    )


def recommendation_of(item: AgendaItem) -> str:
    """What the brief recommends, as the body got it; else as it stands now; for an answer, what came back."""
    if item.treatment is None:
        return ""
    case = item.treatment.case
    brief = CaseBrief.objects.filter(case=case).order_by("-version").first()
    if brief is not None:
        said = [one["text"] for one in brief.content if one.get("part") == BriefPart.RECOMMENDATION]
        if said and said[0].strip():
            return str(said[0])
    text = CaseText.objects.filter(case=case, part=BriefPart.RECOMMENDATION, beside=False).first()
    if text is not None and text.text.strip():
        return text.text
    return item.treatment.came_by.recommendation if item.treatment.came_by else ""


def later_day(meeting: Meeting) -> date:
    """The body's next meeting but one, where there is one; else as long after as it would be."""
    later = Meeting.objects.filter(body_id=meeting.body_id, day__gt=meeting.day)
    days = list(later.exclude(state=MeetingState.CANCELLED).order_by("day").values_list("day", flat=True)[:2])
    return days[1] if len(days) == 2 else meeting.day + timedelta(weeks=WEEKS_AHEAD)


def proposed_points(
    item: AgendaItem, text: str, chosen: Sequence[Mapping[str, object]], register: Register, later: date
) -> list[ProposedPoint]:
    """The points of `text`, each with what was chosen for it, else what its words propose."""
    points = split_points(text) or [""]
    return [
        _chosen(point, chosen[number]) if number < len(chosen) else _proposed(item, point, register, later)
        for number, point in enumerate(points)
    ]


def _proposed(item: AgendaItem, text: str, register: Register, later: date) -> ProposedPoint:
    named = named_in(text, register.answerable)
    said = binds(text, register.answerable)
    parties = tuple(int(key.partition(":")[2]) for key in said.keys) or register.group(said.group)
    trust = register.group("trust")
    alone = f"party:{trust[0]}" if said.group == "trust" and trust else f"body:{item.body_id}"
    return ProposedPoint(
        text=text,
        owner=named[0] if named else alone,
        due=day_in(text, item.meeting.day) or later,
        binds="named" if said.group == "trust" else said.group,
        parties=parties,
    )


def _chosen(text: str, said: Mapping[str, object]) -> ProposedPoint:
    due = said.get("due")
    parties, helpers = said.get("parties"), said.get("helpers")
    return ProposedPoint(
        text=text,
        owner=str(said.get("owner") or ""),
        due=date.fromisoformat(str(due)) if due else None,
        no_follow_up=bool(said.get("no_follow_up")),
        binds=str(said.get("binds") or ""),
        parties=tuple(int(one) for one in parties) if isinstance(parties, list) else (),
        helpers=tuple(str(one) for one in helpers) if isinstance(helpers, list) else (),
    )


def choices_in(standing: Saved[MinuteText]) -> list[dict[str, object]]:
    """What was chosen per point, as it was saved."""
    return json.loads(standing.text) if standing.text else []


def choices_text(points: Iterable[ProposedPoint]) -> str:
    """The form in which choices are saved; `choices_in` gives them back."""
    return json.dumps(
        [
            {
                "owner": one.owner,
                "due": one.due.isoformat() if one.due else "",
                "no_follow_up": one.no_follow_up,
                "binds": one.binds,
                "parties": list(one.parties),
                "helpers": list(one.helpers),
            }
            for one in points
        ]
    )


def wants_points(item: AgendaItem) -> bool:
    return item.treatment is not None and item.treatment.case.kind == CaseKind.DECISION
