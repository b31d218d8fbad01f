"""A plan is revised: every former measure is accounted for, and goes on or ends as it was said."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.people import actor
from integration.plans.revising import OLD, map_all, seen
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, scope
from samspill.plans.actions.begin_from import begin_from
from samspill.plans.actions.revising import accept_sure, set_fate, undo_fates
from samspill.plans.actions.revision_start import begin_revision, leave_revision, read_revision
from samspill.plans.models import MeasureFate
from samspill.plans.public import Measure, MeasureState, Plan, adopt, report_status, rows_of
from samspill.plans.states import GOES_ON, Fate
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def test_what_is_alike_is_proposed_and_it_is_said_why(new: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        lines = seen(new, secretariat).lines
        said = [(line.proposal.fate, line.proposal.is_sure) if line.proposal else None for line in lines]
        assert said == [(Fate.CARRIED_FORWARD, True), (Fate.CHANGED, False), None, None]
        assert all(str(line.proposal.because) for line in lines if line.proposal)
        assert [row.measure.name for row in seen(new, secretariat).new] == ["Opprette ambulant team for unge"]


def test_a_revision_is_not_adopted_before_every_former_measure_is_accounted_for(
    new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        accept_sure(new, by=secretariat)
        with pytest.raises(Refused) as refused:
            adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        assert refused.value.code == "revision.unmapped"
        assert "Lage felles kurs i samtaler med pårørende" in refused.value.sentence
        assert not Plan.objects.get(pk=new.pk).is_adopted
        map_all(new, secretariat)
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        assert Plan.objects.get(pk=new.pk).is_adopted


def test_each_former_measure_gets_the_state_of_its_fate(old: Plan, new: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        third = Measure.objects.get(plan=old, text__startswith="Prøve ut")
        set_fate(new, old=third.pk, fate=Fate.COMPLETED, by=secretariat)
        map_all(new, secretariat)
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        states = list(Measure.objects.filter(plan=old).order_by("order").values_list("state", flat=True))
        assert states == [
            MeasureState.CARRIED_FORWARD,
            MeasureState.CARRIED_FORWARD,
            MeasureState.COMPLETED,
            MeasureState.ENDED,
        ]


def test_what_the_new_plan_lacks_goes_along_and_what_it_says_stands(
    old: Plan, new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        first, _second = Measure.objects.filter(plan=old).order_by("order")[:2]
        report_status(
            first, word="on_track", sentence="Avtalt med tre skoler.", by=secretariat,
            at=datetime(2026, 9, 1, 12, tzinfo=UTC),
        )  # fmt: skip
        map_all(new, secretariat)
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        phone, course, _team = rows_of(new, secretariat)
        assert [str(one) for one in phone.responsibles] == ["SSU"]
        assert phone.measure.deadline == date(2027, 12, 31)
        assert phone.report is not None and phone.report.sentence == "Avtalt med tre skoler."
        assert phone.report.at == datetime(2026, 9, 1, 12, tzinfo=UTC)
        assert phone.measure.state == MeasureState.IN_PROGRESS
        assert [str(one) for one in course.responsibles] == ["Moss"]


def test_a_fate_is_taken_back_with_what_was_said_before(new: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        line = seen(new, secretariat).lines[0]
        first = set_fate(new, old=line.id, fate=Fate.ENDED, reason="Ikke lenger behov.", by=secretariat)
        second = set_fate(new, old=line.id, fate=Fate.COMPLETED, by=secretariat)
        with pytest.raises(Refused):
            undo_fates(new, first.pk, by=secretariat)
        undo_fates(new, second.pk, by=secretariat)
        assert MeasureFate.objects.get(old=line.id).reason == "Ikke lenger behov."
        undo_fates(new, first.pk, by=secretariat)
        assert not MeasureFate.objects.filter(old=line.id).exists()


def test_a_plan_is_begun_from_the_former_with_every_measure_carried_forward(
    old: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        plan = begin_from(old, by=secretariat)
        assert (plan.title, plan.period_start, plan.period_end) == (
            old.title.replace("2025", "2027").replace("2026", "2028"),
            date(2027, 1, 1),
            date(2028, 12, 31),
        )
        revision = seen(plan, secretariat)
        assert len(revision.lines) == 4 and not revision.waiting and not revision.new
        for line in revision.lines:
            assert line.new is not None
            assert line.new.measure.document.plan_id == plan.pk
            assert line.old.measure.text in line.new.measure.verbatim
        set_fate(plan, old=revision.lines[3].id, fate=Fate.ENDED, reason="Gjort av andre.", by=secretariat)
        assert len(rows_of(plan, secretariat)) == 3
        event = set_fate(plan, old=revision.lines[3].id, fate=Fate.COMPLETED, by=secretariat)
        undo_fates(plan, event.pk, by=secretariat)
        assert len(rows_of(plan, secretariat)) == 3


def test_a_strategy_revised_within_its_period_becomes_a_plan_of_its_own(
    old: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        changed = OLD.replace(b"Kartlegge ventetider", b"Korte ned ventetider")
        plan = read_revision(document_bytes=changed, file_name="ny.md", of=old, by=secretariat).plan
        assert plan.pk != old.pk and plan.replaces_id == old.pk and plan.title == old.title
        assert Measure.objects.filter(Measure.in_plan(), plan=old).count() == 4
        with pytest.raises(Refused) as refused:
            read_revision(document_bytes=OLD, file_name="gammel.md", of=old, by=secretariat)
        assert refused.value.code in {"revision.same_document", "revision.taken"}


def test_it_was_no_revision_after_all(new: Plan, old: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        accept_sure(new, by=secretariat)
        leave_revision(new, by=secretariat)
        assert Plan.objects.get(pk=new.pk).replaces_id is None
        assert not MeasureFate.objects.filter(plan=new).exists()
        begin_revision(new, of=old, by=secretariat)


def test_others_say_nothing_of_it(new: Plan) -> None:
    other = actor("vestfold")
    with scope(other), pytest.raises(Refused) as refused:
        accept_sure(new, by=other)
    assert refused.value.forbidden


def test_fates_do_not_cross_from_one_community_to_another(new: Plan, old: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        map_all(new, secretariat)
        assert MeasureFate.objects.count() == 4
    other = actor("vestfold")
    with scope(other):
        assert MeasureFate.objects.count() == 0
        assert not MeasureFate.objects.visible_to(other).exists()
        theirs = bring(small_plan("Helsefellesskapet i Vestfold"), other).plan
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=theirs.pk).update(replaces=old.pk)
        with pytest.raises(Refused), transaction.atomic():
            begin_revision(theirs, of=old, by=other)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["say", "say", "say", "sure", "undo"]),
        st.integers(0, 3),
        st.sampled_from(Fate.values),
        st.integers(0, 2),
    ),
    max_size=12,
)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_said_and_taken_back_every_former_measure_is_counted_once(
    new: Plan, secretariat: Actor, acts: list[tuple[str, int, str, int]]
) -> None:
    with scope(secretariat):
        events = []
        for act, at, fate, to in acts:
            revision = seen(new, secretariat)
            old = revision.lines[at].id
            if act == "say":
                led_to = revision.news[to].id if fate in GOES_ON else None
                events.append(
                    set_fate(new, old=old, fate=fate, new=led_to, reason="Avtalt slik.", by=secretariat)
                )
            elif act == "sure" and (event := accept_sure(new, by=secretariat)):
                events.append(event)
            elif act == "undo" and events:
                undo_fates(new, events.pop().pk, by=secretariat)
            after = seen(new, secretariat)
            assert sum(after.counts.values()) + len(after.waiting) == len(after.lines) == 4
            assert sum(area.total for area in after.areas) == 4
            said = list(MeasureFate.objects.filter(plan=new).values_list("old", flat=True))
            assert len(said) == len(set(said))
        for event in reversed(events):
            undo_fates(new, event.pk, by=secretariat)
        assert not MeasureFate.objects.filter(plan=new).exists()
