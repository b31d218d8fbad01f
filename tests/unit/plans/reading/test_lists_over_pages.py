"""What pages leave behind: numbers and headers in lists, headings over two lines, a title as subject."""

from pathlib import Path

from samspill.documents.public import read_here
from samspill.plans.reading import PlanReading, read_plan

TITLE = "Handlingsplan 2026-2027 for Helsefellesskapet Nordkyst"
FRONT = f"{TITLE}\n\n1 Innledning\n\nKort.\n\n2 Oppgaver\n\n2.1 Barn og unge\n\n"


def read(folder: Path, text: str) -> PlanReading:
    path = folder / "plan.txt"
    path.write_text(FRONT + text, "utf-8")
    return read_plan(read_here(path))


def test_a_page_number_inside_a_list_does_not_end_it(tmp_path: Path) -> None:
    reading = read(tmp_path, "Vi skal:\n\n• lage en plan\n• starte et kurs\n\n14\n\n• holde en fagdag\n")
    assert [one.text for one in reading.measures] == ["lage en plan", "starte et kurs", "holde en fagdag"]


def test_a_header_with_tabs_on_every_page_does_not_end_a_list(tmp_path: Path) -> None:
    header = "Handlingsplan\tHelsefellesskapet Nordkyst\tside {}\n\n"
    text = f"{header.format(3)}Vi skal:\n\n• lage en plan\n\n{header.format(4)}• starte et kurs\n"
    assert [one.text for one in read(tmp_path, text).measures] == ["lage en plan", "starte et kurs"]


def test_a_sentence_cut_off_opens_a_list_and_names_who_does_it(tmp_path: Path) -> None:
    text = (
        "Fall er vanlig. Kommunene skal videre\n\n• lage en plan\n• måle alle fall (ansvarlig: FSU eldre)\n"
    )
    reading = read(tmp_path, text)
    assert [[who.raw for who in one.responsible] for one in reading.measures] == [
        ["Kommunene"],
        ["FSU eldre"],
    ]


def test_tasks_hold_numbered_areas_whose_headings_may_go_over_two_lines(tmp_path: Path) -> None:
    text = (
        "Tekst om barn.\n\n2.2 Rekruttering, kompetanse og stabilisering av\nfagfolk i små kommuner\n\n"
        "Kommunene skal utarbeide en felles plan innen 1. mars 2027.\n"
    )
    reading = read(tmp_path, text)
    assert [area.title for area in reading.focus_areas] == [
        "Barn og unge",
        "Rekruttering, kompetanse og stabilisering av fagfolk i små kommuner",
    ]
    assert [one.focus_area for one in reading.measures] == ["2.2"]


def test_a_month_without_a_year_is_the_first_one_the_plan_covers(tmp_path: Path) -> None:
    (measure,) = read(tmp_path, "FSU legger fram en rapport om ventetid i oktober.\n").measures
    assert (str(measure.deadline), measure.deadline_precision) == ("2026-10-31", "month")


def test_a_community_that_is_also_the_title_is_not_taken_for_a_page_header(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Helsefellesskapet Nordkyst\n\nHandlingsplan 2026-2027\n\n## 1 Innsatsområder\n\n### 1.1 Barn\n\n"
        "Helsefellesskapet Nordkyst vil utarbeide en felles plan for barn og unge.\n",
        "utf-8",
    )
    (measure,) = read_plan(read_here(path)).measures
    assert measure.text.startswith("Helsefellesskapet Nordkyst vil")
