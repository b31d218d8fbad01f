"""`samspill data`: a whole pack is taken in use and listed; of a damaged one nothing is stored."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from factories.databases import as_owner, in_database
from factories.people import TODAY
from samspill.analysis.packs import open_pack
from samspill.cli.data import TITLES, pack_rows, show, take_in_use, take_out_of_use
from samspill.config.embedded import Cluster
from samspill.directory import register
from samspill.directory.public import AuditEvent, Community, machine, scope
from samspill.insight.public import DataPack, PopulationRun, PopulationSeries, sync_indicators
from samspill.refusal import Refused
from unit.cli.small_packs import DAMAGES, MUNICIPALITIES, copied, rewritten, small_pack


def silent(_line: str) -> None:
    """Progress that nobody watches."""


def stored() -> tuple[int, int, int, int]:
    """How many packs, runs, series and audit events there are in all communities."""
    counts = [DataPack.objects.count(), 0, 0, 0]
    for community in Community.objects.all():
        with scope(machine(community.pk, TODAY)):
            counts[1] += PopulationRun.objects.filter(community=community).count()
            counts[2] += PopulationSeries.objects.filter(community=community).count()
            counts[3] += AuditEvent.objects.filter(community=community, act="projection.run").count()
    return tuple(counts)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return small_pack(tmp_path / "pack")


@pytest.mark.django_db
def test_every_helsefellesskap_of_the_pack_is_projected_with_a_line_each(pack: Path) -> None:
    lines: list[str] = []
    taken = take_in_use(pack, today=TODAY, progress=lines.append)
    assert lines == [f"Reading {pack} …", "Projecting Østfold …", "Projecting Vestfold …"]
    assert taken.version == open_pack(pack).source.version
    assert stored()[:2] == (1, 2)
    assert stored()[3] == 2


@pytest.mark.django_db
def test_taking_the_same_pack_again_stores_nothing_more(pack: Path) -> None:
    take_in_use(pack, today=TODAY, progress=silent)
    before = stored()
    take_in_use(pack, today=TODAY, progress=silent)
    assert stored() == before


@pytest.mark.django_db
def test_the_list_has_the_pack_in_use_first(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pack_rows(today=TODAY) == []
    first = take_in_use(pack, today=TODAY, progress=silent)
    newer = small_pack(tmp_path / "newer")
    rewritten("fertility_national_", "SELECT * FROM t WHERE year::INT > 2010")(newer)
    second = take_in_use(newer, today=TODAY, progress=silent)
    rows = pack_rows(today=TODAY)
    assert [row[:4] for row in rows] == [
        ("in use", "newer", "2011–2018", second.version[:12]),
        ("", "pack", "2011–2018", first.version[:12]),
    ]
    assert {row[5] for row in rows} == {"Samspill"}
    show([TITLES, *rows])
    head, *lines = capsys.readouterr().out.splitlines()
    assert all(line.index("2011") == head.index("years") for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize("what", DAMAGES)
def test_of_a_damaged_pack_nothing_is_stored(what: str, pack: Path) -> None:
    damage, code, parts = DAMAGES[what]
    damage(pack)
    with pytest.raises(Refused) as refusal:
        take_in_use(pack, today=TODAY, progress=silent)
    assert refusal.value.code == code
    assert all(part in refusal.value.sentence for part in parts)
    assert stored() == (0, 0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["nowhere", "pack/geography_municipality_2024.csv"])
def test_what_is_not_a_folder_is_refused_and_nothing_is_stored(
    where: str, pack: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refusal:
        take_in_use(tmp_path / where, today=TODAY, progress=silent)
    assert refusal.value.code == "pack_not_found"
    assert "There is no folder" in refusal.value.sentence
    assert stored() == (0, 0, 0, 0)


@pytest.mark.django_db
def test_a_helsefellesskap_nobody_knows_leaves_the_former_figures_in_use(pack: Path, tmp_path: Path) -> None:
    """It comes last in the pack, so that the others have been projected when it is found."""
    take_in_use(pack, today=TODAY, progress=silent)
    before = stored()
    strange = small_pack(tmp_path / "strange")
    rewritten(
        "geography_municipality_",
        "SELECT * REPLACE (replace(helsefellesskap_id, 'HF17', 'HF99') AS helsefellesskap_id) FROM t",
    )(strange)
    lines: list[str] = []
    with pytest.raises(Refused) as refusal:
        take_in_use(strange, today=TODAY, progress=lines.append)
    assert refusal.value.code == "pack.community"
    assert "HF99" in refusal.value.sentence
    assert lines[-1] == "Projecting Østfold …"
    assert stored() == before
    assert [row[1] for row in pack_rows(today=TODAY)] == ["pack"]


# What is done to the real pack; the sentence names its own files.
REAL = [
    "a missing file",
    "a missing column",
    "a missing year",
    "two municipalities with one code",
    "people counted twice under one code",
]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("what", REAL)
def test_of_the_real_pack_damaged_nothing_is_stored(what: str, data_pack: Path, tmp_path: Path) -> None:
    damage, code, parts = DAMAGES[what]
    folder = copied(data_pack, tmp_path / "copy")
    damage(folder)
    with pytest.raises(Refused) as refusal:
        take_in_use(folder, today=TODAY, progress=silent)
    assert refusal.value.code == code
    assert all(part in refusal.value.sentence for part in parts)
    assert stored() == (0, 0, 0, 0)


@pytest.fixture(scope="module")
def installed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of an installation that is up to date and without figures.

    Its tables are copied from the tests' own database: `samspill migrate` is tried in `test_serving`.
    """
    empty = connection.settings_dict["NAME"]
    name = f"{empty}_installed"
    with django_db_blocker.unblock():
        as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')
        with in_database(name), transaction.atomic():
            sync_indicators()
    here = {key: quote(str(value), safe="") for key, value in connection.settings_dict.items()}
    who = f"{here['USER']}:{here['PASSWORD']}"
    url = f"postgresql://{who}@/{name}?host={here['HOST']}&port={here['PORT']}"
    yield {"SAMSPILL_HOME": str(tmp_path_factory.mktemp("home")), "DATABASE_URL": url}
    with django_db_blocker.unblock():
        as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def samspill(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    ours = ("DATABASE_", "SAMSPILL_", "DJANGO_")
    environ = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "samspill.config.main", *map(str, arguments)],
        env=environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_from_the_shell_a_bad_pack_is_exit_code_2_and_a_good_one_is_listed(
    installed: dict[str, str], pack: Path, tmp_path: Path
) -> None:
    damaged = small_pack(tmp_path / "damaged")
    DAMAGES["two municipalities with one code"][0](damaged)
    refused = samspill(installed, "data", "add", damaged)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "the code 3101 to Halden and Moss" in refused.stderr
    assert "samspill data add FOLDER" in samspill(installed, "data", "list").stdout
    added = samspill(installed, "data", "add", pack)
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout.splitlines()[-1].startswith("In use: pack, 2011–2018, version ")
    (_, line) = samspill(installed, "data", "list").stdout.splitlines()
    assert line.startswith("in use  pack  2011–2018")


