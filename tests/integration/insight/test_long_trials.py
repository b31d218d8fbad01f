"""A trial of other years, or of all the nation: worked out in the background, kept, and the same again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from factories.answers import kept_answers
from factories.people import TODAY, actor, member
from samspill.analysis.figures import embedded
from samspill.directory.public import Community, machine, scope
from samspill.insight.calculations.backtest import BACKTEST, KEY, NATION, answer, parts_of, through, whole
from samspill.insight.jobs import done_in, folder_of, simulate_and_keep
from samspill.insight.public import Calculation, DataPack, calculate_again, use_pack
from samspill.insight.queries.figures import Figures, figures_of
from samspill.refusal import Refused
from unit.cli.small_packs import small_pack

pytestmark = pytest.mark.django_db
PAGE, WORK = "/tall/treffsikkerhet/", "/tall/ostfold/treffsikkerhet/prov/"
NATIONAL = {"jump_off": 2016, "horizon": 2, "draws": 20, "of": NATION}


@pytest.fixture(scope="module")
def _three_places(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataPack]:
    """A small nation of three municipalities in two helsefellesskap, in use."""
    folder = small_pack(tmp_path_factory.mktemp("nation") / "pack")
    with django_db_blocker.unblock(), transaction.atomic():
        yield use_pack(folder, by=machine(None, TODAY))
        transaction.set_rollback(True)


@pytest.fixture
def nation(_three_places: DataPack, db: None) -> DataPack:
    return _three_places


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"))
    return client


def test_a_question_about_ones_own_is_as_it_always_was() -> None:
    assert set(whole({})) == {"jump_off", "horizon", "draws", "seed"}
    assert whole({"of": "moon"}) == whole({})
    assert whole({"of": NATION})["of"] == NATION


def test_the_nation_is_judged_by_helsefellesskap(nation: DataPack) -> None:
    figures = figures_of(nation.version)
    found = answer(figures, ("3101", "3103"), whole(NATIONAL))
    places = {one["area"]: one for one in found["places"]}  # type: ignore[attr-defined]
    assert set(places) == {"Helsefellesskapet Østfold", "Helsefellesskapet Vestfold"}
    came = figures.history.only(("3101", "3103")).on(2018)[..., 80:].sum()
    assert places["Helsefellesskapet Østfold"]["came"] == came
    levels = {one["level"] for one in found["scores"]}  # type: ignore[attr-defined]
    assert {"municipality", "community", "all"} <= levels


def test_work_that_was_stopped_goes_on_and_comes_to_the_same(nation: DataPack, tmp_path: Path) -> None:
    figures, asked = figures_of(nation.version), whole(NATIONAL)
    at_once = answer(figures, (), asked)
    assert through(figures, (), asked, tmp_path) == at_once
    assert done_in(tmp_path) == parts_of(figures, (), asked) == 1
    assert through(figures, (), asked, tmp_path) == at_once


def test_figures_without_the_nation_do_not_judge_it() -> None:
    here = Figures(*embedded())
    with pytest.raises(Refused) as refusal:
        answer(here, ("3101",), whole({"jump_off": 2021, "horizon": 5, "of": NATION}))
    assert refusal.value.code == "calculation.nation"


def test_it_is_asked_for_on_the_page_and_queued_once(nation: DataPack, analyst: Client) -> None:
    page = analyst.get(PAGE)
    assert page.context["form"].years == [2016, 2017]
    assert "Prøv andre år" in page.content.decode()
    sent = {"fra": "2016", "ar": "2", "hvem": "nation"}
    place = analyst.post(WORK, sent).headers["Location"]
    assert analyst.post(WORK, sent).headers["Location"] == place
    job = ProcrastinateJob.objects.get(task_name="insight.simulate")
    assert (job.args["kind"], job.args["asked"]["of"]) == (KEY, NATION)
    shown = analyst.get(place).content.decode()
    assert "svaret kommer her" in shown and 'hx-trigger="every 1s"' in shown
    assert "0 av 1 deler er ferdige" in shown


def test_what_came_out_is_kept_and_told(nation: DataPack, analyst: Client) -> None:
    community = Community.objects.get(slug="ostfold")
    simulate_and_keep(community.pk, "nokkel", whole(NATIONAL), today=TODAY, kind=KEY)
    assert not folder_of(community.pk, "nokkel").exists()
    (kept,) = kept_answers(kind=KEY)
    with scope(actor("ostfold", "secretariat")):
        assert calculate_again(Calculation.objects.get(pk=kept.pk)).is_same
    shown = analyst.get(f"/tall/utregning/{kept.key}/").content.decode()
    assert "over 80 år i Norge i 2018" in shown
    assert "Helsefellesskapet Vestfold" in shown
    waited = analyst.get(f"/tall/ostfold/treffsikkerhet/regner/{kept.key}/").content.decode()
    assert "Svaret er klart" in waited


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"fra": "2016", "ar": "9"}, "kan ikke dømme 9 år fra 2016"),
        ({"fra": "2011", "ar": "2"}, "kan ikke dømme 2 år fra 2011"),
        ({"fra": "i fjor", "ar": "2"}, "et startår og et antall år framover"),
        ({}, "et startår og et antall år framover"),
    ],
)
def test_years_that_cannot_be_judged_are_told_at_the_form(
    nation: DataPack, analyst: Client, sent: dict[str, str], sentence: str
) -> None:
    answer = analyst.post(WORK, sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ProcrastinateJob.objects.filter(task_name="insight.simulate").exists()


def test_a_visitor_and_another_helsefellesskap_set_no_work_going(nation: DataPack, client: Client) -> None:
    assert "Prøv andre år" not in client.get(PAGE).content.decode()
    assert client.post(WORK).headers["Location"].startswith("/logg-inn/")
    client.force_login(member("vestfold", "analyst"))
    assert client.post(WORK, {"fra": "2016", "ar": "2"}).status_code == 403


def test_work_that_is_not_there_is_told_as_stopped(nation: DataPack, analyst: Client) -> None:
    shown = analyst.get("/tall/ostfold/treffsikkerhet/regner/aaaaaaaaaaaa/").content.decode()
    assert "Prøven stoppet" in shown


def test_the_kind_can_be_worked_through() -> None:
    assert BACKTEST.through is through
