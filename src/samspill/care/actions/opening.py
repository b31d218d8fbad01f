"""Open a patient: a decision, what it opens, and a line in the log, in one transaction or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from samspill.care.actions.deciding import READ, Wish, decide_on_facts, on_duty, team_list
from samspill.care.carrying import carrying
from samspill.care.models import AccessDecision, AccessLogEntry, CareTeam, Patient
from samspill.care.queries.access_facts import Known
from samspill.care.states import Act, Basis
from samspill.directory.public import Actor, keep_row

_EMERGENCY: ContextVar[tuple[AccessDecision, ...]] = ContextVar("emergency", default=())


@dataclass(frozen=True)
class Opened:
    """A patient as the decisions show them; `known` is what they rest on, and not to be shown."""

    patient_id: int
    decisions: tuple[AccessDecision, ...]
    known: Known

    @cached_property
    def patient(self) -> Patient:
        """As the decisions show them. 1 query, the first time."""
        return Patient.objects.get(pk=self.patient_id)

    @property
    def tenants(self) -> frozenset[int]:
        """The organisations whose records are open."""
        return frozenset(tenant for one in self.decisions for tenant in one.tenants)

    def hides(self, part: str) -> bool:
        """Whether the patient has blocked this kind of information, in all that is open."""
        return all(part in one.hidden_parts for one in self.decisions)


@contextmanager
def opening(
    patient_id: int, *, by: Actor, what: str, act: str = Act.READ, wish: Wish = READ, number: str = ""
) -> Iterator[Opened]:
    """Inside, the patient's rows are there; that they were looked at is written first.

    `what` is the kind of information, a stable code ("care.timeline"). With a national `number` it is the
    patient who has it, and `patient_id` is 0. Refused as `deciding.decide`.
    """
    known, decided = decide_on_facts(patient_id, by=by, wish=wish, number=number)
    decisions = tuple(decided)
    with carrying(*(one.pk for one in decisions)):
        write_log(decisions, what=what, act=act)
        token = _EMERGENCY.set(tuple(one for one in decisions if one.basis == Basis.BREAK_GLASS))
        try:
            yield Opened(known.patient.pk, decisions, known)
        finally:
            _EMERGENCY.reset(token)


def emergency_here(patient_id: int) -> tuple[AccessDecision, ...]:
    """The emergency access that what is open just now rests on; for the line on top of the page. No query."""
    return tuple(one for one in _EMERGENCY.get() if one.patient_id == patient_id)


@contextmanager
def opening_list(team: CareTeam, *, by: Actor) -> Iterator[AccessDecision]:
    """Inside, the narrow list of the team is there. Who stood on it is written by `write_listed`."""
    decision = team_list(team, by=by)
    with carrying(decision.pk):
        yield decision


@contextmanager
def opening_by_duty(*, by: Actor) -> Iterator[AccessDecision]:
    """Inside, Samspill sees every record of the community: for what the clock or a message starts."""
    decision = on_duty(by=by)
    with carrying(decision.pk):
        yield decision


def write_log(decisions: Iterable[AccessDecision], *, what: str, act: str) -> None:
    """A line for each decision: one look into two records is seen by both."""
    lines = [_entry(one, what=what, act=act, patient_id=one.patient_id) for one in decisions]
    if len(lines) == 1:
        keep_row(lines[0])
    else:
        AccessLogEntry.objects.bulk_create(lines)


def write_listed(decision: AccessDecision, patients: Iterable[int], *, what: str) -> None:
    """Who stood on a list, one line: those alone that the same decision has not shown before."""
    before = AccessLogEntry.objects.filter(decision=decision, what=what).values_list("patients", flat=True)
    seen = {one for row in before for one in row}
    if new := sorted(set(patients) - seen):
        keep_row(_entry(decision, what=what, act=Act.LIST, patients=new))


def _entry(decision: AccessDecision, **said: object) -> AccessLogEntry:
    team = decision.team
    return AccessLogEntry(
        community_id=decision.community_id,
        decision=decision,
        by_id=decision.by_id,
        by_name=decision.by_name,
        team_name=team.name if team else "",
        tenant_name=str(team.tenant) if team else "",
        **said,
    )
