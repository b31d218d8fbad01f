"""Invariant 31: what is exported and brought in again is the same, and nothing is written half."""

import json
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.bodies import BEGINNING, Bodies, hold, make_bodies
from factories.decisions import decided, followed, point_of
from factories.people import actor
from factories.rooms import items, point, under_way
from samspill.cli.governance import read_bodies, write_bodies
from samspill.directory.public import Bloc, Body, Party, PartyKind, scope
from samspill.governance.actions.bodies import BodyWords, make_body
from samspill.governance.actions.follow_ups import end_by_decision
from samspill.governance.actions.importing import import_bodies
from samspill.governance.actions.mandates import MandateWords, set_mandate
from samspill.governance.actions.representation import RuleWords, SeatLine, set_rule
from samspill.governance.models import Case, Decision, RepresentationRule, Seat, Tenure
from samspill.governance.public import How, NewDissent, close_meeting, decide, replace_decision, send_minutes
from samspill.governance.queries.exporting import exported
from samspill.governance.states import Authority, DecisionMethod, FollowUpState, Represents, VoteChoice
from samspill.refusal import Refused

NUMBERS = count(1)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60
).filter(lambda text: text.strip() == text)
BODIES = st.lists(
    st.tuples(
        TEXTS,  # what it is for
        st.sampled_from(Authority),
        st.lists(st.integers(1, 3), min_size=1, max_size=3),  # seats on each side, rule by rule
        st.lists(st.tuples(st.integers(0, 5), TEXTS, st.integers(0, 900)), max_size=4),  # who sits where
        st.booleans(),  # is it part of the one before
    ),
    min_size=1,
    max_size=3,
)


def exported_here(bodies: list[Body]) -> Any:
    """As it stands in a file."""
    return json.loads(json.dumps(exported(bodies)))


def made(bodies: Bodies, given_bodies: list[tuple[Any, ...]]) -> list[Body]:
    trust = Party.objects.get(community=bodies.community, kind=PartyKind.HEALTH_TRUST)
    found: list[Body] = []
    for purpose, authority, sides, people, is_part in given_bodies:
        parent = found[-1] if found and is_part else None
        words = BodyWords(f"Råd {next(NUMBERS)}", "council", parent=parent, starts=BEGINNING)
        body = make_body(bodies.community, words, by=bodies.by)
        set_mandate(body, MandateWords(BEGINNING, purpose, authority, limits="5 mill."), by=bodies.by)
        for year, each in enumerate(sides):
            lines = (
                SeatLine(Represents.BLOC, seats=each, bloc=Bloc.MUNICIPAL),
                SeatLine(Represents.PARTY, seats=each, party=trust),
                SeatLine(Represents.ORGANISATION, label="Brukerne", is_user_seat=True, may_vote=False),
            )
            set_rule(body, RuleWords(BEGINNING + timedelta(days=365 * year), lines), by=bodies.by)
        seats = list(Seat.objects.filter(body=body))
        for place, name, day in people:
            seat = seats[place % len(seats)]
            if not seat.tenures.exists() and seat.to_day is None:
                hold(seat, name, from_day=seat.from_day + timedelta(days=day))
        found.append(body)
    return found


