"""A measure of others is taken in use: where it stands, who sees it, and how it is undone or given up."""

import pytest
from django.db import IntegrityError, connection, transaction

from factories.people import TODAY, actor
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_comparing import measure_like, plan_in
from integration.plans.test_pages import signed_in, text_of
from integration.plans.transfer_at_hand import OWN, THEIRS, taken
from samspill.directory.public import Actor, AuditEvent, SearchEntry, machine, nobody, scope
from samspill.plans.actions.transfer import drop, take_up, tell_of_adoptions, undo_take_up
from samspill.plans.models import FocusArea, Measure, MeasureAdoption, Plan, PlanDocument
from samspill.plans.public import overview, publish, set_deadline
from samspill.plans.queries.overview import Choice
from samspill.plans.queries.plans import documents_of
from samspill.plans.queries.transfer import neighbour_of
from samspill.plans.states import WRITTEN_HERE, MeasureState
from samspill.refusal import Refused
from samspill.worklist.models import Notice
from samspill.worklist.public import start_page

pytestmark = pytest.mark.django_db


def test_it_stands_in_ones_own_plan_as_a_proposal_with_holes(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        rows = overview(own, Choice(), secretariat).rows
    row = next(one for one in rows if one.id == adoption.measure_id)
    assert row.measure.text == "Gje pårørande eit kurs i å halde ut"
    assert row.measure.state == MeasureState.PROPOSED
    assert (row.responsibles, row.measure.deadline) == ([], None)
    assert {hole.value for hole in row.holes} >= {"owner", "deadline"}
    assert rows[-1].id == row.id, "it comes last in the plan"


def test_its_anchor_holds_the_words_as_they_were_and_says_where_they_come_from(
    adoption: MeasureAdoption, source: Measure
) -> None:
    measure = adoption.measure
    document = measure.document
    assert measure.verbatim == source.text == adoption.text
    assert document.lines[measure.line - 1 : measure.last_line] == [source.text]
    assert document.format == WRITTEN_HERE
    assert "Møre og Romsdal" in document.lines[0]
    assert bytes(document.content).decode().splitlines() == document.lines


def test_adapted_words_never_overwrite_the_anchor(source: Measure, own: Plan, secretariat: Actor) -> None:
    found = taken(source, own, secretariat, text="Gi pårørende et kurs hver høst")
    assert found.measure.text == "Gi pårørende et kurs hver høst"
    assert found.measure.verbatim == found.text == "Gje pårørande eit kurs i å halde ut"


def test_reading_ones_own_document_again_neither_loses_nor_doubles_it(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor
) -> None:
    changed = small_plan(community="Helsefellesskapet Østfold", rows=OWN[:1]).replace(
        b"Barn og unge", b"Tjenester"
    )
    result = bring(changed, secretariat, name="ny.md")
    assert result.plan == own
    assert result.gone == 1, "the other measure is gone, so the reading does mark what is missing"
    with scope(secretariat):
        assert Measure.objects.get(pk=adoption.measure_id).gone_in is None


def test_an_edition_that_holds_the_measure_recognises_it(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor
) -> None:
    rows = (*OWN, (adoption.text, "SSU", ""))
    content = small_plan(community="Helsefellesskapet Østfold", rows=rows).replace(
        b"Barn og unge", b"Tjenester"
    )
    result = bring(content, secretariat, name="ny.md")
    assert (result.created, result.gone) == (0, 0)


def test_what_was_taken_over_is_no_edition_of_the_plan(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        assert [one.file_name for one in documents_of(own, secretariat)] == ["handlingsplan.md"]
    page = signed_in(secretariat).get(f"/planer/{own.pk}/kilde/")
    assert "telefontid" in text_of(page)
    assert signed_in(secretariat).get(f"/planer/{own.pk}/gjennomgang/").status_code == 200


def test_twice_adopts_once(source: Measure, own: Plan, secretariat: Actor) -> None:
    first = taken(source, own, secretariat)
    again = taken(source, own, secretariat)
    assert first.pk == again.pk
    with scope(secretariat):
        assert Measure.objects.filter(plan=own, verbatim=source.text).count() == 1


def test_the_database_itself_keeps_it_once(adoption: MeasureAdoption, secretariat: Actor) -> None:
    with scope(secretariat):
        copy = MeasureAdoption.objects.get(pk=adoption.pk)
        copy.pk, copy.measure_id = None, Measure.objects.exclude(pk=adoption.measure_id).first().pk  # type: ignore[union-attr]
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


def test_the_same_words_taken_from_two_plans_are_two_measures(own: Plan, secretariat: Actor) -> None:
    other = plan_in("agder", "Helsefellesskapet Agder", THEIRS, is_open=True)
    theirs = plan_in("more-og-romsdal", "Helsefellesskap Møre og Romsdal", THEIRS, is_open=True)
    found = [
        taken(measure_like(plan, "kurs", secretariat), own, secretariat).measure for plan in (other, theirs)
    ]
    assert found[0].pk != found[1].pk
    assert found[0].source_key != found[1].source_key


@pytest.mark.parametrize("area", ["none", "of another plan"])
def test_it_needs_an_area_of_the_plan(area: str, source: Measure, own: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        place = None if area == "none" else FocusArea.objects.exclude(plan=own).first()
        with pytest.raises(Refused) as refused:
            take_up(source, plan=own, area=place, by=secretariat)
        assert refused.value.code == "transfer.area"
        assert not MeasureAdoption.objects.exists()


def test_ones_own_measure_is_not_taken_from_oneself(own: Plan, secretariat: Actor) -> None:
    measure = measure_like(own, "telefontid", secretariat)
    with scope(secretariat), pytest.raises(Refused) as refused:
        take_up(measure, plan=own, area=None, by=secretariat)
    assert refused.value.code == "transfer.own"


def test_a_member_of_a_committee_cannot_put_measures_into_the_plan(source: Measure, own: Plan) -> None:
    member = actor("ostfold", "member", name="Ola Li", email="ola@example.no")
    with scope(member), pytest.raises(Refused) as refused:
        take_up(source, plan=own, area=None, by=member)
    assert refused.value.forbidden


def test_nobody_puts_measures_into_another_s_plan(theirs: Plan, own: Plan, secretariat: Actor) -> None:
    measure = measure_like(theirs, "kurs", secretariat)
    with scope(secretariat), pytest.raises(Refused) as refused:
        take_up(measure, plan=theirs, area=None, by=secretariat)
    assert refused.value.forbidden


def seen_by(who: Actor) -> list[int]:
    """Adoptions the database itself gives, without a filter of ours."""
    with scope(who), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM plans_measureadoption")
        found = [pk for (pk,) in cursor.fetchall()]
        assert found == list(MeasureAdoption.objects.visible_to(who).values_list("pk", flat=True))
    return found


def test_both_communities_see_the_adoption_and_nobody_else(
    adoption: MeasureAdoption, secretariat: Actor, owner: Actor
) -> None:
    assert seen_by(secretariat) == seen_by(owner) == [adoption.pk]
    assert seen_by(actor("agder", email="agder@example.no")) == []
    assert seen_by(nobody(TODAY)) == []


def test_everybody_sees_it_when_the_adopting_plan_is_open(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        publish(own, by=secretariat)
    assert seen_by(nobody(TODAY)) == [adoption.pk]


def test_its_history_is_for_those_who_took_it_only(
    adoption: MeasureAdoption, secretariat: Actor, owner: Actor
) -> None:
    events = MeasureAdoption._meta.get_field("events").related_model  # type: ignore[union-attr]
    with scope(secretariat):
        assert events.objects.count() == 1
    with scope(owner):
        assert events.objects.count() == 0


def test_those_it_came_from_can_neither_change_nor_remove_it(adoption: MeasureAdoption, owner: Actor) -> None:
    with scope(owner):
        assert MeasureAdoption.objects.filter(pk=adoption.pk).update(because="x") == 0
        assert MeasureAdoption.objects.filter(pk=adoption.pk).delete()[0] == 0


def test_the_owner_never_sees_the_unpublished_measure_itself(adoption: MeasureAdoption, owner: Actor) -> None:
    with scope(owner):
        assert not Measure.objects.filter(pk=adoption.measure_id).exists()
        assert not PlanDocument.objects.filter(pk=adoption.measure.document_id).exists()
        assert not SearchEntry.objects.filter(kind="plans.measure", thing_id=adoption.measure_id).exists()
        found = neighbour_of(Measure.objects.get(pk=adoption.source_id), owner)
    assert [one.adoption.community.name for one in found.adopters] == ["Østfold"]
    assert found.adopters[0].measure is None


def test_the_owner_reads_it_on_the_measure_in_the_news_and_in_a_mail(
    adoption: MeasureAdoption, source: Measure, theirs: Plan, owner: Actor
) -> None:
    page = text_of(signed_in(owner).get(f"/planer/{theirs.pk}/tiltak/{source.pk}/"))
    assert "Teke i bruk av andre" in page
    assert "Østfold" in page
    assert "Vi har ventelister" in page
    with scope(owner):
        told = [one for one in start_page(owner).news if "Randi Høgåsen (Østfold)" in one.sentence]
    assert [one.url for one in told] == [f"/planer/{theirs.pk}/tiltak/{source.pk}/"]
    samspill = machine(owner.community_id, TODAY)
    with scope(samspill):
        assert tell_of_adoptions(by=samspill) == 2, "the two who keep plans there"
        assert tell_of_adoptions(by=samspill) == 0, "and once"
        notice = Notice.objects.filter(account_id=owner.account_id).get()
    assert notice.title == "Østfold har teke tiltaket dykkar «Gje pårørande eit kurs i å halde ut» i bruk"
    assert notice.path == f"/planer/{theirs.pk}/tiltak/{source.pk}/"


def test_the_log_of_the_owner_says_who_did_it(adoption: MeasureAdoption, owner: Actor) -> None:
    with scope(owner):
        event = AuditEvent.objects.get(act="measure.taken_up")
    assert event.community_id == owner.community_id
    assert event.on_id == adoption.source_id


def test_undone_it_is_as_if_it_had_not_been(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor, owner: Actor
) -> None:
    with scope(secretariat):
        undo_take_up(adoption, by=secretariat)
        assert not Measure.objects.filter(pk=adoption.measure_id).exists()
        assert not PlanDocument.objects.filter(format=WRITTEN_HERE).exists()
        assert not SearchEntry.objects.filter(thing_id=adoption.measure_id, kind="plans.measure").exists()
    samspill = machine(owner.community_id, TODAY)
    with scope(samspill):
        assert tell_of_adoptions(by=samspill) == 0, "what was undone is told to nobody by mail"


def test_it_can_be_taken_again_after_it_was_undone(
    adoption: MeasureAdoption, source: Measure, own: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        undo_take_up(adoption, by=secretariat)
    assert taken(source, own, secretariat).measure.text == source.text


def test_what_somebody_has_worked_on_is_not_undone(adoption: MeasureAdoption, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = Measure.objects.select_related("plan").get(pk=adoption.measure_id)
        set_deadline(measure, deadline=TODAY, by=secretariat)
        with pytest.raises(Refused) as refused:
            undo_take_up(adoption, by=secretariat)
        assert refused.value.code == "transfer.begun"
        assert Measure.objects.filter(pk=adoption.measure_id).exists()


def test_given_up_for_a_reason_it_is_ended_and_the_owner_reads_why(
    adoption: MeasureAdoption, source: Measure, theirs: Plan, secretariat: Actor, owner: Actor
) -> None:
    with scope(secretariat):
        with pytest.raises(Refused) as refused:
            drop(adoption, because="  ", by=secretariat)
        assert refused.value.code == "transfer.why"
        drop(adoption, because="Få meldte seg på", by=secretariat)
        assert Measure.objects.get(pk=adoption.measure_id).state == MeasureState.ENDED
    assert "Få meldte seg på" in text_of(signed_in(owner).get(f"/planer/{theirs.pk}/tiltak/{source.pk}/"))
    samspill = machine(owner.community_id, TODAY)
    with scope(samspill):
        tell_of_adoptions(by=samspill)
        assert "gitt opp" in Notice.objects.filter(account_id=owner.account_id).get().title


def test_what_was_given_up_can_be_taken_in_use_again(
    adoption: MeasureAdoption, source: Measure, own: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        drop(adoption, because="Få meldte seg på", by=secretariat)
    again = taken(source, own, secretariat)
    assert again.pk != adoption.pk
