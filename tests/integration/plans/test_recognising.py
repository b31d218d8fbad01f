"""A reading recognises the plan's measures, by what they said first and by what they say now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from integration.plans.small_plans import bring, small_plan
from integration.plans.tables_at_hand import brought, csv_file, key, taken, verdicts
from integration.plans.test_pages import signed_in
from integration.plans.test_plan_out import fetched
from samspill.directory.public import Actor, scope
from samspill.plans.actions.importing.recognising import Hits, _matched
from samspill.plans.actions.reviewing import split
from samspill.plans.public import ImportResult, Measure, Plan, edit_text, report_status

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (
    "Avtale fast telefontid mellom BUP og skolene",
    "Lage felles kurs i samtaler med pårørende",
    "Prøve ut besøk første uke etter utskriving",
)


def measures(plan: Plan, by: Actor) -> list[Measure]:
    with scope(by):
        return list(Measure.objects.filter(plan=plan).order_by("order", "pk"))


def edited(measure: Measure, text: str, by: Actor) -> None:
    with scope(by):
        edit_text(measure, title="", text=text, by=by)


def counted(result: ImportResult) -> tuple[int, int, int]:
    return result.created, result.unchanged, result.gone


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_an_edited_measure_is_the_same_when_its_plan_is_written_out_and_read_in_again(
    imported: ImportResult, secretariat: Actor, ending: str
) -> None:
    first, *_others = measures(imported.plan, secretariat)
    edited(first, "Fast telefontid hver dag mellom BUP og skolene i regionen", secretariat)
    with scope(secretariat):
        report_status(first, word="on_track", sentence="Vi har begynt.", by=secretariat)
        before = Measure.objects.filter(pk=first.pk).values().get()
        owners = list(first.responsibles.values())
    content = fetched(signed_in(secretariat), imported.plan, ending)
    result = bring(content, secretariat, f"plan.{ending}")
    assert (result.plan, counted(result)) == (imported.plan, (0, 3, 0))
    with scope(secretariat):
        assert Measure.objects.filter(pk=first.pk).values().get() == before
        assert list(first.responsibles.values()) == owners


def test_its_first_words_are_recognised_as_well(imported: ImportResult, secretariat: Actor) -> None:
    first, *_others = measures(imported.plan, secretariat)
    edited(first, "Fast telefontid hver dag", secretariat)
    result = bring(small_plan() + b"\nEt ord til.\n", secretariat)
    assert counted(result) == (0, 3, 0)
    assert measures(imported.plan, secretariat)[0].text == "Fast telefontid hver dag"


def plan_of(*texts: str) -> bytes:
    return small_plan(rows=tuple((text, "SSU", "") for text in texts))


def state(plan: Plan, by: Actor) -> dict[int, tuple[str, bool]]:
    return {one.pk: (one.text, one.gone_in_id is None) for one in measures(plan, by)}


@pytest.mark.parametrize("turned", [False, True])
def test_measures_that_swapped_their_words_stay_who_they_are(secretariat: Actor, turned: bool) -> None:
    plan = bring(plan_of(FIRST, SECOND), secretariat).plan
    one, two = measures(plan, secretariat)
    edited(one, SECOND, secretariat)
    edited(two, FIRST, secretariat)
    before = state(plan, secretariat)
    texts = (FIRST, SECOND)[:: -1 if turned else 1]
    result = bring(plan_of(*texts) + b"\n\nNytt.\n", secretariat)
    assert counted(result) == (0, 2, 0)
    assert state(plan, secretariat) == before


@pytest.mark.parametrize(
    "rows", [("Nye ord her", FIRST), (FIRST, "Nye ord her"), (FIRST, SECOND), (SECOND, FIRST)]
)
def test_words_taken_over_from_another_measure_decide_nothing_that_something_else_can(
    secretariat: Actor, rows: tuple[str, ...]
) -> None:
    """The first says something new, the second says what the first said: both documents mean both."""
    plan = bring(plan_of(FIRST, SECOND), secretariat).plan
    one, two = measures(plan, secretariat)
    edited(one, "Nye ord her", secretariat)
    edited(two, FIRST, secretariat)
    before = state(plan, secretariat)
    assert counted(bring(plan_of(*rows) + b"\n\nNytt.\n", secretariat)) == (0, 2, 0)
    assert state(plan, secretariat) == before


def test_when_nothing_else_can_decide_the_present_words_do(secretariat: Actor) -> None:
    plan = bring(plan_of(FIRST, SECOND), secretariat).plan
    one, two = measures(plan, secretariat)
    edited(one, "Nye ord her", secretariat)
    edited(two, FIRST, secretariat)
    assert counted(bring(plan_of(FIRST, THIRD), secretariat)) == (1, 1, 1)
    said = state(plan, secretariat)
    assert (said[one.pk], said[two.pk]) == (("Nye ord her", False), (FIRST, True))


def test_old_and_new_words_in_one_document_are_two_measures(secretariat: Actor) -> None:
    plan = bring(plan_of(FIRST), secretariat).plan
    (one,) = measures(plan, secretariat)
    edited(one, "Nye ord her", secretariat)
    both = plan_of(FIRST, "Nye ord her")
    assert counted(bring(both, secretariat)) == (1, 1, 0)
    assert state(plan, secretariat)[one.pk] == ("Nye ord her", True)
    assert counted(bring(both + b"\n\nNytt.\n", secretariat)) == (0, 2, 0)


def test_a_part_that_was_split_off_is_recognised_in_what_is_written_out(
    imported: ImportResult, secretariat: Actor
) -> None:
    first, *_others = measures(imported.plan, secretariat)
    with scope(secretariat):
        split(first, first="Avtale fast telefontid", second="Skolene får en fast kontakt", by=secretariat)
    content = fetched(signed_in(secretariat), imported.plan, "docx")
    assert counted(bring(content, secretariat, "plan.docx")) == (0, 4, 0)
    assert counted(bring(small_plan() + b"\n\nNytt.\n", secretariat)) == (0, 4, 0)


def test_a_measure_that_came_in_a_table_is_not_missed_by_a_document(
    imported: ImportResult, secretariat: Actor
) -> None:
    head = ("Innsatsområde", "Tiltak", "Ansvarlig")
    taken(
        brought(imported.plan, csv_file(head, ("1 Barn og unge", "Møtes hver høst", "SSU")), secretariat),
        secretariat,
    )
    result = bring(plan_of(FIRST, SECOND, THIRD) + b"\n\nNytt.\n", secretariat)
    assert counted(result) == (0, 3, 0)
    with_it = bring(plan_of("Møtes hver høst", FIRST, SECOND, THIRD), secretariat)
    assert counted(with_it) == (0, 4, 0), "the next edition has it, and it is the same"


def test_a_measure_moved_to_another_area_stays_there(imported: ImportResult, secretariat: Actor) -> None:
    first, *_others = measures(imported.plan, secretariat)
    content = csv_file(("Nøkkel", "Innsatsområde", "Tiltak"), (key(first), "Ledelse", first.text))
    taken(brought(imported.plan, content, secretariat), secretariat)
    assert counted(bring(small_plan() + b"\n\nNytt.\n", secretariat)) == (0, 3, 0)
    with scope(secretariat):
        assert str(Measure.objects.select_related("area").get(pk=first.pk).area) == "Ledelse"
    out = fetched(signed_in(secretariat), imported.plan, "docx")
    assert counted(bring(out, secretariat, "plan.docx")) == (0, 3, 0)


def test_recognising_costs_no_query_for_each_measure(secretariat: Actor) -> None:
    counts = []
    for number, rows in enumerate((5, 25)):
        plan = plan_of(*(f"Avtale møte nummer {one} med skolene" for one in range(rows)))
        bring(plan, secretariat)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            bring(plan + b"\n\nNytt %d.\n" % number, secretariat)
        counts.append(len(caught))
    assert counts[1] <= counts[0]


places = st.one_of(st.none(), st.integers(0, 5))


@given(st.dictionaries(st.integers(0, 9).map(str), st.tuples(places, places).map(lambda pair: Hits(*pair))))
def test_every_measure_is_matched_once_and_only_with_what_may_mean_it(hits: dict[str, Hits]) -> None:
    found = _matched(hits)
    assert len(set(found.values())) == len(found)
    assert all(place in hits[key] for key, place in found.items())
    unmatched = [hits[key] for key in hits.keys() - found.keys()]
    assert all(place is None or place in found.values() for one in unmatched for place in one)
    assert _matched(dict(hits)) == found


def test_a_table_without_keys_recognises_edited_words_too(imported: ImportResult, secretariat: Actor) -> None:
    first, *_others = measures(imported.plan, secretariat)
    edited(first, "Fast telefontid hver dag", secretariat)
    head = ("Innsatsområde", "Tiltak", "Ansvarlig")
    rows = (("1 Barn og unge", "Fast telefontid hver dag", "SSU"), ("1 Barn og unge", FIRST, "SSU"))
    for row in rows:
        made = brought(imported.plan, csv_file(head, row), secretariat)
        assert verdicts(made, secretariat) == ["unchanged"]
    both = brought(imported.plan, csv_file(head, *rows), secretariat)
    assert verdicts(both, secretariat) == ["unchanged", "new"]
    taken(both, secretariat)
    assert (
        verdicts(brought(imported.plan, csv_file(head, *rows), secretariat), secretariat) == ["unchanged"] * 2
    )


def test_a_table_makes_anew_what_a_newer_document_left_out(
    imported: ImportResult, secretariat: Actor
) -> None:
    bring(plan_of(SECOND, THIRD), secretariat)
    row = ("1 Barn og unge", FIRST, "SSU")
    made = brought(imported.plan, csv_file(("Innsatsområde", "Tiltak", "Ansvarlig"), row), secretariat)
    assert verdicts(made, secretariat) == ["new"]
    taken(made, secretariat)
    with scope(secretariat):
        alive = Measure.objects.filter(Measure.in_plan(), plan=imported.plan)
        assert sorted(alive.values_list("text", flat=True)) == sorted((FIRST, SECOND, THIRD))
