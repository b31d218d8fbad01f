"""Minutes: composed as it was, sent whole and public, remarked on, approved and closed for ever."""

import json
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from factories.bodies import Bodies, hold
from factories.people import member
from factories.rooms import attendance, first_item, items, point, under_way
from samspill.directory.public import Actor, Membership, Party, Person, acting_as, scope
from samspill.governance.actions.minutes_out import REMARK
from samspill.governance.models import (
    AgendaItem,
    Case,
    ConflictAssessment,
    Decision,
    Meeting,
    MinuteRemark,
    Minutes,
    MinutesVersion,
    Tenure,
)
from samspill.governance.public import (
    add_addendum,
    answer_remark,
    approve_minutes,
    close_meeting,
    decide,
    note,
    remark,
    send_minutes,
    write_minutes,
)
from samspill.governance.queries.minute_texts import standing
from samspill.governance.queries.minutes import sees_whole, shown
from samspill.governance.rules.minutes import canonical, sha256_of
from samspill.governance.states import (
    Access,
    ConflictConclusion,
    ImpartialityGround,
    ItemKind,
    MeetingState,
    MinutesState,
    RemarkState,
    TextPart,
)
from samspill.refusal import Refused
from samspill.worklist.models import Notice


def held(bodies: Bodies, titles: tuple[str, ...] = ("Felles kveldspatrulje",), **kwargs: object) -> Meeting:
    """Every item decided, and the meeting closed."""
    meeting = under_way(bodies, bodies.fsu, titles, **kwargs)
    for item in items(meeting):
        write_minutes(item, f"Alle var enige om {item.treatment.case.title}.", 0, bodies.by)
        parties = tuple(Party.objects.filter(community=bodies.community).values_list("pk", flat=True)[:2])
        decide(item, points=[point(bodies, parties=parties)], by=bodies.by)
    return close_meeting(meeting, by=bodies.by)


def sent(bodies: Bodies, **kwargs: object) -> Minutes:
    meeting = held(bodies, **kwargs)  # type: ignore[arg-type]
    send_minutes(meeting, by=bodies.by)
    return Minutes.objects.select_related("meeting").get(meeting=meeting)


def called_person(bodies: Bodies, name: str) -> Actor:
    """The account of somebody with a seat."""
    account = member("ostfold", "member", name=name, email=f"{name.split()[0].lower()}@example.no")
    person = account.person or Person.objects.create(community=bodies.community, name=name)
    Tenure.objects.filter(name=name, seat__body=bodies.fsu).update(person=person)
    return acting_as(account, today=bodies.by.today)


def uncalled(bodies: Bodies) -> Actor:
    """A member who has no seat in the body."""
    account = member("ostfold", "member", name="Odd Fjell", email="odd@example.no")
    return acting_as(account, today=bodies.by.today)


