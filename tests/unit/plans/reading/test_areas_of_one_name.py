"""Areas with the same number or the same title are told apart, and each measure stands in its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.documents.reading import read_bytes
from samspill.plans.reading import PlanReading, read_plan
from samspill.plans.reading.area_keys import free_key

HEAD = "# Handlingsplan for Helsefellesskapet Østfold 2025-2027\n\n"
TABLE = "| Tiltak | Ansvarlig |\n| --- | --- |\n| {} | SSU |\n\n"
NAMING = "| Område | Tiltak | Ansvarlig |\n| --- | --- | --- |\n| Kompetanse | {} | SSU |\n\n"


def reading(*parts: str) -> PlanReading:
    return read_plan(read_bytes((HEAD + "".join(parts)).encode(), "plan.md"), communities=[])


def places(found: PlanReading) -> dict[str, tuple[str, str, str]]:
    """Text of each measure -> number and title of its area, and the title of the area above that."""
    areas = {one.key: one for one in found.focus_areas}
    assert len(areas) == len(found.focus_areas), "every key is the key of one area"
    titles = {key: one.title for key, one in areas.items()} | {"": ""}
    return {
        one.text: (areas[one.focus_area].number, areas[one.focus_area].title,
                   titles[areas[one.focus_area].parent])
        for one in found.measures
    }  # fmt: skip


def test_numbering_that_starts_over_makes_no_area_swallow_another() -> None:
    found = reading(
        "## Innsatsområde 1: Barn og unge\n\n",
        TABLE.format("Lage felles kurs"),
        "## Innsatsområde 1: Eldre\n\n",
        TABLE.format("Lage felles plan"),
    )
    assert places(found) == {
        "Lage felles kurs": ("1", "Barn og unge", ""),
        "Lage felles plan": ("1", "Eldre", ""),
    }


def test_parts_with_the_same_number_stand_below_the_nearest_area() -> None:
    found = reading(
        "## Innsatsområder\n\n### Innsatsområde 1: Barn og unge\n\n",
        "### 1.1 Skole\n\n",
        TABLE.format("Avtale møter med skolene"),
        "### Innsatsområde 1: Eldre\n\n",
        "### 1.1 Hjemme\n\n",
        TABLE.format("Avtale besøk hjemme"),
    )
    assert {text: place[1] for text, place in places(found).items()} == {
        "Avtale møter med skolene": "Skole",
        "Avtale besøk hjemme": "Hjemme",
    }
    titles = {one.key: one.title for one in found.focus_areas}
    above = {one.title: titles.get(one.parent, "") for one in found.focus_areas}
    assert (above.get("Skole"), above.get("Hjemme")) == ("Barn og unge", "Eldre")


def listed(area: str, *texts: str) -> str:
    items = "".join(f"- {text}\n" for text in texts)
    return f"### {area}\n\nVi vil prioritere:\n\n- Kompetanse\n\n#### Kompetanse\n\nTiltak:\n\n{items}\n"


def test_the_same_title_under_two_areas_is_two_areas() -> None:
    found = reading(
        "## Innsatsområder\n\n",
        listed("Barn og unge", "Lage felles kurs for barnehager", "Lage felles plan for tidlig hjelp"),
        listed("Eldre", "Lage felles kurs for sykehjem", "Lage felles plan for besøk"),
    )
    inside = {text: place[1:] for text, place in places(found).items() if place[2]}
    assert inside == {
        "Lage felles kurs for barnehager": ("Kompetanse", "Barn og unge"),
        "Lage felles plan for tidlig hjelp": ("Kompetanse", "Barn og unge"),
        "Lage felles kurs for sykehjem": ("Kompetanse", "Eldre"),
        "Lage felles plan for besøk": ("Kompetanse", "Eldre"),
    }


def test_the_same_title_in_the_tables_of_two_areas_is_two_areas() -> None:
    found = reading(
        "## Innsatsområde 1: Barn og unge\n\n",
        NAMING.format("Lage felles kurs"),
        "## Innsatsområde 2: Eldre\n\n",
        NAMING.format("Lage felles plan"),
    )
    assert places(found) == {
        "Lage felles kurs": ("", "Kompetanse", "Barn og unge"),
        "Lage felles plan": ("", "Kompetanse", "Eldre"),
    }


@pytest.mark.parametrize("before", ["", "## Innsatsområde 3: Rus\n\n" + TABLE.format("Lage rutiner for rus")])
def test_a_key_tells_of_the_area_and_not_of_how_many_stand_before_it(before: str) -> None:
    found = reading(
        "## Innsatsområde 1: Barn og unge\n\n", TABLE.format("Lage felles kurs"), before,
        "## Innsatsområde 1: Eldre\n\n", TABLE.format("Lage felles plan"),
    )  # fmt: skip
    assert [one.key for one in found.focus_areas if one.title != "Rus"] == ["1", "1 Eldre"]


def test_what_a_table_names_has_its_number_and_a_chapter_that_is_only_guessed_gives_way() -> None:
    found = reading(
        "## 1 Bakgrunn\n\nVi vedtok planen i 2025.\n\n## 2 Tiltak\n\n",
        "| Nr. | Tiltak | Ansvarlig |\n| --- | --- | --- |\n| **1** | **Kreft** | |\n",
        "| 1.1 | Lage felles kurs | SSU |\n| **2** | **Fødsler** | |\n| 2.1 | Lage felles plan | SSU |\n",
    )
    assert [(one.key, one.title) for one in found.focus_areas] == [("1", "Kreft"), ("2", "Fødsler")]
    assert [one.focus_area for one in found.measures] == ["1", "2"]


@given(
    areas=st.lists(
        st.tuples(st.sampled_from(["", "1", "2", "2.1"]), st.sampled_from(["A", "B", "1", "1 A"])),
        max_size=30,
    )
)
def test_no_two_areas_get_the_same_key_and_the_same_areas_get_the_same_keys(
    areas: list[tuple[str, str]],
) -> None:
    def keys() -> list[str]:
        found: list[str] = []
        for number, title in areas:
            found.append(free_key(number, title, found[0] if found else "", set(found)))
        return found

    assert len(set(keys())) == len(areas)
    assert keys() == keys()
