"""The medication list from a draft to a signature: begin, write, paste, undo, sign, replace, take back.

A draft takes whatever is written, so that nothing is lost; what is missing is told by `check` and refused by
`sign`. Each change can be undone. All are called in the actor's `scope`; `now` is the moment it is done.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.safety_net import answers_for
from samspill.care.medication_lines import (
    MOST_LINES,
    Lack,
    Line,
    cut,
    day_of,
    from_plain,
    lacks,
    rest_continues,
    to_decide_again,
    to_plain,
)
from samspill.care.medication_states import ListState, MedicationSource, Occasion
from samspill.care.medication_text import lines_of
from samspill.care.models import MedicationLine, MedicationList
from samspill.care.queries.medication import PART, find_list, own_list
from samspill.care.states import Act, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused

WHAT = "care.medication"
LOOK = Wish(part=PART)
MAKE = Wish(part=PART, right=Right.PLAN)
MOST_UNDONE = 10
TYPED = "typed"
"""Changes of this kind right after each other are undone together."""


@dataclass(frozen=True)
class About:
    """Of a draft, all but its lines. `sources` are codes of `MedicationSource`."""

    occasion: str = Occasion.DISCHARGE
    place: str = ""
    sources: Sequence[str] = ()
    uses_none: bool = False


@dataclass(frozen=True)
class ListDraft:
    """A draft that is open, with the patient."""

    opened: Opened
    row: MedicationList

    @property
    def lines(self) -> tuple[Line, ...]:
        return from_plain(self.row.draft)


@contextmanager
def _making(patient_id: int, *, by: Actor, act: str) -> Iterator[Opened]:
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=act, wish=MAKE) as opened:
        yield opened


def begin_list(patient_id: int, *, by: Actor, now: datetime) -> MedicationList:
    """A draft with what is taken by the list in use, each line to be decided anew.

    The draft that the organisation has begun is given back as it is. Refused: as `opening`;
    `safety_net.not_in_a_team`.
    """
    with _making(patient_id, by=by, act=Act.WRITE) as opened:
        decision, team = answers_for(opened)
        tenant = decision.tenants[0]
        mine = MedicationList.objects.filter(patient_id=patient_id, tenant=tenant)
        if (draft := mine.filter(state=ListState.DRAFT).first()) is not None:
            return draft
        former = own_list(patient_id, tenant)
        made = MedicationList(
            community_id=opened.patient.community_id,
            tenant_id=tenant,
            patient=opened.patient,
            team=team,
            version=(mine.aggregate(last=Max("version"))["last"] or 0) + 1,
            place=team.name,
            draft=to_plain(to_decide_again(map(_line_of, former.lines.all()))) if former else [],
            made_by_id=by.account_id or 0,
            made_by_name=by.name,
            made_at=now,
        )
        return _kept_once(made, mine)


def _kept_once(made: MedicationList, mine: QuerySet[MedicationList]) -> MedicationList:
    """Somebody else may have begun in the same moment; then it is theirs that is gone on with."""
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        begun = mine.filter(state=ListState.DRAFT).first()
        if begun is None:
            raise
        return begun
    return made


def _line_of(row: MedicationLine) -> Line:
    return Line(
        name=row.name, strength=row.strength, form=row.form, dose=row.dose, purpose=row.purpose,
        from_day=_said(row.from_day), to_day=_said(row.to_day), decision=row.decision, reason=row.reason,
        said_by=row.said_by, atc=row.atc,
    )  # fmt: skip


def _said(day: object) -> str:
    return str(day) if day else ""


@contextmanager
def opening_list_draft(
    list_id: int, patient_id: int, *, by: Actor, act: str = Act.READ
) -> Iterator[ListDraft]:
    """The draft, to be shown, or to be changed by nobody else meanwhile.

    Refuses `medication.not_a_draft` what is signed, and `medication.not_yours` another organisation's.
    """
    with _making(patient_id, by=by, act=act) as opened:
        if act != Act.READ:
            _lock(list_id)
        row = find_list(list_id, patient_id)
        if not row.is_draft:
            raise Refused(
                "medication.not_a_draft",
                _("This list is signed, and does not change. Begin a new one: it takes this one's place."),
            )
        _check_ours(row, opened)
        yield ListDraft(opened, row)


def _lock(list_id: int) -> None:
    """The row alone, before it is read."""
    list(MedicationList.objects.select_for_update().filter(pk=list_id).values_list("pk"))


def _check_ours(row: MedicationList, opened: Opened) -> None:
    if row.tenant_id not in opened.tenants:
        raise Refused(
            "medication.not_yours",
            _("Another organisation made this list. Ask them, or make a list of your own."),
            forbidden=True,
        )


def save_list(
    list_id: int, patient_id: int, lines: Sequence[Line], *, about: About, by: Actor, why: str = TYPED
) -> MedicationList:
    """Keep what is written, whatever is missing. What stood before can be had again with `undo_list`.

    Refused: as `opening_list_draft`; `medication.too_many` lines.
    """
    with opening_list_draft(list_id, patient_id, by=by, act=Act.WRITE) as draft:
        row = draft.row
        row.occasion = about.occasion if about.occasion in Occasion.values else Occasion.OTHER
        row.place = " ".join(about.place.replace("\x00", "").split())[:160]
        row.sources = [one for one in MedicationSource.values if one in about.sources]
        row.uses_none = about.uses_none
        return _changed(row, lines, why)


def _changed(row: MedicationList, lines: Sequence[Line], why: str) -> MedicationList:
    if len(lines) > MOST_LINES:
        raise Refused(
            "medication.too_many",
            _("There are more than %(most)s lines. Take out some of them.") % {"most": MOST_LINES},
            field="pasted",
        )
    kept = to_plain(map(cut, lines))
    if kept != row.draft:
        last = row.undo[-1]["why"] if row.undo else ""
        if why != TYPED or last != TYPED:
            row.undo = [*row.undo, {"why": why, "lines": row.draft}][-MOST_UNDONE:]
        row.draft = kept
    row.save()
    return row


def paste(list_id: int, patient_id: int, pasted: str, *, by: Actor) -> int:
    """The lines of a discharge letter, put after those that are there; how many they are."""
    with opening_list_draft(list_id, patient_id, by=by, act=Act.WRITE) as draft:
        found = lines_of(pasted)
        _changed(draft.row, [*draft.lines, *found], "pasted")
        return len(found)


def continue_rest(list_id: int, patient_id: int, *, by: Actor) -> None:
    """Everything that nobody has decided anything of goes on as before."""
    with opening_list_draft(list_id, patient_id, by=by, act=Act.WRITE) as draft:
        _changed(draft.row, rest_continues(draft.lines), "rest")


def take_out(list_id: int, patient_id: int, place: int, *, by: Actor) -> None:
    """The line is not to be on the list at all: it was written by mistake."""
    with opening_list_draft(list_id, patient_id, by=by, act=Act.WRITE) as draft:
        lines = [one for at, one in enumerate(draft.lines) if at != place]
        _changed(draft.row, lines, "out")


def undo_list(list_id: int, patient_id: int, *, by: Actor) -> bool:
    """As it was before the last change of its lines; False when there is none."""
    with opening_list_draft(list_id, patient_id, by=by, act=Act.WRITE) as draft:
        row = draft.row
        if not row.undo:
            return False
        *row.undo, last = row.undo
        row.draft = last["lines"]
        row.save()
        return True


def check_list(row: MedicationList) -> list[Lack]:
    """Every reason why the draft cannot be signed now, at once; empty when it can."""
    return lacks(from_plain(row.draft), uses_none=row.uses_none, sources=row.sources)


def sign_list(list_id: int, patient_id: int, *, by: Actor, now: datetime) -> MedicationList:
    """Somebody vouches for every line. It takes the place of the one in use in the same record.

    Refused: as `opening_list_draft`; `medication.not_ready` with every reason in `facts["lacks"]`.
    """
    with opening_list_draft(list_id, patient_id, by=by, act=Act.WRITE) as draft:
        row = draft.row
        if found := check_list(row):
            told = " ".join(one.sentence for one in found)
            raise Refused("medication.not_ready", told, facts={"lacks": found})
        MedicationLine.objects.bulk_create(_kept(row, place, one) for place, one in enumerate(draft.lines, 1))
        row.replaces = _replaced(row, by=by, now=now)
        row.draft, row.undo = [], []
        row.state, row.signed_at = ListState.SIGNED, now
        row.signed_by_id, row.signed_by_name = by.account_id, by.name
        row.save()
    return row


def _kept(row: MedicationList, place: int, one: Line) -> MedicationLine:
    return MedicationLine(
        community_id=row.community_id, tenant_id=row.tenant_id, patient_id=row.patient_id, list=row,
        order=place, name=one.name, strength=one.strength, form=one.form, dose=one.dose,
        purpose=one.purpose, from_day=day_of(one.from_day), to_day=day_of(one.to_day),
        decision=one.decision, reason=one.reason, said_by=one.said_by, atc=one.atc,
    )  # fmt: skip


def _replaced(row: MedicationList, *, by: Actor, now: datetime) -> MedicationList | None:
    former = (
        MedicationList.objects.select_for_update()
        .filter(patient_id=row.patient_id, tenant_id=row.tenant_id, state=ListState.SIGNED)
        .first()
    )
    if former is not None:
        former.state, former.ended_at, former.ended_by_id = ListState.REPLACED, now, by.account_id
        former.save()
    return former


def take_back_list(list_id: int, patient_id: int, *, reason: str, by: Actor, now: datetime) -> MedicationList:
    """The list was made in error: of another patient, or with a wrong line. It is kept, and not in use.

    Refused: `medication.reason` without one; `medication.not_yours`; as `opening`.
    """
    with _making(patient_id, by=by, act=Act.WRITE) as opened:
        _lock(list_id)
        row = find_list(list_id, patient_id)
        _check_ours(row, opened)
        if not reason.strip():
            raise Refused("medication.reason", _("Say what is wrong with the list."), field="reason")
        if row.state != ListState.MISTAKE:
            row.state, row.ended_at, row.ended_by_id = ListState.MISTAKE, now, by.account_id
            row.end_reason = reason.strip()[:500]
            row.save()
    return row


def sources_said(codes: Collection[str]) -> list[str]:
    """What the list was compared with, in words."""
    return [str(MedicationSource(one).label) for one in MedicationSource.values if one in codes]
