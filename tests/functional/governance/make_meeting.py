"""Put called meetings with four cases into the demonstration that is running: run as a program of its own.

    SAMSPILL_HOME=… python -m functional.governance.make_meeting

Reads the name of a body from each line, and answers with the number of its meeting. It takes longer to start
than to make five meetings.
"""

import sys
from datetime import date, time

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from factories.bodies import BEGINNING, give_mandate, seat_people  # noqa: E402
from samspill.directory.public import Actor, Body, BodyKind, Community, add_body, machine, scope  # noqa: E402
from samspill.governance.actions.passages import begin, make_ready, put_on  # noqa: E402
from samspill.governance.models import (  # noqa: E402
    Attendance,
    Case,
    CaseText,
    Meeting,
    RepresentationRule,
    Seat,
)
from samspill.governance.states import (  # noqa: E402
    REQUIRED_PARTS,
    Answer,
    Authority,
    BriefPart,
    CaseKind,
    CaseState,
    MeetingState,
)

CASES = (
    (
        "Felles kveldspatrulje",
        "1. Kommunene ansetter en koordinator innen 1. mars 2027.\n2. Halden måler.",
        False,
    ),
    ("Felles jordmorvakt", "Halden leder en arbeidsgruppe til høsten 2027.", False),
    ("Samhandlingsmidler", "Rammen fordeles på fire prosjekter.", True),
    ("Halvårsrapport", "", False),
)


def make(prefix: str, today: date) -> int:
    with transaction.atomic():
        community = Community.objects.get(slug="ostfold")
        by = machine(community.pk, today)
        with scope(by):
            above = _body(community, f"{prefix} over", None, Authority.BINDING, by)
            body = _body(community, prefix, above, Authority.WITHIN_LIMITS, by)
            seat_people(body)
            meeting = Meeting.objects.create(
                community=community, body=body, day=today, starts=time(12), ends=time(15),
                state=MeetingState.DRAFT, place="Kalnes",
            )  # fmt: skip
            for title, words, large in CASES:
                _case(meeting, f"{title}, {prefix}", words, large, by)
            meeting.state = MeetingState.CALLED
            meeting.save(update_fields=["state"])
            for seat in Seat.objects.filter(body=body):
                Attendance.objects.create(
                    community=community,
                    meeting=meeting,
                    seat=seat,
                    tenure=seat.tenures.get(),
                    answer=Answer.YES,
                )
    return meeting.pk


def _body(community: Community, name: str, parent: Body | None, authority: str, by: Actor) -> Body:
    kind = BodyKind.PROFESSIONAL if parent else BodyKind.STRATEGIC
    made = add_body(community=community, kind=kind, name=name, short_name=name[:40], parent=parent, by=by)
    give_mandate(made, authority)
    RepresentationRule.objects.create(community=community, body=made, from_day=BEGINNING)
    return made


def _case(meeting: Meeting, title: str, words: str, large: bool, by: Actor) -> None:
    number = Case.objects.filter(community_id=meeting.community_id).count() + 9001
    kind = CaseKind.DECISION if words else CaseKind.INFORMATION
    case = Case.objects.create(
        community_id=meeting.community_id, title=title, kind=kind, state=CaseState.REPORTED, year=2026,
        number=number, large_consequence=large, is_open=True,
    )  # fmt: skip
    begin(case, meeting.body, by=by)
    for part in REQUIRED_PARTS[kind]:
        text = words if part == BriefPart.RECOMMENDATION else "Kort fortalt."
        CaseText.objects.create(
            community_id=meeting.community_id, case=case, part=part, text=text, by_name="Randi Høgåsen"
        )
    put_on(meeting, make_ready(case, by=by), by=by)


if __name__ == "__main__":
    for line in sys.stdin:
        print(make(line.strip(), timezone.localdate()), flush=True)
