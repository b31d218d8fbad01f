"""A year of meetings in a community: cases reported and written, meetings called, held and followed up.

Everything by those who may, on the day it happened, through the acts people use.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial

from django.utils import timezone

from samspill.demo.stage import Stage
from samspill.demo.world import workday
from samspill.demo.year_facts import (
    AnchoringFact,
    CaseFact,
    ItemFact,
    MeetingFact,
    PointFact,
    ToldFact,
)
from samspill.directory.public import Actor, Body, Party, PartyKind, scope
from samspill.governance.public import (
    AgendaItem,
    Case,
    CaseWords,
    DecisionPoint,
    FollowUp,
    From,
    Handling,
    How,
    Meeting,
    NewDissent,
    NewPoint,
    Screening,
    Slot,
    add_meeting,
    answer_anchoring,
    ask_anchoring,
    assign_down,
    change_case,
    close_meeting,
    confirm_follow_up,
    decide,
    fill_agenda,
    lift,
    make_ready,
    note,
    postpone,
    reject,
    report_case,
    report_follow_up,
    save_part,
    screen_case,
    send_minutes,
    send_notice,
    set_presence,
    start_meeting,
    take_off,
    take_up,
    tell_carrying,
)

STARTS, ENDS = time(12), time(15)
NOTICE_DAYS, MINUTES_DAYS, PLAN_DAYS, SCREENING_DAYS = 7, 4, 28, 2
REPORT_DAYS, CONFIRM_DAYS = 21, 7
"""After a meeting those who answer for a point say how it goes; then the secretariat confirms it."""
ABSENT = 3
"""Which of those who are called does not come."""
ADDRESS, MAILBOX = "https://samspill.example", "samspill@samspill.example"


class MeetingYear:
    """One community's year while it is being made; cases and meetings by our keys."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.facts = stage.world.year
        self.bodies = {one.short_name: one for one in Body.objects.filter(community=stage.community)}
        self.parties = {
            one.short_name or one.name: one for one in Party.objects.filter(community=stage.community)
        }
        self.cases: dict[str, Case] = {}

    def make(self) -> None:
        """In the order of days: a case is reported before the meeting of its day is called."""
        facts = self.facts
        events: list[tuple[int, Callable[[], None]]] = [
            (fact.days, partial(self._report, key, fact)) for key, fact in facts.cases.items()
        ]
        events += [(fact.day, partial(self._meeting, fact)) for fact in facts.meetings]
        events += [event for fact in facts.meetings for event in self._reports(fact)]
        events += [
            (told.days, partial(self._tell, key, told))
            for key, rows in facts.parties.items()
            for told in rows
        ]
        if facts.anchoring is not None:
            events.append((facts.anchoring.days, partial(self._anchor, facts.anchoring)))
        for _day, happen in sorted(events, key=lambda event: event[0]):
            happen()

    def _secretariat(self, days: int) -> Actor:
        return self.stage.secretariat(days)

    def _moment(self, days: int, at: time = time(9, 10)) -> datetime:
        return timezone.make_aware(datetime.combine(self.stage.day(days), at))

    # Cases

    def _report(self, key: str, fact: CaseFact) -> None:
        by = self.stage.actor(fact.by, fact.days)
        with scope(by):
            words = CaseWords(fact.title, fact.asks, fact.concerns)
            self.cases[key] = report_case(words, by=by, now=self._moment(fact.days))
        if fact.state == "reported":
            return
        by = self._secretariat(min(fact.days + SCREENING_DAYS, 0))
        with scope(by):
            if fact.state == "rejected":
                reject(self.cases[key], because=fact.answer, by=by)
                return
            self._prepare(key, fact, by)

    def _prepare(self, key: str, fact: CaseFact, by: Actor) -> None:
        case = self.cases[key]
        handling = Handling(fact.title, fact.kind, large_consequence=fact.large)
        change_case(case, handling, by=by)
        if fact.screened:
            screening = Screening(fact.screened["access"], fact.screened["law"], fact.screened["title"])
            screen_case(case, screening, by=by)
        meetings = self.facts.meetings_of(key)
        take_up(case, self.bodies[fact.body or meetings[0].body], by=by)
        for part, text in {"summary": fact.summary, "question": fact.question, **fact.parts}.items():
            if text:
                save_part(case, part, text, based_on=None, by=by)
        if fact.state != "preparing":
            make_ready(case, by=by)

    def _anchor(self, fact: AnchoringFact) -> None:
        by = self._secretariat(fact.days)
        with scope(by):
            asked = ask_anchoring(self.cases[fact.case], due=self.stage.day(fact.due), by=by)
        for place, answer in enumerate(fact.answers):
            by = self.stage.speaker(answer.party, fact.days + 1 + place)
            with scope(by):
                answer_anchoring(
                    asked,
                    party=self.parties[answer.party],
                    stance=answer.stance,
                    remark=answer.remark,
                    by=by,
                )

    # Meetings

    def _meeting(self, fact: MeetingFact) -> None:
        day = workday(fact.day, self.stage.today)
        days = (day - self.stage.today).days
        by = self._secretariat(min(days - PLAN_DAYS, 0))
        with scope(by):
            slot = Slot(day, STARTS, ENDS, "Kalnes, møterom K2")
            meeting = add_meeting(self.bodies[fact.body], slot, by=by)
        if fact.state == "planned":
            return
        self._call(meeting, fact, days)
        if fact.state != "called":
            self._hold(meeting, fact, days)

    def _call(self, meeting: Meeting, fact: MeetingFact, days: int) -> None:
        by = self._secretariat(min(days - NOTICE_DAYS, 0))
        wanted = {self.cases[item.case].pk for item in fact.items}
        with scope(by):
            for case in Case.objects.filter(pk__in=wanted, state="preparing"):
                make_ready(case, by=by)  # one that came as an assignment, or was sent back
            there = set()
            for item in fill_agenda(meeting, by=by):
                case_id = item.treatment.case_id if item.treatment else None
                if case_id is not None and case_id not in wanted:
                    take_off(item, by=by)
                there.add(case_id)
            if wanted - there:
                raise ValueError(f"{meeting} has no item for the cases {sorted(wanted - there)}.")
            sent = From(ADDRESS, MAILBOX, self._moment((by.today - self.stage.today).days))
            send_notice(meeting, by=by, sent=sent)

    def _hold(self, meeting: Meeting, fact: MeetingFact, days: int) -> None:
        by = self._secretariat(days)
        with scope(by):
            start_meeting(meeting, by=by)
            for place, attendance in enumerate(meeting.attendances.order_by("pk")):
                set_presence(attendance, "absent" if place == ABSENT else "present", by=by)
            outcomes = {self.cases[item.case].pk: item for item in fact.items}
            for item in meeting.items.filter(is_removed=False).order_by("order", "pk"):
                said = outcomes.get(item.treatment.case_id) if item.treatment else None
                self._treat(item, said, by)
            close_meeting(meeting, by=by)
        by = self._secretariat(min(days + MINUTES_DAYS, 0))
        with scope(by):
            send_minutes(meeting, by=by)

    def _treat(self, item: AgendaItem, said: ItemFact | None, by: Actor) -> None:
        if said is None:
            if item.kind == "approval":
                decide(item, by=by)
            else:
                note(item, by=by)
            return
        points = [self._point(point) for point in said.points]
        if said.outcome == "postponed":
            postpone(item, by=by)
        elif said.outcome == "noted":
            note(item, by=by)
        elif said.outcome == "escalated":
            recommended = [NewPoint(said.recommendation)] if said.recommendation else []
            lift(item, reason=said.reason, words=said.words, points=recommended, by=by)
        elif said.outcome == "delegated":
            due = self.stage.day(said.due) if said.due is not None else None
            assign_down(
                item, to_body=self.bodies[said.to], reason=said.reason, words=said.words, due=due, by=by
            )
        else:
            how = How(dissents=_dissents(said.dissent))
            decide(item, points=points, outcome=said.outcome, plain=said.plain, how=how, by=by)

    def _point(self, fact: PointFact) -> NewPoint:
        return NewPoint(
            fact.text,
            owner=self.stage.answerable[fact.who] if fact.who else "",
            due=self.stage.day(fact.due) if fact.due is not None else None,
            no_follow_up=fact.none,
            parties=tuple(one.pk for one in self._bound(fact.binds)),
        )

    # What became of it

    def _reports(self, fact: MeetingFact) -> list[tuple[int, Callable[[], None]]]:
        return [
            (fact.day + REPORT_DAYS, partial(self._follow_up, item.case, point, fact.day + REPORT_DAYS))
            for item in fact.items
            for point in item.points
            if point.done
        ]

    def _follow_up(self, key: str, fact: PointFact, days: int) -> None:
        """Completed is delivered by those who answer for it, and confirmed by the secretariat."""
        is_done = fact.done == "completed"
        by = self.stage.answers_for(fact.who, days)
        with scope(by):
            follow_up = FollowUp.objects.get(point__decision__case=self.cases[key], point__text=fact.text)
            report_follow_up(
                follow_up,
                state="delivered" if is_done else fact.done,
                sentence=fact.sentence,
                at=self._moment(days),
                by=by,
            )
        if is_done:
            by = self._secretariat(days + CONFIRM_DAYS)
            with scope(by):
                confirm_follow_up(follow_up, at=self._moment(days + CONFIRM_DAYS), by=by)

    def _tell(self, key: str, fact: ToldFact) -> None:
        by = self.stage.speaker(fact.party, fact.days)
        with scope(by):
            party = self.parties[fact.party]
            point = DecisionPoint.objects.get(decision__case=self.cases[key], parties__party=party)
            at = self._moment(fact.days)
            tell_carrying(point, party=party, state=fact.state, note=fact.note, at=at, by=by)

    def _bound(self, binds: str) -> list[Party]:
        if not binds:
            return []
        here = self.parties.values()
        return [one for one in here if binds == "all" or one.kind == PartyKind.MUNICIPALITY]


def _dissents(fact: Mapping[str, str]) -> tuple[NewDissent, ...]:
    return (NewDissent(fact["text"], bloc=fact["by"], kind="dissent"),) if fact else ()


def meet(stage: Stage) -> None:
    """The whole year of `stage`."""
    MeetingYear(stage).make()
