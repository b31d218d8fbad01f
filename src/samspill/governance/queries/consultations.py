"""Hearings as an actor sees them: one of them, the list, and who has said what to which question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, Body, Party, alphabetical, parties_of
from samspill.governance.models import Consultation, ConsultationQuestion, Contribution, JointText
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.queries.speaking import bodies_of
from samspill.governance.queries.voices import parties_in
from samspill.governance.states import ConsultationState

SORTS = ("horing", "avsender", "frist", "tilstand")


@dataclass(frozen=True)
class Writer:
    """A party or a body that contributes. `key` names it in addresses: «party-3», «body-4»."""

    key: str
    name: str
    party: Party | None = None
    body: Body | None = None

    @property
    def keys(self) -> dict[str, Party | Body | None]:
        """What its contributions have in their rows."""
        return {"party": self.party, "body": self.body}


def of_party(party: Party) -> Writer:
    return Writer(f"party-{party.pk}", str(party), party=party)


def of_body(body: Body) -> Writer:
    return Writer(f"body-{body.pk}", str(body), body=body)


def find_consultation(pk: int, actor: Actor) -> Consultation:
    """The hearing, or a page that says it is not here."""
    rows = Consultation.objects.visible_to(actor).select_related("community", "case", "approved_by_body")
    return get_object_or_404(rows, pk=pk)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for, as the address has it."""

    group: str = ""
    text: str = ""
    sort: str = ""
    down: bool = False


GROUPS: Mapping[str, frozenset[ConsultationState]] = {
    "pagar": frozenset(
        {
            ConsultationState.RECEIVED,
            ConsultationState.DIVIDED,
            ConsultationState.CONTRIBUTIONS,
            ConsultationState.COMPILED,
        }
    ),
    "godkjenning": frozenset({ConsultationState.FOR_APPROVAL, ConsultationState.APPROVED}),
    "levert": frozenset({ConsultationState.DELIVERED, ConsultationState.PUBLISHED}),
}
"""What the list is narrowed to, by its word in the address."""


