"""What is expected of a measure: set in one act with the link, told on its page, changed and undone."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories.measured import measured_figures
from factories.people import actor, member
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, Ref, joined, scope
from samspill.insight.actions.expecting import Wanted, expect, stop_expecting, undo_expecting
from samspill.insight.area_names import levels, municipalities_in
from samspill.insight.models import Expectation, Indicator
from samspill.insight.queries.expectations import asked_of, compared_with, what_happened
from samspill.insight.queries.measured import measured
from samspill.plans.public import Measure
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
CODE = "readmissions-67-plus"
EVERYWHERE = tuple(code for held in levels()["community"].values() for code in held)


def analyst() -> Actor:
    return actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")


@pytest.fixture
def measure() -> Measure:
    keeper = actor("ostfold", "plan_owner", name="Eva Lie", email="eva.lie@example.no")
    with transaction.atomic():
        bring(small_plan(), keeper)
        with scope(keeper):
            return Measure.objects.get(text__contains="pårørende")


@pytest.fixture
def figures() -> None:
    measured_figures(areas=EVERYWHERE)


def wanted(**more: object) -> Wanted:
    said = {
        "goal": 12.0,
        "goal_is": "value",
        "by_year": 2025,
        "starts": date(2022, 3, 1),
        "areas": ("HF01",),
        "compared_as": "others",
        "compared": tuple(f"HF{number:02}" for number in range(2, 20)),
        "why": "Kurset gjør pårørende tryggere.",
    }
    return Wanted(**{**said, **more})  # type: ignore[arg-type]


def indicator() -> Indicator:
    return Indicator.objects.get(code=CODE)


def the_only_one() -> Expectation:
    with transaction.atomic(), scope(analyst()):
        return Expectation.objects.select_related("indicator").get()


def links(measure: Measure) -> list[str]:
    ref = Ref("plans.measure", measure.pk)
    return [one.kind for one in joined([ref], analyst())[ref]]


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(member("ostfold", "plan_owner"))
    return client


def typed(**more: object) -> dict[str, object]:
    return {
        "goal_is": "value",
        "goal": "12,5",
        "by_year": "2025",
        "starts": "2022-03-01",
        "areas": ["HF01"],
        "compared_as": "others",
        "why": "",
        **more,
    }


def test_one_act_joins_and_expects_and_one_undoes_both(figures: None, measure: Measure) -> None:
    about = Ref("plans.measure", measure.pk)
    with transaction.atomic(), scope(analyst()):
        first = expect(about, indicator(), wanted(), by=analyst())
        assert links(measure) == ["measured_by"]
        second = expect(about, indicator(), wanted(goal=10.0), by=analyst())
        with pytest.raises(Refused):
            undo_expecting(first.pk, by=analyst())
        undo_expecting(second.pk, by=analyst())
        assert Expectation.objects.get().goal == 12.0
        undo_expecting(first.pk, by=analyst())
        assert not Expectation.objects.exists()
        assert links(measure) == []


def test_taking_it_away_leaves_the_link_and_can_be_undone(figures: None, measure: Measure) -> None:
    about = Ref("plans.measure", measure.pk)
    with transaction.atomic(), scope(analyst()):
        expect(about, indicator(), wanted(), by=analyst())
        event = stop_expecting(about, indicator(), by=analyst())
        assert links(measure) == ["measured_by"]
        undo_expecting(event.pk, by=analyst())
        assert Expectation.objects.get().why == "Kurset gjør pårørende tryggere."


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"areas": ()}, "expectation.areas"),
        ({"compared": ("HF01",)}, "expectation.compared"),
        ({"by_year": 2021}, "expectation.by"),
        ({"starts": date(1890, 1, 1)}, "expectation.starts"),
    ],
)
def test_what_cannot_be_expected_is_refused(
    figures: None, measure: Measure, more: dict[str, object], code: str
) -> None:
    with transaction.atomic(), scope(analyst()), pytest.raises(Refused) as refused:
        expect(Ref("plans.measure", measure.pk), indicator(), wanted(**more), by=analyst())
    assert refused.value.code == code


def test_others_cannot_expect_anything_of_our_measure(figures: None, measure: Measure) -> None:
    elsewhere = actor("vestfold", "analyst", name="Per Vik", email="per.vik@example.no")
    with transaction.atomic(), scope(elsewhere), pytest.raises(Refused) as refused:
        expect(Ref("plans.measure", measure.pk), indicator(), wanted(), by=elsewhere)
    assert refused.value.forbidden


def test_whom_it_is_compared_with(figures: None) -> None:
    found = measured(CODE)
    others = compared_with(["HF01"], "HF01", "others", found)
    assert others == tuple(f"HF{number:02}" for number in range(2, 20))
    own = compared_with(["3101"], "HF01", "own", found)
    assert set(own) == set(municipalities_in("HF01")) - {"3101"}
    alike = compared_with(["3101"], "HF01", "same_size", found)
    assert 0 < len(alike) <= 30
    assert not set(alike) & set(municipalities_in("HF01"))
    assert compared_with(["HF01"], "HF01", "nobody", found) == ()
    assert compared_with(["HF01"], "HF01", "own", found) == ()


def test_the_page_tells_the_verdict_and_its_files_say_the_same(
    figures: None, measure: Measure, signed_in: Client
) -> None:
    where = f"/tall/tiltak/{measure.pk}/{CODE}/"
    assert "Ingenting er ventet ennå" in signed_in.get(where).content.decode()
    saved = signed_in.post(f"{where}forventning/", typed())
    assert saved.headers["Location"] == where
    page = signed_in.get(where).content.decode()
    assert "Ingen tegn til det som var ventet" in page
    assert "18 å sammenligne med" in page
    csv = signed_in.get(f"{where}?fil=1.csv")
    assert csv.status_code == 200
    assert "2025" in csv.content.decode()
    assert signed_in.get(f"{where}?fil=2.svg").headers["Content-Type"].startswith("image/svg")
    assert signed_in.get(f"{where}?fil=3.svg").status_code == 404


def test_the_page_reads_few_times(figures: None, measure: Measure, signed_in: Client) -> None:
    where = f"/tall/tiltak/{measure.pk}/{CODE}/"
    signed_in.post(f"{where}forventning/", typed())
    signed_in.get(where)
    with CaptureQueriesContext(
        connection,
    ) as read:
        signed_in.get(where)
    assert len(read) <= 25


def test_the_measure_says_what_it_is_to_move(figures: None, measure: Measure, signed_in: Client) -> None:
    page = f"/planer/{measure.plan_id}/tiltak/{measure.pk}/"
    assert "Hva det skal flytte" not in signed_in.get(page).content.decode()
    about = Ref("plans.measure", measure.pk)
    with transaction.atomic(), scope(analyst()):
        expect(about, indicator(), wanted(), by=analyst())
        stop_expecting(about, indicator(), by=analyst())
    before = signed_in.get(page).content.decode()
    assert "Si hva som er ventet" in before
    saved = signed_in.post(f"/tall/tiltak/{measure.pk}/{CODE}/forventning/", typed(neste=page))
    assert saved.headers["Location"] == page
    after = signed_in.get(page).content.decode()
    assert "til 12,5 av hundre opphold innen utgangen av 2025" in after
    assert f"/tall/tiltak/{measure.pk}/{CODE}/" in after


def test_a_form_with_faults_comes_back_with_what_was_typed(
    figures: None, measure: Measure, signed_in: Client
) -> None:
    where = f"/tall/tiltak/{measure.pk}/{CODE}/forventning/"
    answer = signed_in.post(where, typed(goal="mye", compared_as="chosen", chosen="Bodø, Ingensteds"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mye"' in page
    early = signed_in.post(where, typed(by_year="2021")).content.decode()
    assert "Det kan ikke nås før tiltaket begynner." in early
    names = signed_in.post(where, typed(compared_as="chosen", chosen="Ingensteds")).content.decode()
    assert "Vi kjenner ikke «Ingensteds»." in names


def test_others_one_chooses_oneself_are_named(figures: None, measure: Measure, signed_in: Client) -> None:
    where = f"/tall/tiltak/{measure.pk}/{CODE}/"
    signed_in.post(
        f"{where}forventning/",
        typed(areas=["3101", "3103"], compared_as="chosen", chosen="Bodø, Tromsø, Oslo, Bergen"),
    )
    one = the_only_one()
    assert (one.areas, len(one.compared)) == (["3101", "3103"], 4)
    assert "Bodø" in signed_in.get(f"{where}forventning/").content.decode()


def test_before_there_are_figures_it_says_so(measure: Measure, signed_in: Client) -> None:
    measured_figures(["readmissions-copd"])
    where = f"/tall/tiltak/{measure.pk}/{CODE}/"
    signed_in.post(f"{where}forventning/", typed())
    assert "Det er ingen tall ennå" in signed_in.get(where).content.decode()


def test_a_fall_among_those_it_reaches_is_told(measure: Measure, signed_in: Client) -> None:
    run = measured_figures(areas=EVERYWHERE, shares=dict.fromkeys(municipalities_in("HF01"), 0.10))
    _as_before_until_2022(run.answers.get())
    where = f"/tall/tiltak/{measure.pk}/{CODE}/"
    signed_in.post(f"{where}forventning/", typed(goal="10"))
    page = signed_in.get(where).content.decode()
    assert "Ned, omtrent som ventet" in page
    found = what_happened(the_only_one())
    assert found is not None and found.assessed is not None
    assert found.assessed.compared is not None
    assert found.assessed.compared.areas == (1, 18)


def _as_before_until_2022(answer) -> None:  # type: ignore[no-untyped-def]
    """Put fifteen of a hundred in Østfold's years up to 2022, so that the fall begins then."""
    for row in answer.series.filter(area="HF01"):
        for place, year in enumerate(answer.periods):
            if year <= 2022:
                row.values[place] = 15 + 0.2 * (place % 3 - 1)
                row.counts[place] = round(row.values[place] / 100 * row.populations[place])
        row.save()


