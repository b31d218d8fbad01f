"""What the secretariat sees before the notice: what is missing, who gets it, and what waits in the queue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Account, Bloc, WrittenForm
from samspill.governance.meeting_wording import hours_and_minutes, many
from samspill.governance.meeting_wording import votes as votes_in_words
from samspill.governance.models import (
    AgendaItem,
    AnchoringRound,
    Case,
    Meeting,
    Statement,
    StatementRequest,
    Tenure,
)
from samspill.governance.queries.attendance import Expected
from samspill.governance.queries.bodies import rule_on
from samspill.governance.rules.passages import missing_parts
from samspill.governance.states import AnchoringState, Answer, BriefPart, Parity
from samspill.worklist.public import number_in_words


@dataclass(frozen=True)
class Finding:
    """Something to know before the notice, in a sentence. `g` is its shape: "late" warns, "unknown" tells."""

    code: str
    words: str
    g: str = "unknown"
    item: AgendaItem | None = None


def findings(
    meeting: Meeting, items: Sequence[AgendaItem], expected: Expected, texts: dict[int, dict[str, str]]
) -> list[Finding]:
    """The most serious first: sides and seats, then cases. `texts` are standing texts by case. 6 queries."""
    found = [
        *_sides(meeting, expected),
        *_seats(expected),
        *_cases(items, texts),
        *_statements(items),
        *_length(meeting, items),
        *_without_account(expected),
    ]
    return sorted(found, key=lambda one: one.g != "late")


def _sides(meeting: Meeting, expected: Expected) -> Iterable[Finding]:
    rule = rule_on(meeting.body_id, meeting.day)
    if rule is None:
        yield Finding(
            "rule", _("The body has no rule about its seats on that day, so parity is not checked.")
        )
        return
    municipal, hospital = expected.votes(Bloc.MUNICIPAL), expected.votes(Bloc.HOSPITAL)
    if rule.parity == Parity.EQUAL and municipal != hospital:
        equal = _("They are to be equal.")
        yield Finding(
            "parity",
            f"{votes_in_words(municipal, hospital)}. {equal}",
            "late",
        )
    for side, votes in ((Bloc.MUNICIPAL, municipal), (Bloc.HOSPITAL, hospital)):
        if votes < rule.quorum_per_bloc:
            yield Finding(
                "quorum",
                _("The meeting cannot decide: %(found)s come from the %(side)s, and %(needed)s are needed.")
                % {
                    "found": number_in_words(votes),
                    "side": side.label,
                    "needed": number_in_words(rule.quorum_per_bloc),
                },
                "late",
            )


def _seats(expected: Expected) -> Iterable[Finding]:
    for one in expected.empty:
        names = many(absent.tenure.name for absent in one.absent) or str(one.on_day.holder)
        yield Finding(
            "empty",
            _("The seat of %(seat)s is empty: %(names)s cannot come, and no substitute is left.")
            % {"seat": one.seat, "names": names},
            "late",
        )
    vacant = [str(one.seat) for one in expected.composition.vacant]
    if vacant:
        yield Finding(
            "vacant",
            ngettext("The seat of %(seats)s is vacant.", "The seats of %(seats)s are vacant.", len(vacant))
            % {"seats": many(vacant)},
        )


def _cases(items: Sequence[AgendaItem], texts: dict[int, dict[str, str]]) -> Iterable[Finding]:
    with_case = [(item, item.treatment.case) for item in items if item.treatment is not None]
    rounds: dict[int, list[AnchoringRound]] = {}
    for one in AnchoringRound.objects.filter(case__in=[case.pk for _item, case in with_case]):
        rounds.setdefault(one.case_id, []).append(one)
    for item, case in with_case:
        written = {part for part, text in texts.get(case.pk, {}).items() if text.strip()}
        missing = missing_parts(case.kind, written)
        if missing:
            yield _of_case("brief", _("«%(case)s» lacks %(parts)s."), case, item, parts=missing)
        yield from _anchored(item, case, rounds.get(case.pk, []))
        if item.is_late and item.late_yes_by_id is None:
            yield _of_case("late", _("«%(case)s» is late and waits for the chair's yes."), case, item)


def _anchored(item: AgendaItem, case: Case, rounds: Sequence[AnchoringRound]) -> Iterable[Finding]:
    if not case.needs_anchoring:
        return
    if not rounds or any(one.state == AnchoringState.OPEN for one in rounds):
        yield _of_case(
            "anchoring",
            _("«%(case)s» is not anchored: the municipalities have not all answered."),
            case,
            item,
        )


def _of_case(
    code: str, pattern: str, case: Case, item: AgendaItem, parts: Sequence[BriefPart] = ()
) -> Finding:
    words = pattern % {"case": case.title, "parts": many(f"«{part.label}»" for part in parts)}
    return Finding(code, words, "late", item)


def _statements(items: Sequence[AgendaItem]) -> Iterable[Finding]:
    by_case = {item.treatment.case_id: item for item in items if item.treatment is not None}
    asked = StatementRequest.objects.filter(case__in=by_case).select_related("party", "organisation", "body")
    said = set(
        Statement.objects.filter(case__in=by_case).values_list(
            "case_id", "party_id", "organisation_id", "body_id"
        )
    )
    silent: dict[int, list[str]] = {}
    for one in asked:
        if (one.case_id, one.party_id, one.organisation_id, one.body_id) not in said:
            silent.setdefault(one.case_id, []).append(str(one))
    for case_id, names in silent.items():
        item = by_case[case_id]
        yield Finding(
            "statement",
            _("%(names)s were asked about «%(case)s» and have not answered.")
            % {"names": many(names), "case": item.public_title},
            "unknown",
            item,
        )


def minutes_planned(items: Iterable[AgendaItem]) -> int:
    return sum(item.minutes_wanted for item in items)


def minutes_of(meeting: Meeting) -> int:
    starts = datetime.combine(meeting.day, meeting.starts)
    return int((datetime.combine(meeting.day, meeting.ends) - starts).total_seconds() // 60)


def _length(meeting: Meeting, items: Sequence[AgendaItem]) -> Iterable[Finding]:
    over = minutes_planned(items) - minutes_of(meeting)
    if over > 0:
        yield Finding(
            "length",
            _("The items take %(over)s more than the meeting lasts.") % {"over": hours_and_minutes(over)},
            "late",
        )


@dataclass(frozen=True)
class Recipient:
    """Somebody who is called: in which seat, by which mail and in which målform; none without an account."""

    tenure: Tenure
    seat: str
    email: str = ""
    written_form: str = ""

    @property
    def language(self) -> str:
        return str(WrittenForm(self.written_form).label) if self.written_form else ""


def recipients(meeting: Meeting, expected: Expected) -> list[Recipient]:
    """Everybody the notice goes to, in the order of seats. 2 queries."""
    tenures: list[tuple[str, Tenure]] = []
    for one in expected.seats:
        coming = [each.tenure for each in one.called if each.answer != Answer.NO]
        if not one.called and one.on_day.holder is not None:
            coming = [one.on_day.holder]
        tenures += [(str(one.seat), tenure) for tenure in coming]
    accounts = {
        account.person_id: account
        for account in Account.objects.filter(
            person__in=[tenure.person_id for _seat, tenure in tenures if tenure.person_id], is_active=True
        )
    }
    default = meeting.community.written_form
    return [
        Recipient(
            tenure,
            seat,
            account.email if (account := accounts.get(tenure.person_id)) else "",
            (account.written_form or default) if account else "",
        )
        for seat, tenure in tenures
    ]


def _without_account(expected: Expected) -> Iterable[Finding]:
    people = {
        one.on_day.holder.person_id: one.on_day.holder.name for one in expected.seats if one.on_day.holder
    }
    known = set(
        Account.objects.filter(person__in=[pk for pk in people if pk], is_active=True).values_list(
            "person_id", flat=True
        )
    )
    names = [name for pk, name in people.items() if pk not in known]
    if names:
        yield Finding(
            "no_account",
            ngettext(
                "%(names)s has no account, and gets no mail.",
                "%(names)s have no account, and get no mail.",
                len(names),
            )
            % {
                "names": many(names[:4]) if len(names) <= 4 else _("%(count)s people") % {"count": len(names)}
            },
        )
