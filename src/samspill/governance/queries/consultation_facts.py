"""Hearings that are under way as facts: who has said what, for tasks that need no texts.

The same as `consultations.standing_of`, for every hearing at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Substr
from django.utils.text import Truncator

from samspill.directory.public import Actor, Body, Facts, Party, Wanted, alphabetical, parties_of
from samspill.governance.models import ConsultationQuestion, Contribution, Treatment
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import held_by
from samspill.governance.queries.consultation_way import UNDER_WAY
from samspill.governance.queries.consultations import consultations_of
from samspill.governance.queries.speaking import led_by
from samspill.governance.states import ConsultationState

TITLE_FITS = 70
SHOWN = 200  # characters of a question, more than a task shows
_NAMED = {"pk": "pk", "name": "name", "short": "short_name"}


@dataclass(frozen=True)
class Writes:
    """A party or a body that contributes, by the `key` it has in addresses."""

    key: str
    name: str
    is_party: bool


@dataclass(frozen=True)
class Led:
    """A question and who leads it: `lead` is "" for the secretariat."""

    pk: int
    name: str
    text: str
    is_done: bool
    lead: str
    said_by: frozenset[str]


@dataclass(frozen=True)
class Hearing:
    """A hearing as it stands. `writers`: those the actor speaks for, or all for the secretariat."""

    facts: Facts

    @property
    def pk(self) -> int:
        return self.facts.pk

    @property
    def state(self) -> ConsultationState:
        return ConsultationState(self.facts["state"])

    @property
    def title(self) -> str:
        """As much of it as a task shows."""
        return Truncator(self.facts["title"]).chars(TITLE_FITS)

    @property
    def is_stuck(self) -> bool:
        """Waiting for approval, and no body has it."""
        return self.state == ConsultationState.FOR_APPROVAL and not self.facts["is_with_a_body"]

    @property
    def answer_by(self) -> date | None:
        return self.facts.day("answer_by")

    @property
    def contributions_by(self) -> date | None:
        return self.facts.day("contributions_by")

    @cached_property
    def questions(self) -> list[Led]:
        said: dict[int, set[str]] = {}
        for one in self.facts["said"]:
            said.setdefault(one["question"], set()).add(_key(one))
        return [
            Led(
                pk=one["pk"],
                name=one["number"] or f"({one['order']})",
                text=one["text"],
                is_done=one["is_done"],
                lead=_key(one) if one["party"] or one["body"] else "",
                said_by=frozenset(said.get(one["pk"], ())),
            )
            for one in self.facts["questions"]
        ]

    @cached_property
    def writers(self) -> list[Writes]:
        """Parties, then bodies that lead a question."""
        leads = {one.lead for one in self.questions}
        bodies = (one for one in _written(self.facts["bodies"], "body") if one.key in leads)
        return [
            *_written(self.facts["parties"], "party"),
            *sorted(bodies, key=lambda one: alphabetical(one.name)),
        ]

    def owes(self, writer: Writes) -> bool:
        """A party that has written nothing at all, or a lead not to its own question."""
        if any(one.lead == writer.key and writer.key not in one.said_by for one in self.questions):
            return True
        return writer.is_party and not any(writer.key in one.said_by for one in self.questions)


def what_is_heard(actor: Actor, states: Sequence[ConsultationState]) -> Wanted:
    """The hearings of the actor's community in one of the states, and what `Hearing` needs of them."""
    inside = {"consultation": OuterRef("pk")}
    questions = ConsultationQuestion.objects.filter(**inside).order_by("order")
    return Wanted(
        consultations_of(actor, states).select_related(None),
        {
            "state": "state",
            "title": "title",
            "answer_by": "answer_by",
            "contributions_by": "contributions_by",
            "is_with_a_body": Exists(
                Treatment.objects.filter(case=OuterRef("case"), state__in=[one.value for one in UNDER_WAY])
            ),
            "questions": ArraySubquery(
                questions.values_list(
                    JSONObject(
                        pk="pk", number="number", order="order", text=Substr("text", 1, SHOWN),
                        is_done="is_done", party="lead_party_id", body="lead_body_id",
                    )
                )
            ),
            "said": ArraySubquery(
                _standing(actor).values_list(
                    JSONObject(question="question_id", party="party_id", body="body_id")
                )
            ),
            "parties": ArraySubquery(_parties(actor).values_list(JSONObject(**_NAMED))),
            "bodies": ArraySubquery(_bodies(actor).values_list(JSONObject(**_NAMED))),
        },
    )  # fmt: skip


def _standing(actor: Actor) -> QuerySet[Contribution]:
    """What stands of contributions and holds words."""
    rows = Contribution.objects.visible_to(actor).filter(beside=False)
    by_party = Q(party=OuterRef("party")) | Q(party__isnull=True, body=OuterRef("body"))
    newer = Contribution.objects.filter(by_party, question=OuterRef("question"), beside=False)
    here = rows.filter(question__consultation=OuterRef("pk")).exclude(text__regex=r"^\s*$")
    return here.exclude(Exists(newer.filter(pk__gt=OuterRef("pk"))))


def _parties(actor: Actor) -> QuerySet[Party]:
    rows = parties_of(actor.community_id or 0, actor.today)
    if is_secretariat(actor):
        return rows
    seats = held_by(actor).filter(seat__party=OuterRef("pk"))
    return rows.filter(Q(pk__in=actor.party_ids) | Q(Exists(seats)))


def _bodies(actor: Actor) -> QuerySet[Body]:
    """Bodies the actor speaks for: by a role there, or leading it from a seat."""
    rows = Body.objects.filter(community_id=actor.community_id or 0)
    if is_secretariat(actor):
        return rows
    leads = led_by(actor).filter(seat__body=OuterRef("pk"))
    return rows.filter(Q(pk__in=actor.body_ids) | Q(Exists(leads)))


def _written(rows: Sequence[dict[str, str]], kind: str) -> Iterator[Writes]:
    for one in rows:
        yield Writes(f"{kind}-{one['pk']}", one["short"] or one["name"], kind == "party")


def _key(one: dict[str, int | None]) -> str:
    return f"party-{one['party']}" if one["party"] else f"body-{one['body']}"