def test_an_indicator_is_pinned_to_a_measure_from_its_own_page(
    figures: None, measure: Measure, signed_in: Client
) -> None:
    page = signed_in.get(f"/tall/indikatorer/{CODE}/fest/?sok=pårørende").content.decode()
    assert f"/tall/tiltak/{measure.pk}/{CODE}/forventning/" in page
    nothing = signed_in.get(f"/tall/indikatorer/{CODE}/fest/?sok=finnesikke").content.decode()
    assert "Ingen av tiltakene deres har de ordene" in nothing


def test_a_visitor_sees_no_expectation_of_a_plan_that_is_not_open(
    figures: None, measure: Measure, client: Client
) -> None:
    assert client.get(f"/tall/tiltak/{measure.pk}/{CODE}/").status_code == 404


@pytest.mark.parametrize(("code", "breaks"), [("acute-stays-80-plus", [2025]), (CODE, [])])
def test_a_change_in_the_counting_is_known_to_what_tells_of_the_effect(
    measure: Measure, signed_in: Client, code: str, breaks: list[int]
) -> None:
    """Stays are registered in another way from 2025; readmissions are not."""
    measured_figures([code], areas=EVERYWHERE)
    where = f"/tall/tiltak/{measure.pk}/{code}/forventning/"
    signed_in.post(where, typed(compared_as="nobody"))
    found = measured(code)
    assert found is not None
    assert asked_of(the_only_one(), found, [found.areas["HF01"]]).breaks == breaks