@pytest.mark.slow
def test_a_database_without_tables_is_told_to_migrate(tmp_path: Path, pack: Path) -> None:
    home = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    try:
        done = samspill({"SAMSPILL_HOME": str(home / "home")}, "data", "add", pack)
        assert done.returncode == 2
        assert "Run samspill migrate." in done.stderr
    finally:
        Cluster(home / "home").stop()
        shutil.rmtree(home)


def test_the_small_pack_uses_places_the_register_knows() -> None:
    known = {one.code: one for one in register.municipalities(TODAY)}
    assert all(known[code].community_code == community for code, _, _, community, *_ in MUNICIPALITIES)


@pytest.mark.django_db
def test_figures_are_withdrawn_with_a_reason_and_those_before_them_are_in_use(
    pack: Path, tmp_path: Path
) -> None:
    take_in_use(pack, today=TODAY, progress=silent)
    newer = small_pack(tmp_path / "newer")
    rewritten("fertility_national_", "SELECT * FROM t WHERE year::INT > 2010")(newer)
    second = take_in_use(newer, today=TODAY, progress=silent)
    with pytest.raises(Refused) as unknown:
        take_out_of_use("ffffff", "Feil.", undo=False, today=TODAY)
    assert unknown.value.code == "pack.unknown"
    with pytest.raises(Refused) as silence:
        take_out_of_use(second.version[:12], "", undo=False, today=TODAY)
    assert silence.value.code == "pack.because"
    take_out_of_use(second.version[:12], "The births were wrong.", undo=False, today=TODAY)
    assert [(row[0], row[1], row[6]) for row in pack_rows(today=TODAY)] == [
        ("", "newer", "The births were wrong."),
        ("in use", "pack", ""),
    ]
    with pytest.raises(Refused) as again:
        take_in_use(newer, today=TODAY, progress=silent)
    assert again.value.code == "pack.withdrawn"
    take_out_of_use(second.version[:12], "", undo=True, today=TODAY)
    assert [row[0] for row in pack_rows(today=TODAY)] == ["in use", ""]