def refusal(act: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


def test_the_minutes_say_who_what_how_and_when(bodies: Bodies) -> None:
    minutes = sent(bodies)
    content = MinutesVersion.objects.get(minutes=minutes, is_public=False).content
    item = content["items"][0]
    assert item["text"] == "Alle var enige om Felles kveldspatrulje."
    assert item["decision"]["points"][0]["owner"] == "FSU-P"
    assert item["decision"]["points"][0]["due"] == "2027-03-01"
    assert len(item["decision"]["points"][0]["parties"]) == 2
    assert {one["name"] for one in content["attendance"]} >= {"Kari Nordli", "Anne Vik", "Mona Brukås"}
    assert (minutes.state, minutes.meeting.state) == (MinutesState.OUT, MeetingState.MINUTES_OUT)
    assert minutes.remarks_by == bodies.by.today + timedelta(days=14)


def test_invariant_16_the_minutes_show_who_the_body_was_on_the_day(bodies: Bodies) -> None:
    meeting = held(bodies)
    old = Tenure.objects.get(name="Per Solbakken", seat__body=bodies.fsu)
    old.to_day = meeting.day + timedelta(days=1)
    old.save()
    hold(old.seat, "Nye Nilsen", from_day=meeting.day + timedelta(days=1))
    send_minutes(meeting, by=bodies.by)
    names = {one["name"] for one in MinutesVersion.objects.filter(is_public=True)[0].content["composition"]}
    assert "Per Solbakken" in names
    assert "Nye Nilsen" not in names


def test_of_a_screened_case_everybody_gets_its_public_title_and_no_more(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Om en ansatt", "Felles vakt"))
    Case.objects.filter(title="Om en ansatt").update(
        access=Access.BODY, law_reference="offl. § 13", public_title="Personalsak"
    )
    AgendaItem.objects.filter(public_title="Om en ansatt").update(public_title="Personalsak")
    for item in items(meeting):
        write_minutes(item, "Hemmelig ord.", 0, bodies.by)
        decide(item, points=[point(bodies, "Hemmelig punkt.")], by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    send_minutes(meeting, by=bodies.by)
    public = MinutesVersion.objects.get(is_public=True).content
    assert public["items"][0]["title"] == "Personalsak"
    assert "Hemmelig" not in json.dumps(public["items"][0])
    assert "Om en ansatt" not in json.dumps(public)
    assert "Hemmelig punkt." in json.dumps(public["items"][1])
    assert "Hemmelig punkt." in json.dumps(MinutesVersion.objects.get(is_public=False).content["items"][0])
    assert sorted(Decision.objects.values_list("item__public_title", "is_open")) == [
        ("Felles vakt", True), ("Personalsak", False),
    ]  # fmt: skip


def test_the_disqualified_stand_with_ground_and_conclusion_also_those_who_were_not(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    for name, conclusion in (("Kari Nordli", "disqualified"), ("Per Solbakken", "qualified")):
        ConflictAssessment.objects.create(
            community=bodies.community, case=item.treatment.case, tenure=attendance(meeting, name).tenure,
            ground=ImpartialityGround.PARTY, conclusion=ConflictConclusion(conclusion),
            because="Søster av søkeren.", law_reference="fvl. § 6 b",
        )  # fmt: skip
    note(item, by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    send_minutes(meeting, by=bodies.by)
    whole = MinutesVersion.objects.get(is_public=False).content["items"][0]["conflicts"]
    assert [(one["name"], one["because"]) for one in whole] == [
        ("Kari Nordli", "Søster av søkeren."), ("Per Solbakken", "Søster av søkeren."),
    ]  # fmt: skip
    assert "Søster" not in json.dumps(MinutesVersion.objects.get(is_public=True).content, ensure_ascii=False)


def test_those_who_were_called_are_told_and_so_are_those_who_are_bound(bodies: Bodies) -> None:
    kari = called_person(bodies, "Kari Nordli")
    director = member("ostfold", "director", name="Siv Dal", email="siv@example.no")
    party = Party.objects.filter(community=bodies.community)[0]
    Membership.objects.filter(account=director).update(party=party)
    sent(bodies)
    mine = Notice.objects.get(account=kari.account_id, key__startswith="minutes:")
    assert mine.asks[0]["act"] == REMARK
    bound = Notice.objects.get(account=director, key__startswith="bound:")
    assert "Ansett en koordinator." in bound.text


def test_only_the_secretariat_sees_what_is_not_sent(bodies: Bodies) -> None:
    meeting = held(bodies)
    kari = called_person(bodies, "Kari Nordli")
    assert shown(meeting, bodies.by).is_draft
    assert shown(meeting, kari).content is None
    send_minutes(meeting, by=bodies.by)
    stranger = acting_as(
        member("ostfold", "member", name="Odd Fjell", email="odd@example.no"), today=bodies.by.today
    )
    assert sees_whole(meeting, kari)
    assert not sees_whole(meeting, stranger)
    assert not shown(meeting, stranger).is_whole


def test_a_remark_is_taken_in_and_the_next_version_shows_what_changed(bodies: Bodies) -> None:
    kari = called_person(bodies, "Kari Nordli")
    minutes = sent(bodies)
    with scope(kari):
        made = remark(minutes, text="Vi var ikke enige.", by=kari)
    item = first_item(minutes.meeting)
    stands = standing(item, TextPart.MINUTES).based_on
    write_minutes(item, "Nesten alle var enige om Felles kveldspatrulje.", stands, bodies.by)
    answer_remark(made, taken_in=True, by=bodies.by)
    assert send_minutes(minutes.meeting, by=bodies.by).version == 2
    changed = shown(minutes.meeting, bodies.by).changed
    assert [(piece.mark, piece.text) for piece in changed[0].pieces][:2] == [
        ("del", "Alle"),
        ("ins", "Nesten alle"),
    ]
    assert MinuteRemark.objects.get().state == RemarkState.TAKEN_IN


def test_a_remark_is_not_declined_without_a_word(bodies: Bodies) -> None:
    kari = called_person(bodies, "Kari Nordli")
    minutes = sent(bodies)
    with scope(kari):
        made = remark(minutes, text="Feil navn.", by=kari)
    assert refusal(answer_remark, made, taken_in=False, by=bodies.by) == "remark.answer"
    answer_remark(made, taken_in=False, answer="Navnet er rett.", by=bodies.by)
    assert Notice.objects.filter(account=kari.account_id, key__startswith="remark:").exists()


def test_one_who_was_not_called_or_comes_too_late_is_told_why(bodies: Bodies) -> None:
    kari = called_person(bodies, "Kari Nordli")
    minutes = sent(bodies)
    stranger = acting_as(
        member("ostfold", "member", name="Odd Fjell", email="odd@example.no"), today=bodies.by.today
    )
    assert refusal(remark, minutes, text="Hei.", by=stranger) == "remark.not_called"
    Minutes.objects.update(remarks_by=date(2026, 1, 1))
    assert refusal(remark, minutes, text="Hei.", by=kari) == "remark.late"


def test_nothing_is_sent_before_the_meeting_is_held_nor_twice_the_same(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu)
    assert refusal(send_minutes, meeting, by=bodies.by) == "minutes.not_held"
    note(first_item(meeting), by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    send_minutes(meeting, by=bodies.by)
    assert refusal(send_minutes, meeting, by=bodies.by) == "minutes.nothing_new"


def test_invariant_17_approved_by_item_one_of_the_next_meeting_and_closed_with_a_hash(bodies: Bodies) -> None:
    minutes = sent(bodies)
    following = under_way(bodies, bodies.fsu, (), day=bodies.by.today + timedelta(days=30))
    item = AgendaItem.objects.create(
        community=bodies.community, meeting=following, body=bodies.fsu, about=minutes.meeting,
        kind=ItemKind.APPROVAL, order=0, public_title="Godkjenning av referat",
    )  # fmt: skip
    decide(item, by=bodies.by)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.OUT, "until the meeting is closed it can be taken back"
    close_meeting(following, by=bodies.by)
    minutes.refresh_from_db()
    version = MinutesVersion.objects.get(minutes=minutes, is_public=False)
    assert minutes.state == MinutesState.APPROVED
    assert minutes.sha256 == sha256_of(version.content)
    assert (
        minutes.meeting_id
        and Meeting.objects.get(pk=minutes.meeting_id).state == MeetingState.MINUTES_APPROVED
    )


def test_invariant_17_approved_minutes_cannot_be_changed_not_even_in_the_database(bodies: Bodies) -> None:
    minutes = approve_minutes(sent(bodies), by=bodies.by)
    for change in ({"sha256": "0" * 64}, {"state": MinutesState.OUT}):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            Minutes.objects.filter(pk=minutes.pk).update(**change)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk)._raw_delete("default")
    item = first_item(minutes.meeting)
    assert refusal(write_minutes, item, "Noe annet.", 0, bodies.by) == "minutes.closed"
    assert refusal(approve_minutes, minutes, by=bodies.by) == "minutes.state"


def test_what_is_wrong_is_corrected_beside_approved_minutes_with_a_reason(bodies: Bodies) -> None:
    minutes = sent(bodies)
    assert refusal(add_addendum, minutes, text="A", because="B", by=bodies.by) == "addendum.not_approved"
    minutes = approve_minutes(minutes, by=bodies.by)
    assert (
        refusal(add_addendum, minutes, text="Rett navn er Per.", because=" ", by=bodies.by)
        == "addendum.because"
    )
    first = add_addendum(minutes, text="Rett navn er Per.", because="Skrivefeil.", by=bodies.by)
    second = add_addendum(minutes, text="Klokken var 13.", because="Feil tid.", by=bodies.by)
    assert (first.number, second.number) == (1, 2)


def test_minutes_with_a_remark_nobody_has_answered_are_not_approved(bodies: Bodies) -> None:
    minutes = sent(bodies)
    remark(minutes, text="Feil.", by=bodies.by)
    assert refusal(approve_minutes, minutes, by=bodies.by) == "minutes.remarks"


def test_the_same_values_have_the_same_hash_whatever_their_order() -> None:
    assert canonical({"b": [1, "å"], "a": None}) == '{"a":null,"b":[1,"å"]}'.encode()
    assert sha256_of({"a": 1, "b": 2}) == sha256_of({"b": 2, "a": 1}) != sha256_of({"a": 1, "b": 3})
