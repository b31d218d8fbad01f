"""What is wrong is refused through the door it comes in by: a sentence that says what, where and how to mend
it, what was typed is still there, and not one row of governance has changed."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from factories.bodies import Bodies
from factories.decisions import decided, followed, point_of
from factories.meetings import done, meeting_with_cases, seat_of
from factories.people import TODAY, actor
from factories.rooms import first_item, items, under_way
from integration.governance.following import acting_for, party, signed_in, text_of
from integration.governance.test_identity import number
from samspill.directory.public import Account, Actor
from samspill.governance.actions.cases import CaseWords, report_case
from samspill.governance.actions.passages import begin
from samspill.governance.models import RepresentationRule, Seat
from samspill.governance.public import fill_agenda, note
from samspill.governance.queries.agenda import live_items
from samspill.governance.states import DecisionMethod, ForwardingReason
from samspill.worklist import public as worklist

FNR = number("010190")
MEGABYTE = 1_000_000
FORM = "multipart/form-data; boundary=grense"
Post = Callable[..., HttpResponse]


def contents() -> dict[str, str]:
    """A fingerprint of every table of governance, its history too."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith("governance_") and name != "governance_openentry"
        ]
        one = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {0} t"
        cursor.execute(" UNION ALL ".join(one.format(name) for name in tables))
        return dict(cursor.fetchall())


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = contents()
    assert len(before) > 80
    yield
    after = contents()
    assert [name for name in before if before[name] != after[name]] == []


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: TODAY)


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold")


@pytest.fixture
def post(secretariat: Actor) -> Post:
    client = signed_in(secretariat)

    def send(path: str, **fields: object) -> HttpResponse:
        return client.post(path, fields)

    return send


def told(answer: HttpResponse, *sentences: str, status: int = 422) -> None:
    said = text_of(answer)
    assert answer.status_code == status, said
    assert [one for one in sentences if one not in said] == [], said


def test_two_people_in_one_seat_at_once_are_refused(bodies: Bodies, post: Post) -> None:
    seat = seat_of(bodies, 1)
    with nothing_changes():
        answer = post(
            f"/organer/{bodies.fsu.pk}/plasser/{seat.pk}/",
            name="Nye Nilsen", title="Fagsjef", role="member", from_day=TODAY.isoformat(),
        )  # fmt: skip
    told(
        answer, "Per Solbakken har denne plassen den dagen. Si at den nye tar over, eller velg en senere dag."
    )
    assert 'value="Nye Nilsen"' in answer.content.decode()


def test_a_mandate_without_authority_is_refused(bodies: Bodies, post: Post) -> None:
    with nothing_changes():
        answer = post(
            f"/organer/{bodies.fsu.pk}/mandat/", purpose="Skal drøfte alt mulig.", from_day=TODAY.isoformat()
        )
    told(answer, "Velg om det gir råd eller avgjør")
    assert "Skal drøfte alt mulig." in answer.content.decode()


def test_a_vote_by_an_observer_is_refused(bodies: Bodies, post: Post) -> None:
    RepresentationRule.objects.filter(body=bodies.fsu).update(decision_method=DecisionMethod.MAJORITY)
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    seats = Seat.objects.filter(body=bodies.fsu)
    votes = {f"vote-{seat.pk}": "for" for seat in seats}
    points = {"point-1": "Ansett tre.", "owner-1": f"body:{bodies.fsu.pk}", "due-1": "2027-03-01"}
    path = f"/moter/{meeting.pk}/rom/{item.pk}/"
    post(f"{path}lagre/", **points)  # so that what is typed is kept already
    with nothing_changes():
        answer = post(path, outcome="decided", **points, **votes)
    told(answer, "Bare de med stemmerett som er til stede og habile", "Ta bort de andre stemmene.")
    assert "Ansett tre." in answer.content.decode()


def test_a_meeting_is_not_closed_with_an_undecided_item(bodies: Bodies, post: Post) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første sak", "Andre sak"))
    note(items(meeting)[0], by=bodies.by)
    with nothing_changes():
        answer = post(f"/moter/{meeting.pk}/rom/avslutt/")
    told(answer, "Si hva det ble av disse først:", "«Andre sak»")


def test_a_case_is_not_lifted_twice(bodies: Bodies, post: Post) -> None:
    meeting = under_way(bodies, bodies.fsu)
    path = f"/moter/{meeting.pk}/rom/{first_item(meeting).pk}/"
    lift = {"outcome": "escalated", "reason": ForwardingReason.ECONOMY.value, "words": "Det er dyrt."}
    assert post(path, **lift).status_code == 303
    with nothing_changes():
        answer = post(path, **lift)
    told(answer, "Dette punktet er behandlet: Løftet. Angre det først.")


def _room(bodies: Bodies, by: Actor) -> tuple[str, str]:
    meeting = under_way(bodies, bodies.fsu)
    return f"/moter/{meeting.pk}/rom/{first_item(meeting).pk}/", "text"


def _room_by_itself(bodies: Bodies, by: Actor) -> tuple[str, str]:
    path, field = _room(bodies, by)
    return f"{path}lagre/", field


def _report(bodies: Bodies, by: Actor) -> tuple[str, str]:
    return "/meld-sak/", "asks"


def _brief(bodies: Bodies, by: Actor) -> tuple[str, str]:
    case = done(report_case, CaseWords("Sak", "Noe"), by=by)
    done(begin, case, bodies.fsu, by=by)
    return f"/saker/{case.pk}/saksframlegg/background/", "text"


