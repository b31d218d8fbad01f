"""Columns are known by what stands in them where their headers are not."""

from pathlib import Path

from plan_blocks import read_text

HEAD = "# Handlingsplan 2026-2028\n\n## Innsatsområde 1: Barn\n\n"


def test_things_to_do_beside_somebody_and_a_time_are_measures(tmp_path: Path) -> None:
    table = (
        "| Vegval | Team | Stoppested |\n| --- | --- | --- |\n"
        "| Etablere felles mottak | Stad kommune | 1. mars 2027 |\n"
        "| Kurse vikarane | Barneavdelinga | hausten 2026 |\n"
    )
    measures = read_text(tmp_path, HEAD + table).measures
    assert [(one.text, one.responsible[0].raw, str(one.deadline)) for one in measures] == [
        ("Etablere felles mottak", "Stad kommune", "2027-03-01"),
        ("Kurse vikarane", "Barneavdelinga", "2026-11-30"),
    ]


def test_a_time_under_a_header_nobody_knows_is_the_deadline(tmp_path: Path) -> None:
    table = (
        "| Tiltak | Ansvarlig | Milepæl |\n| --- | --- | --- |\n"
        "| Etablere felles mottak | Stad kommune | 1. mars 2027 |\n"
        "| Kurse vikarane | Barneavdelinga | Høsten 2026 |\n"
    )
    measures = read_text(tmp_path, HEAD + table).measures
    assert [str(one.deadline) for one in measures] == ["2027-03-01", "2026-11-30"]


def test_tables_of_who_takes_part_and_what_is_done_give_nothing(tmp_path: Path) -> None:
    tables = (
        "| Deltaker | Rolle |\n| --- | --- |\n| Stad kommune | Leder |\n| Barneavdelinga | Medlem |\n\n"
        "## Oppgaver som er avsluttet\n\n| Oppgave | Resultat |\n| --- | --- |\n"
        "| Opprette felles liste | Ferdig 2025 |\n| Lage plakat | Ferdig 2024 |\n"
    )
    assert read_text(tmp_path, HEAD + tables).measures == ()


def test_a_name_a_plan_gives_a_column_means_the_same_in_all_its_tables(tmp_path: Path) -> None:
    head = "| Verket | Hovudperson | Kveld |\n| --- | --- | --- |\n"
    tables = (
        f"{head}| Etablere felles mottak | Kommunane | 1. mars 2027 |\n"
        "| Kurse vikarane | Stad kommune | Hausten 2026 |\n\n## Innsatsområde 2: Eldre\n\n"
        f"{head}| Øve saman | Ortopedisk sengepost | 1. mai 2027 |\n"
        "| Lage ei felles liste | Kløverklubben | Hausten 2027 |\n"
    )
    measures = read_text(tmp_path, HEAD + tables).measures
    assert [one.responsible[0].raw for one in measures] == [
        "Kommunane",
        "Stad kommune",
        "Ortopedisk sengepost",
        "Kløverklubben",
    ]
