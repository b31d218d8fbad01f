"""What members share of a meeting's page: drawn once, never stale, and never somebody else's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories.bodies import Bodies, make_bodies
from factories.meetings import called, done, give_account, holder_of, seat_of
from factories.people import TODAY
from samspill.directory.public import Account, Actor, scope
from samspill.governance.actions.conflicts import raise_conflict
from samspill.governance.actions.preparing_oneself import save_note
from samspill.governance.models import AgendaItem, Case, CaseBrief, CaseGist, Meeting, RaisedPoint
from samspill.governance.queries.agenda import live_items
from samspill.governance.queries.stamps import stamps_of
from samspill.governance.states import ImpartialityGround, ItemKind
from samspill.governance.views import agenda_drawn, seats_drawn
from samspill.governance.views.kept import Kept, Stencil, hole

pytestmark = pytest.mark.django_db
DRAWN = "governance/meetings/items.html"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: TODAY)
    agenda_drawn.KEPT.clear()
    seats_drawn.KEPT.clear()


@pytest.fixture
def bodies(db: None) -> Bodies:
    return make_bodies()


@pytest.fixture
def people(bodies: Bodies) -> list[Actor]:
    """Two who hold municipal seats of FSU."""
    with scope(bodies.by):
        return [give_account(holder_of(seat_of(bodies, order))) for order in (1, 3)]


@pytest.fixture
def meeting(bodies: Bodies, people: list[Actor]) -> Meeting:
    with scope(bodies.by):
        return called(bodies)


def page(meeting: Meeting, actor: Actor | None) -> tuple[str, bool]:
    """The page as somebody sees it, and whether its items were drawn for it."""
    client = Client()
    if actor:
        account = Account.objects.get(pk=actor.account_id)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("governance:meeting", args=[meeting.pk]))
    assert answer.status_code == 200
    return answer.content.decode(), DRAWN in [one.name for one in answer.templates]


def decision(meeting: Meeting, by: Actor) -> AgendaItem:
    with scope(by):
        return live_items(meeting).filter(kind=ItemKind.DECISION)[0]


def test_the_second_member_meets_what_was_drawn_for_the_first(meeting: Meeting, people: list[Actor]) -> None:
    per, kari = people
    first, second = page(meeting, per), page(meeting, kari)
    assert (first[1], second[1]) == (True, False)
    assert f'data-note="{kari.account_id}"' in second[0]
    assert f'data-note="{per.account_id}"' not in second[0]
    assert "csrfmiddlewaretoken" in second[0]
    assert hole("who")[:32] not in second[0]


def test_what_is_shared_is_what_would_be_drawn_alone(meeting: Meeting, people: list[Actor]) -> None:
    per, kari = people
    page(meeting, per)
    shared, drawn_anew = page(meeting, kari)
    agenda_drawn.KEPT.clear()
    seats_drawn.KEPT.clear()
    alone, _drawn = page(meeting, kari)
    assert not drawn_anew
    assert _without_tokens(shared) == _without_tokens(alone)


def _without_tokens(html: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", html)


def test_a_note_is_seen_by_its_owner_alone(meeting: Meeting, people: list[Actor], bodies: Bodies) -> None:
    per, kari = people
    item = decision(meeting, bodies.by)
    with scope(per):
        done(save_note, item, "Spør <b>Moss</b>", by=per)
    assert "Spør &lt;b&gt;Moss&lt;/b&gt;" in page(meeting, per)[0]
    mine, drawn_anew = page(meeting, kari)
    assert not drawn_anew
    assert "Spør &lt;b&gt;" not in mine


@pytest.mark.parametrize("what", ["item", "case", "gist", "brief"])
def test_a_row_that_is_written_is_seen_at_once(
    what: str, meeting: Meeting, people: list[Actor], bodies: Bodies
) -> None:
    per, kari = people
    page(meeting, per)
    item = decision(meeting, bodies.by)
    with scope(bodies.by):
        assert item.treatment
        if what == "item":
            AgendaItem.objects.filter(pk=item.pk).update(presenter="Nyinnleidd Nord")
        elif what == "case":
            Case.objects.filter(pk=item.treatment.case_id).update(title="Nyinnleidd Nord")
        elif what == "gist":
            words = {"question": "Nyinnleidd Nord", "summary": "Nyinnleidd Nord"}
            CaseGist.objects.update_or_create(
                case_id=item.treatment.case_id, community_id=meeting.community_id, defaults=words
            )
        else:
            brief = CaseBrief.objects.filter(case=item.treatment.case_id).order_by("-version")[0]
            told = [{**one, "text": "Nyinnleidd Nord"} for one in brief.content]
            CaseBrief(
                community_id=brief.community_id,
                case_id=brief.case_id,
                version=brief.version + 1,
                content=told,
            ).save()
    seen, drawn_anew = page(meeting, kari)
    assert drawn_anew
    # The words of the brief come before those the case was reported with.
    assert what == "gist" or "Nyinnleidd Nord" in seen


def test_what_somebody_raises_is_seen_by_all_and_keeps_their_own_page_apart(
    meeting: Meeting, people: list[Actor], bodies: Bodies
) -> None:
    per, kari = people
    page(meeting, kari)
    item = decision(meeting, bodies.by)
    with scope(per):
        RaisedPoint(
            community_id=meeting.community_id, item=item, account_id=per.account_id, name="Per", words="Hvem?"
        ).save()
    for _again in range(2):
        own, drawn_anew = page(meeting, per)
        assert drawn_anew
        assert "Du vil ta opp noe" in own
    theirs, _drawn = page(meeting, kari)
    assert "«Hvem?»" in theirs
    assert "Du vil ta opp noe" not in theirs
    assert not page(meeting, kari)[1]


def test_the_disqualified_never_meets_what_another_was_shown(
    meeting: Meeting, people: list[Actor], bodies: Bodies
) -> None:
    per, kari = people
    item = decision(meeting, bodies.by)
    before = page(meeting, kari)[0]
    with scope(per):
        done(raise_conflict, item, ground=ImpartialityGround.REPRESENTS, by=per)
    page(meeting, kari)
    own, drawn_anew = page(meeting, per)
    assert drawn_anew
    assert "Papirene er lukket for deg så lenge." in own
    with scope(per):
        assert item.treatment
        assert item.treatment.case_id in stamps_of(meeting).shut
    theirs = page(meeting, kari)[0]
    assert _without_tokens(theirs) == _without_tokens(before)


def test_those_who_see_other_rows_have_another_stamp(
    meeting: Meeting, people: list[Actor], bodies: Bodies
) -> None:
    per, kari = people
    stamps = []
    for actor in (per, kari):
        with scope(actor):
            stamps.append(stamps_of(meeting))
    assert stamps[0] == stamps[1]
    page(meeting, per)
    visitors, drawn_anew = page(meeting, None)
    assert drawn_anew
    assert "data-note" not in visitors


def test_an_answer_leaves_the_agenda_and_changes_the_seats(
    meeting: Meeting, people: list[Actor], bodies: Bodies
) -> None:
    from samspill.governance.models import Attendance

    with scope(bodies.by):
        before = stamps_of(meeting)
        Attendance.objects.filter(meeting=meeting).update(answer="no")
        after = stamps_of(meeting)
    assert before.agenda == after.agenda
    assert before.seats != after.seats


def test_a_hole_is_filled_with_what_is_the_readers_own() -> None:
    stencil = Stencil(f"<p>{hole('note-1')}</p><i>{hole('who')}</i>")
    assert stencil.filled({"note-1": "Hei"}) == "<p>Hei</p><i></i>"
    assert stencil.filled({"who": "7"}) == "<p></p><i>7</i>"


def test_what_was_asked_for_longest_ago_is_let_go() -> None:
    kept = Kept(most=2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    kept.find("a")
    kept.keep("c", 3)
    assert [kept.find(key) for key in "abc"] == [1, None, 3]
