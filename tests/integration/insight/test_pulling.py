"""Figures are pulled whole from a server that speaks as SSB and FHI do, whatever it does on the way."""

from collections import deque
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from factories.clocks import Clock
from samspill.insight.connectors import (
    Pulled,
    Unreachable,
    open_source,
    pull,
)
from samspill.insight.connectors.pxweb import PxWebV2
from samspill.refusal import Refused
from statistics_server import (
    ALONE,
    PEOPLE,
    Fault,
    InventedTable,
    InventedVariable,
    StatisticsServer,
    figure_of,
)
from statistics_server.asking import source, wire

WANTED = {"Region": ["0101", "3101", "31"], "Kjonn": ["*"], "Alder": ["*"], "Tid": ["top(3)"]}
ALONE_WANTED = {"GEO": ["31*"], "AAR": ["top(3)"], "ALDER": ["*"]}
EACH = [("ssb", "07459", WANTED), ("ssb-v1", "07459", WANTED), ("fhi", "nokkel/187", ALONE_WANTED)]
Wanted = dict[str, list[str]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[StatisticsServer]:
    with StatisticsServer(clock=clock) as started:
        yield started


def check_figures(pulled: Pulled, seed: str = "") -> None:
    """Every cell is the server's, by its codes."""
    dataset = pulled.dataset
    assert len(dataset) > 1
    for row in dataset.rows():
        cell = dict(zip(dataset.id, row.codes, strict=True))
        assert (row.value, row.status) == figure_of(cell, seed)


@pytest.mark.parametrize(("name", "table", "wanted"), EACH)
@pytest.mark.parametrize("max_cells", [800_000, 17])
def test_parts_make_the_same_as_one_answer(
    server: StatisticsServer,
    clock: Clock,
    tmp_path: Path,
    name: str,
    table: str,
    wanted: Wanted,
    max_cells: int,
) -> None:
    server.max_cells = max_cells
    pulled = pull(source(server, clock, name), table, wanted, folder=tmp_path / "parts")
    check_figures(pulled)
    assert len(server.data_calls) == pulled.parts == pulled.asked
    if name == "fhi":
        assert pulled.dataset.dimension("AAR").codes == ("2024_2024", "2025_2025", "2026_2026")
        assert pulled.dataset.dimension("GEO").labels["3101"] == "Geografi 3101"
        return
    assert pulled.dataset.size == (3, 2, 10, 1, 3)
    assert pulled.dataset.dimension("Tid").codes == ("2024", "2025", "2026")
    assert pulled.dataset.dimension("Region").labels["31"] == "region 31"
    assert {row.status for row in pulled.dataset.rows()} == {None, ":", ".."}


def test_the_limits_of_the_server_are_read_and_kept(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells, server.calls, server.window = 7, 4, 10
    pulled = pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts")
    check_figures(pulled)
    assert pulled.parts >= 26
    assert all(one.status == 200 for one in server.seen)
    times = [one.at for one in server.seen]
    assert all(sum(start <= one < start + 10 for one in times) <= 4 for start in times[1:])


def test_a_limit_that_only_the_answers_tell_is_kept(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells, server.calls, server.window, server.tells_policy = 7, 5, 30, True
    check_figures(pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts"))
    assert all(one.status == 200 for one in server.seen)


FAULTS = [
    Fault(status=429, retry_after="7"),
    Fault(status=503),
    Fault(status=500),
    Fault(half=True),
    Fault(half=True, honest=False),
    Fault(hangs_up=True),
]


@pytest.mark.parametrize(("name", "table", "wanted"), EACH)
def test_faults_that_pass_are_waited_out(
    server: StatisticsServer, clock: Clock, tmp_path: Path, name: str, table: str, wanted: Wanted
) -> None:
    server.max_cells = 60
    server.faults = deque(fault for fault in FAULTS for _ in range(2))
    pulled = pull(source(server, clock, name, tries=20), table, wanted, folder=tmp_path / "parts")
    check_figures(pulled)
    assert not server.faults


def test_a_wait_that_is_asked_for_is_kept_and_others_double_with_chance(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.faults = deque([Fault(status=429, retry_after="7"), *[Fault(status=503)] * 3])
    pull(source(server, clock), "07459", {"Tid": ["2026"], "Region": ["31", "0"]}, folder=tmp_path / "parts")
    first, *others = clock.slept
    assert 7 <= first <= 8
    for tried, wait in enumerate(others, 2):
        assert 2 ** (tried - 1) / 2 <= wait <= 2 ** (tried - 1)


def test_a_server_that_is_silent_is_left_and_asked_again(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.faults = deque([Fault(silent_seconds=1)])
    slow = source(server, clock, timeout_seconds=0.2)
    check_figures(pull(slow, "07459", {"Tid": ["2026"], "Region": ["31", "0"]}, folder=tmp_path / "parts"))
    assert len(clock.slept) == 1


@pytest.mark.parametrize("fault", [*FAULTS, Fault(status=429, retry_after="100000")])
def test_a_fault_that_does_not_pass_ends_in_a_sentence(
    server: StatisticsServer, clock: Clock, tmp_path: Path, fault: Fault
) -> None:
    server.faults = deque([fault] * 10)
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:\d+ did not answer: "):
        pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts")
    assert len(server.data_calls) == (1 if len(fault.retry_after) > 2 else 6)


def test_no_contact_at_all_ends_sooner(server: StatisticsServer, clock: Clock, tmp_path: Path) -> None:
    away = open_source("ssb", wire(clock), address="http://127.0.0.1:9/api")
    with pytest.raises(Unreachable, match="there is no contact, 3 times"):
        pull(away, "07459", WANTED, folder=tmp_path / "parts")


def test_a_pull_that_broke_off_asks_only_for_what_lacks(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 20
    server.faults = deque([Fault()] * 5 + [Fault(status=503)] * 6)
    with pytest.raises(Unreachable):
        pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts")
    told: list[str] = []
    pulled = pull(
        source(server, clock), "07459", WANTED, folder=tmp_path / "parts", resume=True, say=told.append
    )
    check_figures(pulled)
    assert pulled.parts - pulled.asked == 5
    assert f"5 of {pulled.parts} parts are here from before." in told
    asked = [one.path for one in server.data_calls if one.status == 200]
    assert len(asked) == len(set(asked)) == pulled.parts


def test_a_kept_part_that_is_damaged_is_asked_for_again(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 60
    pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts")
    damaged = sorted((tmp_path / "parts").glob("*.part"))[0]
    damaged.write_bytes(damaged.read_bytes()[:-40])
    pulled = pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts", resume=True)
    check_figures(pulled)
    assert pulled.asked == 1


def test_without_resume_everything_is_asked_for_again(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 60
    for _ in range(2):
        assert pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts").asked == 3


@pytest.mark.parametrize(("name", "table", "wanted"), EACH[:2])
def test_a_table_that_changes_on_the_way_is_fetched_from_the_start(
    server: StatisticsServer, clock: Clock, tmp_path: Path, name: str, table: str, wanted: Wanted
) -> None:
    server.max_cells = 17
    server.changes_after = {2: "2026-03-01T07:00:00Z"}
    told: list[str] = []
    pulled = pull(source(server, clock, name), table, wanted, folder=tmp_path / "parts", say=told.append)
    check_figures(pulled, "2026-03-01T07:00:00Z")
    assert pulled.dataset.updated == "2026-03-01T07:00:00Z"
    assert "The table changed while it was fetched. Starting again." in told


def test_a_table_of_fhi_that_changes_on_the_way_is_fetched_from_the_start(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    """FHI has no limit of cells: municipalities alone part the question."""
    many = tuple(f"{number:04}" for number in range(250))
    area, *others = ALONE.variables
    wide = InventedTable(ALONE.id, ALONE.label, (InventedVariable(area.code, area.label, many), *others))
    server.tables[ALONE.id] = wide
    server.changes_after = {2: "2026-03-01T07:00:00Z"}
    wanted = {"AAR": ["top(1)"], "ALDER": ["16_44"]}
    pulled = pull(source(server, clock, "fhi"), ALONE.id, wanted, folder=tmp_path / "parts")
    check_figures(pulled, "2026-03-01T07:00:00Z")
    assert len(server.data_calls) == 2 + 1 + 3


def test_a_table_that_changes_after_the_last_part_is_noticed_too(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 60
    server.changes_after = {3: "2026-03-01T07:00:00Z"}
    check_figures(pull(source(server, clock), "07459", WANTED, folder=tmp_path), "2026-03-01T07:00:00Z")


def test_measures_that_were_updated_at_different_times_are_one_version(clock: Clock, tmp_path: Path) -> None:
    measures = InventedVariable("ContentsCode", "what", ("Births", "Deaths"), "metric")
    time = InventedVariable("Tid", "år", ("2025", "2026"), "time")
    table = InventedTable(
        "1", "Two", (measures, time), times={"Births": "2026-05-01", "Deaths": "2026-06-01"}
    )
    with StatisticsServer(tables={"1": table}, clock=clock, max_cells=2) as server:
        pulled = pull(source(server, clock), "1", {}, folder=tmp_path / "parts")
        check_figures(pulled)
        assert (pulled.parts, pulled.asked) == (2, 2)
        assert len(server.data_calls) == 2
        assert pulled.dataset.updated == "2026-06-01"


def test_a_measure_that_nobody_can_choose_is_told_besides(clock: Clock, tmp_path: Path) -> None:
    variables = tuple(one for one in PEOPLE.variables if one.code != "ContentsCode")
    table = InventedTable("1", "One", variables, tells_measure=True)
    with StatisticsServer(tables={"1": table}, clock=clock, max_cells=17) as server:
        pulled = pull(source(server, clock), "1", WANTED, folder=tmp_path / "parts")
        assert pulled.parts > 1
        assert pulled.dataset.id == ("Region", "Kjonn", "Alder", "Tid", "ContentsCode")
        for row in pulled.dataset.rows():
            cell = dict(zip(pulled.dataset.id[:-1], row.codes, strict=False))
            assert row[1:] == figure_of(cell)


def test_a_table_that_never_stands_still_is_left(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 60
    server.changes_after = {number: f"2026-03-{number:02}" for number in range(1, 20)}
    with pytest.raises(Refused, match="keeps changing"):
        pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts")


def test_parts_of_a_former_version_are_not_gone_on_with(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 60
    server.faults = deque([Fault()] + [Fault(status=503)] * 6)
    with pytest.raises(Unreachable):
        pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts")
    server.change("2026-04-01T07:00:00Z")
    pulled = pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts", resume=True)
    check_figures(pulled, "2026-04-01T07:00:00Z")
    assert pulled.asked == 3


def test_short_questions_go_by_get_and_long_ones_by_post(clock: Clock, tmp_path: Path) -> None:
    many = tuple(f"{number:04}" for number in range(400))
    variables = (
        InventedVariable("Region", "region", many, "geo"),
        InventedVariable("Grunnkrets", "krets", tuple(f"{number:08}" for number in range(300))),
        InventedVariable("Tid", "år", ("2025", "2026"), "time"),
    )
    table = InventedTable("1", "Many", variables)
    with StatisticsServer(tables={"1": table}, clock=clock) as server:
        opened = source(server, clock)
        for wanted, method in (({"Region": ["00*"], "Grunnkrets": ["1"]}, "GET"), ({}, "POST")):
            if method == "GET":
                wanted = {"Region": ["00*"], "Grunnkrets": ["00000001"]}
            pulled = pull(opened, "1", wanted, folder=tmp_path / method)
            check_figures(pulled)
            assert {one.method for one in server.data_calls} == {method}
            assert all(len(one.path) < 2100 for one in server.seen)
            server.seen.clear()
        assert pulled.parts == 4  # a hundred municipalities in each


def test_the_list_of_tables_is_read_to_its_last_page(server: StatisticsServer, clock: Clock) -> None:
    opened = source(server, clock)
    assert isinstance(opened, PxWebV2)
    assert [one.id for one in opened.tables()] == ["07459", "nokkel/187"]
    assert [one.label for one in opened.tables("alene")] == ["Bor alene"]


def test_the_same_question_gives_the_same_answer_byte_for_byte(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    texts = set()
    for max_cells, place in product((800_000, 17), ("a", "b")):
        server.max_cells = max_cells
        pulled = pull(source(server, clock), "07459", WANTED, folder=tmp_path / place)
        texts.add(pulled.dataset.to_json())
    assert len(texts) == 1
