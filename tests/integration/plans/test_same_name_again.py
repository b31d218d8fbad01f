"""Areas of one name in a plan stay what they are when the plan is read again, and so do their measures."""

import pytest

from integration.plans.small_plans import bring
from samspill.directory.public import Actor, scope
from samspill.plans.public import FocusArea, Measure, Plan, edit_text, report_status

pytestmark = pytest.mark.django_db

HEAD = "# Handlingsplan for Helsefellesskapet Østfold 2025-2027\n\n"
SAME = "Lage felles kurs"


def chapter(number: int, title: str, *texts: str) -> str:
    rows = "".join(f"| Kompetanse | {text} | SSU |\n" for text in texts)
    head = f"## Innsatsområde {number}: {title}\n\n"
    return f"{head}| Område | Tiltak | Ansvarlig |\n| --- | --- | --- |\n{rows}\n"


BARN, ELDRE = (1, "Barn og unge"), (2, "Eldre")


def plan_of(*chapters: str, ending: str = "") -> bytes:
    return (HEAD + "".join(chapters) + ending).encode()


def standing(plan: Plan, by: Actor) -> list[tuple[str, str]]:
    """Title of the area above and text of each measure the plan consists of."""
    with scope(by):
        found = Measure.objects.filter(Measure.in_plan(), plan=plan).select_related("area__parent")
        return [(one.area.parent.title, one.text) for one in found.order_by("order")]  # type: ignore[union-attr]


def area_rows(plan: Plan, by: Actor) -> list[tuple[int, str, int | None]]:
    with scope(by):
        found = FocusArea.objects.filter(plan=plan).order_by("pk")
        return [(one.pk, one.title, one.parent_id) for one in found]


def of_chapter(plan: Plan, title: str, by: Actor) -> Measure:
    with scope(by):
        return Measure.objects.get(plan=plan, area__parent__title=title)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring(plan_of(chapter(*BARN, SAME), chapter(*ELDRE, SAME)), secretariat).plan


def test_each_measure_stands_in_its_own_area_also_when_the_plan_is_read_again(
    plan: Plan, secretariat: Actor
) -> None:
    areas = area_rows(plan, secretariat)
    assert len(areas) == 4
    assert standing(plan, secretariat) == [("Barn og unge", SAME), ("Eldre", SAME)]
    again = bring(plan_of(chapter(*BARN, SAME), chapter(*ELDRE, SAME), ending="\nEt ord til.\n"), secretariat)
    assert (again.plan, again.created, again.unchanged, again.gone) == (plan, 0, 2, 0)
    assert area_rows(plan, secretariat) == areas
    assert standing(plan, secretariat) == [("Barn og unge", SAME), ("Eldre", SAME)]


def test_what_is_said_of_one_never_goes_to_the_other_when_one_area_goes_and_comes_back(
    plan: Plan, secretariat: Actor
) -> None:
    barn, eldre = (of_chapter(plan, title, secretariat) for title in ("Barn og unge", "Eldre"))
    with scope(secretariat):
        report_status(barn, word="late", sentence="Barn venter.", by=secretariat)
        report_status(eldre, word="on_track", sentence="Eldre er i gang.", by=secretariat)
    for ending in ("", "\nEn gang til.\n"):
        result = bring(plan_of(chapter(*ELDRE, SAME), ending=ending), secretariat)
        assert result.plan == plan
        assert standing(plan, secretariat) == [("Eldre", SAME)]
        with scope(secretariat):
            assert Measure.objects.get(Measure.in_plan(), plan=plan).pk == eldre.pk
    bring(plan_of(chapter(*BARN, SAME), chapter(*ELDRE, SAME), ending="\nTilbake.\n"), secretariat)
    with scope(secretariat):
        found = {one.pk: one.reports.get().sentence for one in Measure.objects.filter(plan=plan)}
    assert found == {barn.pk: "Barn venter.", eldre.pk: "Eldre er i gang."}


def test_areas_that_change_places_keep_their_measures(plan: Plan, secretariat: Actor) -> None:
    barn, eldre = (of_chapter(plan, title, secretariat) for title in ("Barn og unge", "Eldre"))
    bring(plan_of(chapter(1, "Eldre", SAME), chapter(2, "Barn og unge", SAME)), secretariat)
    assert of_chapter(plan, "Barn og unge", secretariat).pk == barn.pk
    assert of_chapter(plan, "Eldre", secretariat).pk == eldre.pk


def test_an_edited_one_and_a_new_area_of_the_same_name_change_nothing_for_the_others(
    plan: Plan, secretariat: Actor
) -> None:
    barn, eldre = (of_chapter(plan, title, secretariat) for title in ("Barn og unge", "Eldre"))
    with scope(secretariat):
        edit_text(barn, title="", text="Lage felles kurs hver vår", by=secretariat)
    result = bring(plan_of(chapter(3, "Rus", SAME), chapter(*BARN, SAME), chapter(*ELDRE, SAME)), secretariat)
    assert (result.plan, result.created, result.gone) == (plan, 1, 0)
    assert of_chapter(plan, "Eldre", secretariat).pk == eldre.pk
