"""A projection is stored with where it comes from, once, and the figures are the right ones."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY
from samspill.directory.public import Community, Party, Ref, machine, nobody, resolve, scope, search
from samspill.insight.age_groups import AGE_GROUPS
from samspill.insight.public import (
    DataPack,
    Indicator,
    PopulationRun,
    PopulationSeries,
    use_embedded,
    use_pack,
)
from samspill.insight.queries import communities_with_figures, profile_of, values_of
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
OSTFOLD = "HF01"


def ostfold() -> Community:
    return Community.objects.get(code=OSTFOLD)


def test_a_run_has_a_series_for_every_municipality_and_age_group(figures: DataPack) -> None:
    series = PopulationSeries.objects.all()
    assert len(series) == (13 + 1) * len(AGE_GROUPS)
    assert {(one.years[0], one.years[-1]) for one in series} == {(2016, 2040)}
    assert all(len(one.bands) == 14 and len(one.persons) == len(one.years) for one in series)


def test_the_community_is_the_sum_of_its_municipalities(figures: DataPack) -> None:
    profile = profile_of(ostfold())
    assert profile
    for year in (2016, 2026, 2040):
        parts = sum(profile.persons(place, "80+", year) for place in profile.places)
        assert profile.persons(profile.whole, "80+", year) == pytest.approx(parts, abs=1)


def test_the_counted_figures_are_those_of_statistics_norway(figures: DataPack) -> None:
    """SSB 07459, 1 January 2026: 18 306 aged 80 and older in the 13 municipalities, 328 of them in Hvaler."""
    profile = profile_of(ostfold())
    assert profile
    assert profile.persons(profile.whole, "80+", 2026) == 18_306
    assert profile.persons(profile.place("3110"), "80+", 2026) == 328  # type: ignore[arg-type]


def test_the_interval_holds_the_expected_and_widens(figures: DataPack) -> None:
    profile = profile_of(ostfold())
    assert profile
    series = profile.of(profile.whole, "80+")
    widths = []
    for year in range(2027, 2041):
        low, high = series.between(year)
        assert low < series.on(year) < high
        widths.append(high - low)
    assert widths[-1] > widths[4] > widths[0]
    assert all(row == sorted(row) for row in series.bands)


def test_taking_the_same_figures_in_use_again_changes_nothing(figures: DataPack) -> None:
    before = list(PopulationRun.objects.values_list("pk", "made_at"))
    with transaction.atomic():
        again = use_embedded(by=machine(None, TODAY))
    assert again == figures
    assert list(PopulationRun.objects.values_list("pk", "made_at")) == before


def test_a_run_can_neither_be_changed_nor_seen_to_change_from_another_community(figures: DataPack) -> None:
    other = Community.objects.exclude(code=OSTFOLD).first()
    assert other
    with transaction.atomic(), scope(machine(other.pk, TODAY)):
        assert PopulationSeries.objects.update(group="90+") == 0
        assert PopulationRun.objects.count() == 1


def test_indicators_are_worked_out_from_the_series(figures: DataPack) -> None:
    profile = profile_of(ostfold())
    assert profile
    share = values_of(Indicator.objects.get(code="share-80-plus"), profile)
    whole, hvaler = share[0], next(value for value in share if value.place.code == "3110")
    everyone = profile.persons(profile.whole, "all", 2026)
    assert whole.now == pytest.approx(100 * 18_306 / everyone)
    assert hvaler.then is not None
    assert hvaler.now is not None
    assert hvaler.then > hvaler.now
    assert {value.decimals for value in share} == {1}


def test_an_indicator_can_be_pointed_at_and_found_by_its_words(figures: DataPack) -> None:
    number = Indicator.objects.get(code="support-ratio").pk
    with transaction.atomic():
        seen = resolve({Ref("insight.indicator", number)}, nobody(TODAY))
        words = seen[Ref("insight.indicator", number)].words
        assert words
        hits = search("Hvaler framskriving", nobody(TODAY)).hits
    assert [hit.kind for hit in hits if hit.kind == "insight.profile"] == ["insight.profile"]


def test_a_municipality_is_called_what_the_party_that_answers_for_it_is_called(
    figures: DataPack, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hvaler = Party.objects.get(municipality_code="3110")
    with transaction.atomic(), scope(machine(hvaler.community_id, TODAY)):
        former = Party.objects.create(
            community_id=hvaler.community_id, kind=hvaler.kind, name="Gamle Hvaler kommune",
            municipality_code="3110", joined=date(1990, 1, 1), left=date(2005, 1, 1),
        )  # fmt: skip
        Party.objects.filter(municipality_code="3101").update(short_name="", name="Halden by")
        community = ostfold()
        with django_assert_num_queries(2):
            profile = profile_of(community)
        assert profile
        names = {one.code: one.name for one in profile.places}
        assert (names["3110"], names["3101"]) == (str(hvaler), "Halden by")
        for one in profile.places:
            assert one.name == str(Party.objects.get(municipality_code=one.code, left__isnull=True))
        Party.objects.filter(municipality_code="3110", left__isnull=True).update(municipality_code="9998")
        left = profile_of(ostfold())
        assert left
        assert left.place("3110").name == str(former)  # type: ignore[union-attr]
        Party.objects.filter(municipality_code="3110").update(municipality_code="9997")
        unknown = profile_of(ostfold())
        assert unknown
        assert unknown.place("3110").name == "3110"  # type: ignore[union-attr]


def test_communities_without_figures_are_left_out(figures: DataPack) -> None:
    assert [community.code for community, _series in communities_with_figures()] == [OSTFOLD]
    other = Community.objects.exclude(code=OSTFOLD).first()
    assert other
    assert profile_of(other) is None


def test_a_pack_with_a_missing_table_is_refused_and_the_former_stays(
    figures: DataPack, tmp_path: Path
) -> None:
    with pytest.raises(Refused), transaction.atomic():
        use_pack(tmp_path, by=machine(None, TODAY))
    assert [pack.pk for pack in DataPack.objects.all()] == [figures.pk]
