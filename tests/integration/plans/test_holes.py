"""A hole is an offer: one press fills it, and another takes it back."""

from datetime import date

import pytest

from factories.people import actor
from samspill.directory.public import (
    THINGS,
    Actor,
    AuditEvent,
    Body,
    Ref,
    Resolved,
    SearchEntry,
    ThingKind,
    put,
    scope,
)
from samspill.plans.public import (
    Hole,
    ImportResult,
    Measure,
    Row,
    edit_text,
    fill_hole,
    link_indicator,
    rows_of,
    set_deadline,
    set_responsible,
    undo,
)
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def rows(imported: ImportResult, by: Actor) -> list[Row]:
    return rows_of(imported.plan, by)


def test_what_is_missing_is_found_with_a_proposal(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        whole, empty, no_date = rows(imported, secretariat)
        ssu = Body.objects.get(short_name="SSU", community_id=secretariat.community_id)
    assert whole.holes == {}
    assert set(empty.holes) == {Hole.OWNER, Hole.DEADLINE}
    assert set(no_date.holes) == {Hole.DEADLINE}
    owner, deadline = empty.holes[Hole.OWNER], empty.holes[Hole.DEADLINE]
    assert owner is not None
    assert deadline is not None
    assert owner.value == f"body:{ssu.pk}", "SSU has the other measure with the same goal"
    assert deadline.value == "2027-06-30", "the date most measures in the area have"


def test_yes_to_the_proposal_fills_the_hole_and_undo_opens_it_again(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        empty = rows(imported, secretariat)[1]
        for hole, proposal in list(empty.holes.items()):
            assert proposal is not None
            event = fill_hole(empty.measure, hole=hole, value=proposal.value, by=secretariat)
            assert hole not in rows(imported, secretariat)[1].holes
            undo(event.pk, by=secretariat)
            assert hole in rows(imported, secretariat)[1].holes


def test_undo_puts_the_former_value_back_also_later(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = rows(imported, secretariat)[0].measure
        halden = next(one for one in rows(imported, secretariat)[2].responsibles if one.raw == "Halden")
        owner = set_responsible(measure, who=f"party:{halden.party_id}", by=secretariat)
        day = set_deadline(measure, deadline=date(2027, 1, 31), by=secretariat)
        words = edit_text(measure, title="Telefontid", text="Fast telefontid", by=secretariat)
        for event in (owner, words, day):
            undo(event.pk, by=secretariat)
        row = rows(imported, secretariat)[0]
        assert [str(one) for one in row.responsibles] == ["SSU"]
        assert row.measure.deadline == date(2027, 6, 30)
        assert row.measure.deadline_raw == "30.06.2027"
        assert (row.measure.title, row.measure.text) == ("", "Avtale fast telefontid mellom BUP og skolene")


def test_undo_is_refused_when_somebody_changed_it_since(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = rows(imported, secretariat)[1].measure
        first = set_deadline(measure, deadline=date(2027, 1, 31), by=secretariat)
        set_deadline(measure, deadline=date(2027, 2, 28), by=secretariat)
        with pytest.raises(Refused) as refusal:
            undo(first.pk, by=secretariat)
        assert refusal.value.code == "undo.changed"
        measure.refresh_from_db()
        assert measure.deadline == date(2027, 2, 28)


def test_undoing_twice_is_refused_and_undoing_the_undoing_does_it_again(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        measure = rows(imported, secretariat)[1].measure
        event = set_deadline(measure, deadline=date(2027, 1, 31), by=secretariat)
        undo(event.pk, by=secretariat)
        with pytest.raises(Refused):
            undo(event.pk, by=secretariat)
        again = AuditEvent.objects.filter(act="measure.undo").latest("pk")
        undo(again.pk, by=secretariat)
        measure.refresh_from_db()
        assert measure.deadline == date(2027, 1, 31)


def test_a_hole_that_somebody_filled_meanwhile_is_not_filled_over(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        measure = rows(imported, secretariat)[1].measure
        set_deadline(measure, deadline=date(2027, 1, 31), by=secretariat)
        with pytest.raises(Refused) as refusal:
            fill_hole(measure, hole="deadline", value="2027-06-30", by=secretariat)
        assert refusal.value.code == "measure.filled"
        measure.refresh_from_db()
        assert measure.deadline == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("hole", "value", "code"),
    [
        ("owner", "body:0", "measure.who"),
        ("owner", "", "measure.who"),
        ("deadline", "i morgen", "measure.day"),
        ("deadline", "2019-01-01", "measure.deadline"),
        ("indicator", "x", "measure.indicator"),
        ("colour", "red", "measure.hole"),
    ],
)
def test_what_cannot_fill_a_hole_is_refused(
    imported: ImportResult, secretariat: Actor, hole: str, value: str, code: str
) -> None:
    with scope(secretariat):
        measure = rows(imported, secretariat)[1].measure
        before = AuditEvent.objects.count()
        with pytest.raises(Refused) as refusal:
            fill_hole(measure, hole=hole, value=value, by=secretariat)
        assert refusal.value.code == code
        assert AuditEvent.objects.count() == before


def test_somebody_of_another_helsefellesskap_cannot_be_made_responsible(
    imported: ImportResult, secretariat: Actor
) -> None:
    vestfold = actor("vestfold")
    with scope(vestfold):
        there = Body.objects.create(community_id=vestfold.community_id, kind="network", name="Ernæring")
    with scope(secretariat), pytest.raises(Refused) as refusal:
        set_responsible(rows(imported, secretariat)[1].measure, who=f"body:{there.pk}", by=secretariat)
    assert refusal.value.code == "measure.who"


@pytest.mark.parametrize("role", ["observer", "member", "director", "analyst"])
def test_others_than_the_keepers_see_no_holes_and_fill_none(
    imported: ImportResult, secretariat: Actor, role: str
) -> None:
    somebody = actor("ostfold", role)
    with scope(somebody):
        empty = rows(imported, somebody)[1]
        assert empty.holes == {}
        with pytest.raises(Refused) as refusal:
            fill_hole(empty.measure, hole="deadline", value="2027-06-30", by=somebody)
        assert refusal.value.forbidden


def test_every_act_leaves_its_record_with_what_was_and_what_is(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        event = set_deadline(
            rows(imported, secretariat)[1].measure, deadline=date(2027, 1, 31), by=secretariat
        )
    assert (event.act, event.by_id) == ("measure.deadline", secretariat.account_id)
    assert (event.details["before"]["day"], event.details["after"]["day"]) == (None, "2027-01-31")


VISITS = 70_047


@pytest.fixture
def indicators(secretariat: Actor, monkeypatch: pytest.MonkeyPatch) -> int:
    """One indicator, offered the way an app offers things; its number, which may be any."""
    there = {VISITS: Resolved("Besøk første uke", f"/tall/{VISITS}/", "42 %")}

    def resolve(ids: list[int], by: Actor) -> dict[int, Resolved]:
        return {number: there[number] for number in ids if number in there}

    monkeypatch.setitem(
        THINGS._entries,
        "insight.indicator",
        ThingKind("insight.indicator", "Indikator", resolve, offered=lambda by: there),
    )
    with scope(secretariat):
        SearchEntry.objects.filter(kind="insight.indicator").delete()
        put(
            Ref("insight.indicator", VISITS),
            community_id=secretariat.community_id or 0,
            title="Besøk første uke",
            text="utskriving",
        )
    return VISITS


def test_an_indicator_is_proposed_joined_and_taken_away_again(
    imported: ImportResult, secretariat: Actor, indicators: int
) -> None:
    with scope(secretariat):
        row = rows(imported, secretariat)[2]
        proposal = row.holes[Hole.INDICATOR]
        assert proposal is not None
        assert proposal.value == str(indicators)
        event = fill_hole(row.measure, hole="indicator", value=proposal.value, by=secretariat)
        joined = rows(imported, secretariat)[2]
        assert [link.target.title for link in joined.indicators if link.target] == ["Besøk første uke"]
        assert Hole.INDICATOR not in joined.holes
        undo(event.pk, by=secretariat)
        assert rows(imported, secretariat)[2].indicators == []


def test_an_indicator_that_is_not_there_cannot_be_joined(
    imported: ImportResult, secretariat: Actor, indicators: int
) -> None:
    with scope(secretariat), pytest.raises(Refused) as refusal:
        link_indicator(rows(imported, secretariat)[0].measure, indicator_id=1, by=secretariat)
    assert refusal.value.code == "link.missing"


def test_what_the_search_box_knows_follows_the_changes(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        edit_text(measure, title="Ringetid", text="Fast ringetid for skolene", by=secretariat)
        entry = SearchEntry.objects.get(kind="plans.measure", thing_id=measure.pk)
    assert (entry.title, "Barn og unge" in entry.text) == ("Ringetid", True)
