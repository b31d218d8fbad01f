"""Looking over what was read: yes, no, two of one, many at once, and what a later reading makes of it."""

import pytest
from django.test import Client

from factories.people import actor, member
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, AuditEvent, Community, SearchEntry, scope
from samspill.plans.actions.reviewing import accept_sure, judge, split
from samspill.plans.public import ImportResult, Measure, Plan, adopt, rows_of, undo
from samspill.plans.states import Judgement
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def measures(plan: Plan) -> list[Measure]:
    return list(Measure.objects.filter(plan=plan).order_by("order", "pk"))


def test_what_is_rejected_is_gone_from_the_plan_and_the_search(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        first = measures(imported.plan)[0]
        event = judge(first, word=Judgement.REJECTED, by=secretariat)
        assert first.pk not in [row.id for row in rows_of(imported.plan, secretariat)]
        assert not SearchEntry.objects.filter(kind="plans.measure", thing_id=first.pk).exists()
        undo(event.pk, by=secretariat)
        assert first.pk in [row.id for row in rows_of(imported.plan, secretariat)]
        assert SearchEntry.objects.filter(kind="plans.measure", thing_id=first.pk).exists()


def test_a_rejected_one_does_not_come_back_with_the_next_reading(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        first = measures(imported.plan)[0]
        judge(first, word=Judgement.REJECTED, by=secretariat)
        again = bring(small_plan() + b"\n\nEt avsnitt til.\n", secretariat)
        assert (again.created, again.gone) == (0, 0)
        assert first.pk not in [row.id for row in rows_of(imported.plan, secretariat)]


def test_two_of_one_share_the_anchor_and_survive_the_next_reading(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        old = measures(imported.plan)[0]
        new = split(old, first="Lage kurset", second="Holde kurset", by=secretariat)
        old.refresh_from_db()
        assert (old.text, new.text) == ("Lage kurset", "Holde kurset")
        assert (new.line, new.verbatim, new.document_id) == (old.line, old.verbatim, old.document_id)
        assert [str(one) for one in new.responsibles.all()] == [str(one) for one in old.responsibles.all()]
        third = split(new, first="Holde kurset", second="Prøve kurset", by=secretariat)
        assert len({old.source_key, new.source_key, third.source_key}) == 3
        again = bring(small_plan() + b"\n\nEt avsnitt til.\n", secretariat)
        assert (again.created, again.gone) == (0, 0)
        assert {old.pk, new.pk, third.pk} <= {row.id for row in rows_of(imported.plan, secretariat)}


def test_a_part_goes_when_its_origin_goes(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        old = measures(imported.plan)[0]
        new = split(old, first="Lage kurset", second="Holde kurset", by=secretariat)
        changed = small_plan().replace(
            old.verbatim.split("\t")[0].strip()[:30].encode(), b"Noe helt annet", 1
        )
        bring(changed, secretariat)
        shown = {row.id for row in rows_of(imported.plan, secretariat)}
        assert (old.pk in shown) == (new.pk in shown)


@pytest.mark.parametrize(("first", "second"), [("", "noe"), ("noe", "  "), ("", "")])
def test_half_a_split_is_refused_and_nothing_is_written(
    imported: ImportResult, secretariat: Actor, first: str, second: str
) -> None:
    with scope(secretariat):
        before = [(one.pk, one.text) for one in measures(imported.plan)]
        with pytest.raises(Refused):
            split(measures(imported.plan)[0], first=first, second=second, by=secretariat)
        assert [(one.pk, one.text) for one in measures(imported.plan)] == before


def test_many_are_accepted_at_once_and_what_somebody_said_stands(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        rows = measures(imported.plan)
        judge(rows[0], word=Judgement.REJECTED, by=secretariat)
        Measure.objects.filter(pk=rows[1].pk).update(confidence=0.5)
        accepted = accept_sure(imported.plan, at_least=0.8, by=secretariat)
        assert accepted == len(rows) - 2
        assert accept_sure(imported.plan, at_least=0.8, by=secretariat) == 0
        assert [one.judged for one in measures(imported.plan)][:2] == [Judgement.REJECTED, ""]
        assert AuditEvent.objects.filter(act="plan.accept").count() == 1


def test_a_rejected_one_is_neither_adopted_nor_counted(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        first = measures(imported.plan)[0]
        judge(first, word=Judgement.REJECTED, by=secretariat)
        adopt(imported.plan, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        event = AuditEvent.objects.get(act="plan.adopt")
        assert first.pk not in event.details["without_deadline"]


def test_others_judge_nothing(imported: ImportResult) -> None:
    other = actor("vestfold")
    first = Measure(pk=1, plan=imported.plan, community=Community.objects.get(slug="ostfold"))
    with pytest.raises(Refused) as refused:
        judge(first, word=Judgement.ACCEPTED, by=other)
    assert refused.value.forbidden


@pytest.fixture
def keeper(imported: ImportResult) -> Client:
    client = Client()
    account = member("ostfold", "plan_owner", name="Eva Isaksen")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def review(plan: Plan) -> str:
    return f"/planer/{plan.pk}/gjennomgang/"


def test_the_page_shows_the_document_beside_what_was_found(keeper: Client, imported: ImportResult) -> None:
    page = keeper.get(review(imported.plan)).content.decode()
    with scope(actor("ostfold")):
        for one in measures(imported.plan):
            assert f'id="m{one.pk}"' in page
            assert f'id="l{one.line}" data-marked' in page


def test_an_act_leads_to_the_next_that_waits(keeper: Client, imported: ImportResult) -> None:
    with scope(actor("ostfold")):
        first, second, *_rest = measures(imported.plan)
    plan = imported.plan
    answer = keeper.post(f"/planer/{plan.pk}/tiltak/{first.pk}/vurder/", {"word": "accepted"})
    assert (answer.status_code, answer["Location"]) == (303, f"{review(plan)}#m{second.pk}")
    assert "Godtatt" in keeper.get(review(plan)).content.decode()


def test_many_accepted_at_once_lead_to_the_first_that_waits(keeper: Client, imported: ImportResult) -> None:
    plan = imported.plan
    with scope(actor("ostfold")):
        second = measures(plan)[1]
        Measure.objects.filter(pk=second.pk).update(confidence=0.5)
    answer = keeper.post(f"{review(plan)}godta/", {"at_least": "0.8"})
    assert (answer.status_code, answer["Location"]) == (303, f"{review(plan)}#m{second.pk}")
    answer = keeper.post(f"{review(plan)}godta/", {"at_least": "0.5"})
    assert answer["Location"] == f"{review(plan)}#ferdig"


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("tiltak/{one}/vurder/", {"word": "maybe"}),
        ("tiltak/{one}/del/", {"first": "noe", "second": ""}),
        ("gjennomgang/godta/", {"at_least": "helt"}),
        ("gjennomgang/godta/", {"at_least": "7"}),
    ],
)
def test_what_makes_no_sense_is_422(
    keeper: Client, imported: ImportResult, path: str, typed: dict[str, str]
) -> None:
    with scope(actor("ostfold")):
        one = measures(imported.plan)[0].pk
    answer = keeper.post(f"/planer/{imported.plan.pk}/{path.format(one=one)}", typed)
    assert answer.status_code == 422


def test_a_committee_member_does_not_look_over(imported: ImportResult) -> None:
    client = Client()
    client.force_login(
        member("ostfold", "member", name="Jonas Tveitan"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(review(imported.plan)).status_code == 403
