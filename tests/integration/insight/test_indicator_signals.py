"""New figures are looked through: a signal each, one task, and what people say of it."""

import pytest
from django.db import transaction
from django.test import Client

from factories.measured import YEARS, measured_figures
from factories.people import actor, member
from samspill.directory.public import Actor, Community, dues_of, scope
from samspill.insight.actions.saying import name_responsible, say_what_it_is, take_back_said
from samspill.insight.actions.watching import look_for_signals
from samspill.insight.area_names import levels
from samspill.insight.models import Indicator, IndicatorResponsible, IndicatorRun, IndicatorSignal
from samspill.insight.queries.indicator_signals import signal_dues
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
CODES = ("readmissions-67-plus", "readmissions-copd")
EVERYWHERE = tuple(code for held in levels()["community"].values() for code in held)


def analyst() -> Actor:
    return actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")


@pytest.fixture
def run() -> IndicatorRun:
    """Østfold jumps in the last year in both indicators; then it is looked through anew."""
    made = measured_figures(CODES, areas=EVERYWHERE)
    IndicatorSignal.objects.all().delete()
    for answer in made.answers.all():
        for row in answer.series.filter(area="HF01"):
            row.values[-1] = 25.0
            row.save()
    look_for_signals(made)
    return made


def mine() -> list[IndicatorSignal]:
    with transaction.atomic(), scope(analyst()):
        return list(IndicatorSignal.objects.inside(analyst()).filter(area="HF01"))


def dues(who: Actor) -> list:
    with transaction.atomic(), scope(who):
        return dues_of([signal_dues], who)


def test_a_jump_is_a_signal_and_told_once(run: IndicatorRun) -> None:
    found = mine()
    assert [(one.rule, one.kind, one.period) for one in found] == [("outside", "concern", YEARS[-1])] * 2
    assert found[0].upper < 25
    look_for_signals(run)
    assert len(mine()) == 2


def test_all_of_a_refresh_is_one_task_for_the_analyst(run: IndicatorRun) -> None:
    found = dues(analyst())
    assert [one.title for one in found] == ["To indikatorer har endret seg mer enn tilfeldig"]
    assert found[0].url == f"/tall/signaler/?kjoring={run.pk}"
    assert dues(actor("ostfold", "member", name="Ola Bø", email="ola.bo@example.no")) == []
    assert dues(actor("vestfold", "analyst", name="Per Vik", email="per.vik@example.no")) == []


def test_who_is_named_gets_it_instead(run: IndicatorRun) -> None:
    account = member("ostfold", "member", name="Ola Bø", email="ola.bo@example.no")
    one = Indicator.objects.get(code=CODES[0])
    with transaction.atomic(), scope(analyst()):
        name_responsible(one, account.pk, by=analyst())
    ola = actor("ostfold", "member", name="Ola Bø", email="ola.bo@example.no")
    assert [due.title for due in dues(ola)] == ["Én indikator har endret seg mer enn tilfeldig"]
    assert [due.title for due in dues(analyst())] == ["Én indikator har endret seg mer enn tilfeldig"]
    with transaction.atomic(), scope(analyst()):
        name_responsible(one, None, by=analyst())
        assert not IndicatorResponsible.objects.exists()
    assert dues(ola) == []


def test_saying_what_it_is_closes_it_and_can_be_taken_back(run: IndicatorRun) -> None:
    with transaction.atomic(), scope(analyst()):
        for one in mine():
            say_what_it_is(one, "known", "Sommerstengt avdeling.", by=analyst())
    assert dues(analyst()) == []
    with transaction.atomic(), scope(analyst()):
        take_back_said(mine()[0], by=analyst())
    assert len(dues(analyst())) == 1


@pytest.mark.parametrize(
    ("meaning", "said", "code"), [("", "", "signal.meaning"), ("known", " ", "signal.said")]
)
def test_a_cause_is_told_in_words(run: IndicatorRun, meaning: str, said: str, code: str) -> None:
    with transaction.atomic(), scope(analyst()), pytest.raises(Refused) as refused:
        say_what_it_is(mine()[0], meaning, said, by=analyst())
    assert refused.value.code == code


def test_a_municipality_newly_far_from_the_others_is_a_signal(run: IndicatorRun) -> None:
    answer = run.answers.get(indicator__code=CODES[0])
    row = answer.series.get(area="3105")
    row.counts[-1] = round(0.45 * row.populations[-1])
    row.save()
    look_for_signals(run)
    with transaction.atomic(), scope(analyst()):
        found = IndicatorSignal.objects.inside(analyst()).get(area="3105")
    assert (found.rule, found.kind) == ("funnel", "concern")


def test_quiet_figures_give_about_as_few_signals_as_was_said() -> None:
    measured_figures(CODES, areas=EVERYWHERE, seed=7)
    found = 0
    for community in Community.objects.filter(code__startswith="HF"):
        who = actor(community.slug, "analyst", name="Tone Myhre", email=f"{community.slug}@example.no")
        with transaction.atomic(), scope(who):
            found += IndicatorSignal.objects.inside(who).exclude(rule="funnel").count()
    assert found <= 3  # 38 charts; about 0.1 by chance


def test_the_list_shows_filters_and_takes_what_is_said(run: IndicatorRun, client: Client) -> None:
    client.force_login(member("ostfold", "analyst"))
    page = client.get("/tall/signaler/").content.decode()
    assert "2 signaler venter på at noen sier hva de er." in page
    assert "25 av hundre opphold i 2025" in page
    assert "Ingenting her av det du spurte etter" in client.get("/tall/signaler/?vei=bedre").content.decode()
    one = mine()[0]
    refused = client.post(f"/tall/signaler/{one.pk}/", {"meaning": "fault", "said": ""})
    assert refused.status_code == 422
    assert "Si hva årsaken er, i en setning." in refused.content.decode()
    said = client.post(f"/tall/signaler/{one.pk}/", {"meaning": "looking", "said": ""})
    assert said.headers["Location"] == "/tall/signaler/"
    assert "Vi ser på det" in client.get("/tall/signaler/?vis=sagt").content.decode()
    client.post(f"/tall/signaler/{one.pk}/angre/")
    assert "2 signaler" in client.get("/tall/signaler/").content.decode()


def test_without_signals_the_list_says_that_it_is_fine(client: Client) -> None:
    client.force_login(member("ostfold", "analyst"))
    page = client.get("/tall/signaler/").content.decode()
    assert "Ingenting har endret seg mer enn tilfeldig" in page


def test_signals_of_others_cannot_be_answered(run: IndicatorRun, client: Client) -> None:
    client.force_login(member("vestfold", "analyst"))
    assert client.post(f"/tall/signaler/{mine()[0].pk}/", {"meaning": "looking"}).status_code == 404
