"""Where a plan stands: under what, over what, after what, and what its keepers say of it as a whole."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from factories.people import actor, member
from integration.plans.revising import NEW, map_all
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Account, Actor, scope
from samspill.plans.actions.placing import Placed, set_place, undo_place
from samspill.plans.actions.revision_start import begin_revision
from samspill.plans.public import Plan, PlanKind, adopt
from samspill.plans.queries.place import place_of
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def client(secretariat: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=secretariat.account_id), backend=BACKEND)
    return client


@pytest.fixture
def strategy(secretariat: Actor) -> Plan:
    content = small_plan(years="2023-2030").replace(b"# Handlingsplan", b"# Strategi")
    plan = bring(content, secretariat, "strategi.md").plan
    assert plan.kind == PlanKind.STRATEGY
    return plan


def text_of(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).content.decode()))


def typed(plan: Plan, **changes: object) -> dict[str, object]:
    values = {
        "title": plan.title,
        "slogan": plan.slogan,
        "kind": plan.kind,
        "period_start": plan.period_start,
        "period_end": plan.period_end,
        "parent": plan.parent_id or "",
        "review_months": plan.review_months,
    }
    return values | changes


def test_a_plan_is_put_under_a_strategy_and_it_shows_on_both(
    client: Client, old: Plan, strategy: Plan
) -> None:
    sent = client.post(
        f"/planer/{old.pk}/plass/",
        typed(old, parent=strategy.pk, slogan="Sammen om det", review_months=12),
    )
    assert (sent.status_code, sent["Location"]) == (303, f"/planer/{old.pk}/#om-planen")
    page = text_of(client, f"/planer/{old.pk}/")
    assert "Står under Strategi for Helsefellesskapet Østfold 2023-2030" in page
    assert "Innen 7. februar 2026, hvert år" not in page
    assert "Skulle vært gjennomgått innen 7. februar 2026, hvert år" in page
    assert "Under den Handlingsplan for Helsefellesskapet Østfold 2025-2026" in text_of(
        client, f"/planer/{strategy.pk}/"
    )


def test_what_was_said_of_a_plan_is_taken_back_as_a_whole(
    client: Client, old: Plan, secretariat: Actor
) -> None:
    client.post(f"/planer/{old.pk}/plass/", typed(old, title="En annen plan", period_end="2029-12-31"))
    page = client.get(f"/planer/{old.pk}/").content.decode()
    (undo,) = re.findall(rf'action="(/planer/{old.pk}/plass/angre/\d+/)"', page)
    assert client.post(undo).status_code == 303
    with scope(secretariat):
        again = Plan.objects.get(pk=old.pk)
    assert (again.title, again.period_end) == (old.title, date(2026, 12, 31))
    assert client.post(undo).status_code == 422


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Skriv hva planen heter."),
        ({"period_end": "2020-01-01"}, "Planen slutter før den begynner."),
        ({"period_end": "snart"}, "Skriv det som en dag"),
        ({"review_months": "0"}, "etter 1 til 120 måneder"),
        ({"review_months": "to år"}, "Skriv et antall måneder"),
        ({"kind": "drøm"}, "drøm"),
        ({"parent": "999999"}, "999999"),
    ],
)
def test_what_makes_no_sense_is_said_at_the_field_and_nothing_is_written(
    client: Client, old: Plan, secretariat: Actor, changes: dict[str, object], said: str
) -> None:
    sent = client.post(f"/planer/{old.pk}/plass/", typed(old, **changes))
    assert sent.status_code == 422
    assert said in sent.content.decode()
    with scope(secretariat):
        assert Placed.of(Plan.objects.get(pk=old.pk)) == Placed.of(old)


def test_a_strategy_is_not_put_under_the_plan_that_carries_it_out(
    client: Client, old: Plan, strategy: Plan, secretariat: Actor
) -> None:
    client.post(f"/planer/{old.pk}/plass/", typed(old, parent=strategy.pk))
    sent = client.post(f"/planer/{strategy.pk}/plass/", typed(strategy, parent=old.pk))
    assert sent.status_code == 422
    assert "kan ikke stå under" in sent.content.decode()
    lowered = client.post(f"/planer/{strategy.pk}/plass/", typed(strategy, kind="annual_plan"))
    assert lowered.status_code == 422
    assert "Flytt den først." in lowered.content.decode()


def test_two_plans_of_the_same_kind_for_the_same_days_are_told_of_and_a_revision_is_offered(
    client: Client, old: Plan, secretariat: Actor
) -> None:
    other = bring(NEW.replace(b"2027-2028", b"2026-2027"), secretariat, "ny.md").plan
    page = client.get(f"/planer/{other.pk}/").content.decode()
    assert "er en plan av samme slag, og periodene overlapper." in page
    assert "Er dette en revisjon av den?" in page
    assert "Er dette en revisjon av den?" not in client.get(f"/planer/{old.pk}/").content.decode()
    sent = client.post(f"/planer/{other.pk}/revisjon/av/", {"of": old.pk})
    assert (sent.status_code, sent["Location"]) == (303, f"/planer/{other.pk}/revisjon/")
    assert "Er dette en revisjon av den?" not in client.get(f"/planer/{other.pk}/").content.decode()


def test_versions_are_counted_along_the_chain_which_never_closes(secretariat: Actor) -> None:
    plans = [
        bring(small_plan(years=f"{year}-{year + 1}", adopted=""), secretariat, f"{year}.md").plan
        for year in (2021, 2023, 2025)
    ]
    with scope(secretariat):
        begin_revision(plans[1], of=plans[0], by=secretariat)
        begin_revision(plans[2], of=plans[1], by=secretariat)
        found = [place_of(Plan.objects.get(pk=one.pk), secretariat) for one in plans]
        assert [one.version for one in found] == [1, 2, 3]
        for plan, of in ((plans[0], plans[2]), (plans[0], plans[0]), (plans[0], plans[1])):
            with pytest.raises(Refused):
                begin_revision(Plan.objects.get(pk=plan.pk), of=of, by=secretariat)


def test_a_plan_is_revised_by_one_plan_only(old: Plan, new: Plan, secretariat: Actor) -> None:
    third = bring(small_plan(years="2026-2029", adopted=""), secretariat, "enda-en.md").plan
    with scope(secretariat):
        with pytest.raises(Refused) as refused:
            begin_revision(third, of=old, by=secretariat)
        assert new.title in refused.value.sentence
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=third.pk).update(replaces=old)


def test_the_database_keeps_kin_in_the_same_community(old: Plan) -> None:
    other = actor("vestfold")
    theirs = bring(small_plan("Helsefellesskapet i Vestfold"), other).plan
    with scope(other):
        for name in ("parent", "replaces"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Plan.objects.filter(pk=theirs.pk).update(**{name: old.pk})
            with pytest.raises(IntegrityError), transaction.atomic():
                Plan.objects.filter(pk=theirs.pk).update(**{name: theirs.pk})
        with pytest.raises(Refused):
            set_place(theirs, Placed(**{**vars(Placed.of(theirs)), "parent": old.pk}), by=other)


def test_only_keepers_place_a_plan(old: Plan, secretariat: Actor) -> None:
    client = Client()
    client.force_login(member("ostfold", "member", name="Jonas Tveitan"), backend=BACKEND)
    assert client.get(f"/planer/{old.pk}/plass/").status_code == 403
    assert client.post(f"/planer/{old.pk}/plass/", typed(old, title="Vår")).status_code == 403
    with scope(secretariat):
        event = set_place(old, Placed(**{**vars(Placed.of(old)), "title": "Ny"}), by=secretariat)
    assert client.post(f"/planer/{old.pk}/plass/angre/{event.pk}/").status_code == 403
    one = actor("vestfold")
    with scope(one), pytest.raises(Refused):
        undo_place(old, event.pk, by=one)


def test_the_list_shows_the_plan_in_force_with_the_coming_one_and_the_earlier_folded(
    client: Client, old: Plan, new: Plan, secretariat: Actor
) -> None:
    page = client.get("/planer/").content.decode()
    assert f'id="p{old.pk}"' in page
    assert f'id="p{new.pk}"' not in page
    assert "Er under revisjon:" in page
    with scope(secretariat):
        map_all(new, secretariat)
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
    page = client.get("/planer/").content.decode()
    assert f'id="p{new.pk}"' in page
    assert f'id="p{old.pk}"' not in page
    assert "Tidligere utgave" in page
