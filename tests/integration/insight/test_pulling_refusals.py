"""What a source does not know or answers wrongly is told in a sentence, with the code that was meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories.clocks import Clock
from samspill.insight.connectors import pull
from samspill.refusal import Refused
from statistics_server import PEOPLE, InventedTable, InventedVariable, StatisticsServer
from statistics_server.asking import source

WANTED = {"Region": ["0101", "3101", "31"], "Kjonn": ["*"], "Alder": ["*"], "Tid": ["top(3)"]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[StatisticsServer]:
    with StatisticsServer(clock=clock) as started:
        yield started


@pytest.mark.parametrize(("name", "table"), [("ssb", "07459"), ("ssb-v1", "07459")])
def test_a_400_is_answered_with_the_code_that_was_meant(
    server: StatisticsServer, clock: Clock, tmp_path: Path, name: str, table: str
) -> None:
    gone = frozenset({("3103", "2016")})
    server.tables[PEOPLE.id] = InventedTable(PEOPLE.id, PEOPLE.label, PEOPLE.variables, gone=gone)
    wanted = {"Region": ["*"], "Kjonn": ["1"], "Tid": ["*"]}
    with pytest.raises(Refused) as refused:
        pull(source(server, clock, name), table, wanted, folder=tmp_path / "parts")
    assert refused.value.code == "source.unknown_code"
    assert "does not know" in refused.value.sentence
    assert "Region «3103»" in refused.value.sentence
    assert "Tid «2016»" in refused.value.sentence
    assert len(server.data_calls) < 20


def test_a_code_the_table_lost_since_its_metadata_is_named(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    server.max_cells = 20
    left = tuple(
        InventedVariable(one.code, one.label, tuple(code for code in one.codes if code != "31"), one.role)
        for one in PEOPLE.variables
    )

    def lose_it(done: int, _whole: int) -> None:
        if done == 1:
            server.change(PEOPLE.updated, variables=left)

    with pytest.raises(Refused, match="does not know Region «31»: it was there when the pull began"):
        pull(source(server, clock), "07459", WANTED, folder=tmp_path / "parts", progress=lose_it)


def test_unknown_tables_variables_and_codes_are_refused_before_figures_are_asked_for(
    server: StatisticsServer, clock: Clock, tmp_path: Path
) -> None:
    for name, table, wanted, tells in (
        ("ssb", "99999", {}, "ssb has no table 99999"),
        ("ssb-v1", "99999", {}, "ssb-v1 has no table 99999"),
        ("fhi", "nokkel/1", {}, "FHI has no table nokkel/1"),
        ("fhi", "187", {}, "named as nokkel/187"),
        ("ssb", "07459", {"Sex": ["1"]}, "has no variable Sex; it has Region, Kjonn"),
        ("ssb", "07459", {"Region": ["0301"]}, "Region has no code «0301»"),
        ("fhi", "nokkel/187", {"AAR": ["1999"]}, "AAR has no code «1999»"),
    ):
        with pytest.raises(Refused, match=tells):
            pull(source(server, clock, name), table, wanted, folder=tmp_path / "parts")
    assert server.data_calls == []


@pytest.mark.parametrize(
    ("name", "part", "answer", "tells"),
    [
        ("ssb", "/config", [], "something else than an object"),
        ("ssb", "/config", {"maxDataCells": None}, "has no maxDataCells"),
        (
            "ssb",
            "/metadata",
            {"version": "2.0", "class": "dataset", "id": ["A"], "size": [1]},
            "dimension must be",
        ),
        ("ssb", "/data", {"version": "2.0", "class": "collection"}, "link must be an object"),
        ("ssb-v1", "config", {"maxCells": "many"}, "has no maxCells"),
        ("ssb-v1", "07459", {"variables": [7]}, "came in another form than was agreed"),
        ("ssb-v1", "07459", {"variables": [{"code": "A", "values": ["1"]}]}, "no values with a text each"),
        ("ssb-v1", "07459", {}, "has no variables"),
        ("fhi", "/dimension", {"dimensions": [{"code": "A", "categories": [{}]}]}, "in another form"),
        ("fhi", "/dimension", {"dimensions": [{"code": "A"}]}, "A has no categories"),
    ],
)
def test_an_answer_of_another_form_is_refused_in_a_sentence(
    server: StatisticsServer, clock: Clock, tmp_path: Path, name: str, part: str, answer: object, tells: str
) -> None:
    server.instead[part] = answer
    table = "nokkel/187" if name == "fhi" else "07459"
    with pytest.raises(Refused, match=tells):
        pull(source(server, clock, name), table, {}, folder=tmp_path / "parts")