@dataclass(frozen=True)
class FoundList:
    rows: tuple[Consultation, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0


def consultation_list(wanted: Wanted, actor: Actor) -> FoundList:
    """The list, and counts per word of GROUPS; each row has the counts `asked` and `done`. 1 query."""
    done = Count("questions", filter=Q(questions__is_done=True))
    rows = Consultation.objects.visible_to(actor).select_related("community")
    every = list(rows.annotate(asked=Count("questions"), done=done))
    counts = {word: sum(one.state in states for one in every) for word, states in GROUPS.items()}
    text = wanted.text.casefold()
    chosen = [
        one
        for one in every
        if (not wanted.group or one.state in GROUPS[wanted.group])
        and text in f"{one.title} {one.asked_by}".casefold()
    ]
    return FoundList(tuple(_sorted(chosen, wanted)), counts, len(every))


def _sorted(rows: Sequence[Consultation], wanted: Wanted) -> Sequence[Consultation]:
    """The newest first, unless another order is asked for; what has no day is last."""
    order = list(ConsultationState)
    keys = {
        "horing": lambda one: alphabetical(one.title),
        "avsender": lambda one: alphabetical(one.asked_by),
        "frist": lambda one: (one.answer_by is None, one.answer_by),
        "tilstand": lambda one: order.index(ConsultationState(one.state)),
    }
    if wanted.sort not in keys:
        return rows
    return sorted(rows, key=keys[wanted.sort], reverse=wanted.down)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Asked:
    """A question with everything written to it.

    said    what stands of each writer's contributions, by `Writer.key`; only those that hold words
    wordings  of the joint text, oldest first
    """

    question: ConsultationQuestion
    said: Mapping[str, Contribution]
    wordings: Sequence[JointText]
    lead: Writer | None

    @property
    def joint(self) -> JointText | None:
        """The joint text that stands."""
        return next((one for one in reversed(self.wordings) if not one.beside), None)

    @property
    def answer(self) -> str:
        return self.joint.text if self.joint else ""

    @property
    def name(self) -> str:
        """«4b», or its place in the set."""
        return self.question.number or f"({self.question.order})"


@dataclass(frozen=True)
class Standing:
    """A hearing as it stands: its questions, and its writers (parties, then bodies that lead)."""

    consultation: Consultation
    questions: Sequence[Asked]
    writers: Sequence[Writer]

    @cached_property
    def silent(self) -> list[Writer]:
        """Who owes words: a party that has written nothing at all, or a lead not to its own question."""
        return [one for one in self.writers if self.owes(one)]

    def owes(self, writer: Writer) -> bool:
        led = [one for one in self.questions if one.lead and one.lead.key == writer.key]
        if any(writer.key not in one.said for one in led):
            return True
        return writer.party is not None and not any(writer.key in one.said for one in self.questions)

    @property
    def done(self) -> int:
        return sum(one.question.is_done for one in self.questions)

    @property
    def undivided(self) -> int:
        return sum(not one.question.is_led for one in self.questions)

    def names(self) -> dict[int, tuple[str, bool]]:
        """Who wrote each contribution, by its number, and whether they have written anew since. 1 query."""
        by_key = {writer.key: writer.name for writer in self.writers}
        rows = Contribution.objects.filter(question__consultation=self.consultation)
        found = {}
        newest = {row.pk for one in self.questions for row in one.said.values()}
        for row in rows.select_related("party", "body").defer("text"):
            name = by_key.get(writer_key(row)) or str(row.party or row.body)
            found[row.pk] = (name, row.pk not in newest)
        return found


def writer_key(row: Contribution) -> str:
    return f"party-{row.party_id}" if row.party_id else f"body-{row.body_id}"


def standing_of(consultation: Consultation, actor: Actor) -> Standing:
    """Everything written in a hearing. 4 queries."""
    questions = list(consultation.questions.select_related("lead_party", "lead_body"))
    said: dict[int, dict[str, Contribution]] = {}
    rows = Contribution.objects.visible_to(actor).filter(question__consultation=consultation, beside=False)
    for row in rows.order_by("pk"):
        said.setdefault(row.question_id, {})[writer_key(row)] = row
    joint: dict[int, list[JointText]] = {}
    texts = JointText.objects.visible_to(actor).filter(question__consultation=consultation)
    for text in texts.order_by("pk"):
        joint.setdefault(text.question_id, []).append(text)
    asked = [
        Asked(
            one,
            {key: row for key, row in said.get(one.pk, {}).items() if row.text.strip()},
            joint.get(one.pk, []),
            lead_of(one),
        )
        for one in questions
    ]
    return Standing(consultation, asked, _writers(consultation, asked, actor))


def lead_of(question: ConsultationQuestion) -> Writer | None:
    if question.lead_party:
        return of_party(question.lead_party)
    return of_body(question.lead_body) if question.lead_body else None


def _writers(consultation: Consultation, asked: Iterable[Asked], actor: Actor) -> list[Writer]:
    parties = parties_of(consultation.community, actor.today)
    bodies = {one.lead.key: one.lead for one in asked if one.lead and one.lead.body}
    return [*map(of_party, parties), *sorted(bodies.values(), key=lambda one: alphabetical(one.name))]


def mine_of(standing: Standing, actor: Actor) -> list[Writer]:
    """The writers the actor speaks for, own ones first; the secretariat for all. At most 3 queries."""
    if not actor.is_known and not is_secretariat(actor):
        return []
    parties = parties_in(tenures_of(actor), actor) if actor.is_known else frozenset()
    bodies = bodies_of(actor) if any(one.body for one in standing.writers) else frozenset()
    own = [
        one
        for one in standing.writers
        if (one.party and one.party.pk in parties) or (one.body and one.body.pk in bodies)
    ]
    if not is_secretariat(actor):
        return own
    return [*own, *(one for one in standing.writers if one not in own)]


def speaks_for(writer: Writer, actor: Actor) -> bool:
    """Whether the actor writes for a party or body: as itself, or as the secretariat. At most 2 queries."""
    if is_secretariat(actor):
        return True
    if writer.body is not None:
        return writer.body.pk in bodies_of(actor)
    return writer.party is not None and writer.party.pk in parties_in(tenures_of(actor), actor)


def open_rows_exist(consultation: Consultation) -> bool:
    """Whether anybody has contributed anything."""
    rows = Contribution.objects.filter(question=OuterRef("pk"))
    return consultation.questions.filter(Exists(rows)).exists()


def consultations_of(actor: Actor, states: Iterable[ConsultationState]) -> QuerySet[Consultation]:
    """Hearings of the actor's community that are in one of the states."""
    here = Consultation.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    return here.filter(state__in=[one.value for one in states]).select_related("community")


def bodies_on(consultation: Consultation, day: date) -> list[Body]:
    """Bodies of the helsefellesskap that there are on `day`, by name. 1 query."""
    there = Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gt=day)
    rows = Body.objects.filter(*there, community_id=consultation.community_id)
    return sorted(rows, key=lambda one: alphabetical(str(one)))