@pytest.mark.slow
@given(BODIES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_invariant_31_bodies_with_mandates_rules_seats_and_people_come_back_the_same(
    bodies: Bodies, given_bodies: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        file = exported_here(made(bodies, given_bodies))
        transaction.set_rollback(True)
    assert not Body.objects.filter(name=file["bodies"][0]["name"]).exists()
    with transaction.atomic():
        new = import_bodies(file, by=bodies.by)
        assert exported_here(new) == file
        assert import_bodies(file, by=bodies.by) == [], "a second time changes nothing"
        transaction.set_rollback(True)


def followed_up(bodies: Bodies) -> list[Body]:
    """FSU votes, somebody dissents, it is told how far one has come, and a later decision replaces one."""
    RepresentationRule.objects.filter(body=bodies.fsu).update(decision_method=DecisionMethod.MAJORITY)
    meeting = under_way(bodies, bodies.fsu, ("Felles kveldspatrulje", "Felles vakt"))
    votes = dict.fromkeys(
        Seat.objects.filter(body=bodies.fsu, may_vote=True).values_list("pk", flat=True), VoteChoice.FOR.value
    )
    kari = Tenure.objects.get(name="Kari Nordli", seat__body=bodies.fsu)
    dissents = [NewDissent("Vi er ikke enige.", kari)]
    parties = tuple(Party.objects.filter(community=bodies.community).values_list("pk", flat=True)[:3])
    old, new = (
        decide(
            item,
            points=[point(bodies, parties=parties, helpers=(f"body:{bodies.ssu.pk}",)), point(bodies, "B.")],
            how=How(votes=votes, dissents=dissents),
            by=bodies.by,
        )
        for item in items(meeting)
    )
    close_meeting(meeting, by=bodies.by)
    send_minutes(meeting, by=bodies.by)
    replace_decision(old, new=new, by=bodies.by)
    other = decided(bodies, number=77, title="Noe annet", day=date(2026, 3, 1))
    end_by_decision(
        followed(point_of(other), bodies.ssu), state=FollowUpState.DROPPED, decision=new, by=bodies.by,
        sentence="Ikke aktuelt lenger.",
    )  # fmt: skip
    return [bodies.fsu, bodies.ssu]


def test_invariant_31_decisions_with_votes_points_and_follow_ups_come_back_the_same(db: None) -> None:
    with transaction.atomic():
        bodies = make_bodies()
        with scope(bodies.by):
            file = exported_here(followed_up(bodies))
        transaction.set_rollback(True)
    first = file["bodies"][0]["decisions"] or file["bodies"][1]["decisions"]
    assert first
    with transaction.atomic(), scope(bodies.by):
        assert not Decision.objects.exists()
        new = import_bodies(file, by=bodies.by)
        assert exported_here(new) == file
        assert Decision.objects.count() == 3
        assert Case.objects.count() == 3
        transaction.set_rollback(True)


def test_invariant_31_the_command_line_moves_them_to_a_helsefellesskap(
    bodies: Bodies, tmp_path: Path
) -> None:
    file = tmp_path / "organer.zip"
    assert write_bodies("ostfold", file, today=bodies.by.today) == Body.objects.count()
    said = json.loads(ZipFile(file).read("bodies.json"))
    assert {"FSU-P", "SSU-P"} <= {body["short_name"] for body in said["bodies"]}
    assert read_bodies(file, "ostfold", today=bodies.by.today) == []


def test_a_file_of_the_first_version_is_still_read(bodies: Bodies, tmp_path: Path) -> None:
    with transaction.atomic():
        said = exported_here(made(bodies, [("Råd gir råd.", Authority.ADVISORY, [1], [], False)]))
        transaction.set_rollback(True)
    first = [
        {k: v for k, v in one.items() if k not in {"minutes", "papers", "cases"}} for one in said["bodies"]
    ]
    file = tmp_path / "organer.json"
    file.write_text(json.dumps({**said, "version": 1, "bodies": first}), "utf-8")
    assert read_bodies(file, "ostfold", today=bodies.by.today) == [said["bodies"][0]["name"]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda said: said | {"format": "noe annet"}, "transfer.format"),
        (lambda said: said | {"version": 99}, "transfer.version"),
        (lambda said: said | {"bodies": "ingen"}, "transfer.format"),
        (lambda said: _changed(said, "mandates", authority="alt"), "transfer.value"),
        (lambda said: _changed(said, "mandates", from_day="i går"), "transfer.value"),
        (lambda said: _changed(said, "seats", party=["Atlantis"]), "transfer.missing"),
        (lambda said: _changed(said, "seats", line=[7, 7]), "transfer.incomplete"),
        (lambda said: said | {"bodies": [{"name": "Halvt råd"}]}, "transfer.incomplete"),
    ],
    ids=[
        "another file",
        "later version",
        "no list",
        "unknown authority",
        "no day",
        "unknown party",
        "unknown line",
        "half a body",
    ],
)
def test_a_file_that_is_wrong_is_refused_whole(bodies: Bodies, change: Any, code: str) -> None:
    with transaction.atomic():
        file = exported_here(made(bodies, [("Råd gir råd.", Authority.ADVISORY, [1], [], False)] * 2))
        transaction.set_rollback(True)
    before = Body.objects.count()
    with pytest.raises(Refused) as refused:
        import_bodies(change(file), by=bodies.by)
    assert refused.value.code == code
    assert Body.objects.count() == before


def _changed(said: dict[str, Any], below: str, **values: Any) -> dict[str, Any]:
    last = said["bodies"][-1]
    rows = [last[below][0] | values, *last[below][1:]]
    return said | {"bodies": [*said["bodies"][:-1], last | {below: rows}]}


def test_a_body_that_is_here_otherwise_refuses_the_whole_file(bodies: Bodies) -> None:
    file = exported_here([bodies.ssu, bodies.fsu])
    hold(Seat.objects.filter(body=bodies.fsu).first(), "Ny Vara", "substitute")
    with pytest.raises(Refused) as refused:
        import_bodies(file, by=bodies.by)
    assert refused.value.code == "transfer.otherwise"


def test_only_those_who_manage_bodies_bring_them_in(bodies: Bodies) -> None:
    member = actor("ostfold", "member")
    with scope(member), pytest.raises(Refused) as refused:
        import_bodies(exported_here([bodies.fsu]), by=member)
    assert refused.value.forbidden
