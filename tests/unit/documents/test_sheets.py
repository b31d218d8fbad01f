"""A workbook of several sheets: tabs Excel takes, and no text that is worked out."""

import io

from openpyxl import load_workbook

from samspill.documents.sheets import LONGEST_TAB, Sheet, workbook_of


def tabs_of(*names: str) -> list[str]:
    content = workbook_of(Sheet(name, [["a"], ["=1+1"]]) for name in names)
    book = load_workbook(io.BytesIO(content))
    assert all(sheet["A2"].data_type == "s" for sheet in book.worksheets)
    return book.sheetnames


def test_names_of_tabs_are_kept_when_excel_takes_them() -> None:
    assert tabs_of("Svar", "Metode") == ["Svar", "Metode"]


def test_signs_of_addresses_are_left_out_and_long_names_cut() -> None:
    first, second = tabs_of("Fra 67 / til [80]: 'alle'?", "x" * 50)
    assert first == "Fra 67   til  80   'alle"
    assert second == "x" * LONGEST_TAB


def test_two_of_the_same_name_are_told_apart_also_when_they_are_cut() -> None:
    long = "En figur med en svært lang tittel"
    tabs = tabs_of("Tall", "tall", f"{long} a", f"{long} b")
    assert len({tab.casefold() for tab in tabs}) == len(tabs)
    assert all(len(tab) <= LONGEST_TAB for tab in tabs)