def _anchoring(bodies: Bodies, by: Actor) -> tuple[str, str]:
    case = done(report_case, CaseWords("Sak", "Noe"), by=by)
    done(begin, case, bodies.fsu, by=by)
    return f"/saker/{case.pk}/forankring/", "question"


def _presenter(bodies: Bodies, by: Actor) -> tuple[str, str]:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    item = live_items(meeting).get(kind="decision")
    return f"/moter/{meeting.pk}/punkt/{item.pk}/", f"i{item.pk}-presenter"


def _cancelled(bodies: Bodies, by: Actor) -> tuple[str, str]:
    return f"/moter/{meeting_with_cases(bodies).pk}/avlys/", "because"


def _follow_up(bodies: Bodies, by: Actor) -> tuple[str, str]:
    made = followed(point_of(decided(bodies)), bodies.ssu)
    return reverse("governance:report-follow-up", args=[made.pk]), "sentence"


def _mandate(bodies: Bodies, by: Actor) -> tuple[str, str]:
    return f"/organer/{bodies.fsu.pk}/mandat/", "purpose"


DOORS = (
    _room,
    _room_by_itself,
    _report,
    _brief,
    _anchoring,
    _presenter,
    _cancelled,
    _follow_up,
    _mandate,
)
BESIDE = {
    "title": "En sak", "state": "started", "authority": "binding", "from_day": TODAY.isoformat(),
    "outcome": "noted", "due": (TODAY + timedelta(days=5)).isoformat(),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.strip("_"))
def test_somebodys_number_in_a_shared_text_is_refused_and_the_text_is_not_lost(
    bodies: Bodies, secretariat: Actor, post: Post, door: Callable[..., tuple[str, str]]
) -> None:
    path, field = door(bodies, secretariat)
    prefix = field.rpartition("-")[0]
    beside = BESIDE | ({f"{prefix}-minutes_wanted": "20"} if prefix else {})
    with nothing_changes():
        answer = post(path, **{**beside, field: f"Pasienten ({FNR[:6]} {FNR[6:]}) ringte."})
    assert answer.status_code == 422, answer.content.decode()
    said = answer.json()["sentence"] if door is _room_by_itself else text_of(answer)
    assert "fødselsnummer" in said
    assert "nummeret" in said, "how it is mended"
    if door is not _room_by_itself:  # what is typed there stays in the browser
        assert "ringte." in answer.content.decode()


def test_a_mail_link_that_is_used_again_does_nothing(bodies: Bodies, secretariat: Actor) -> None:
    from django.utils import timezone

    director = acting_for("Halden")
    made = followed(point_of(decided(bodies)), party("Halden"))
    account = Account.objects.get(pk=director.account_id)
    token = worklist.make_link(
        worklist.Ask("governance.follow_up", made.pk, {"state": "started"}),
        account=account, community_id=bodies.community.pk, now=timezone.now(),
    )  # fmt: skip
    path = reverse("worklist:link", args=[token])
    client = Client()
    first = client.post(path, {"sentence": "Vi er i gang."})
    assert first.status_code == 200, text_of(first)
    with nothing_changes():
        again = client.post(path, {"sentence": "En gang til."})
    told(again, "brukt", status=410)


class Coming(io.RawIOBase):
    """A request of 300 MB that is made while it is read; it says how much of it was asked for."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.head, self.left, self.tail = io.BytesIO(head), size, io.BytesIO(tail)
        self.length = len(head) + size + len(tail)
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= MEGABYTE, "it is read in small pieces"
        piece = self.head.read(size)
        if not piece and self.left:
            piece = b"x" * min(size, self.left)
            self.left -= len(piece)
        self.given += len(piece)
        return piece or self.tail.read(size)


def part(name: str, value: str = "", file: str = "") -> bytes:
    named = f'; filename="{file}"\r\nContent-Type: application/pdf' if file else ""
    return f'--grense\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n{value}'.encode()


@pytest.mark.parametrize("says_how_long", [True, False], ids=["told beforehand", "one of several"])
@pytest.mark.parametrize("door", ["report", "papers"])
def test_300_mb_are_refused_without_being_read_and_what_was_typed_beside_them_is_kept(
    bodies: Bodies, secretariat: Actor, door: str, says_how_long: bool
) -> None:
    case = done(report_case, CaseWords("Sak", "Noe"), by=secretariat)
    field = "papers" if door == "report" else "file"
    path = "/meld-sak/" if door == "report" else f"/saker/{case.pk}/vedlegg/"
    typed = {"title": "Felles vakt", "asks": "Skal vi dele vakta?", "concerns": "Halden og Moss"}
    head = b"\r\n".join([part(name, value) for name, value in typed.items()] + [part(field, file="stor.pdf")])
    size = 300 * MEGABYTE if says_how_long else (26 * MEGABYTE)
    body = Coming(head, size, b"\r\n--grense--\r\n")
    with nothing_changes():
        answer = signed_in(secretariat).generic(
            "POST", path, **{"wsgi.input": body, "CONTENT_LENGTH": str(body.length), "CONTENT_TYPE": FORM},
        )  # fmt: skip
    told(answer, "Filen er større enn 25 MB.")
    assert body.given < 27 * MEGABYTE
    if says_how_long:
        assert body.given < MEGABYTE, "not even the first of it"
    page = answer.content.decode()
    kept = typed.values() if door == "report" else [typed["title"]]
    assert [one for one in kept if one not in page] == []
