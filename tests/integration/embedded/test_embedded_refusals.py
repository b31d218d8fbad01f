"""When the embedded database cannot run, one sentence says why and what to do, and nothing is half made."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samspill.config.embedded import Cluster, programs
from samspill.config.embedded.checks import machine_looks
from samspill.refusal import Refused


def refusal_of(cluster: Cluster) -> Refused:
    with pytest.raises(Refused) as refusal:
        cluster.start()
    assert refusal.value.sentence.count("\n") == 0
    return refusal.value


@pytest.mark.parametrize(("version", "code"), [("99", "newer"), ("14", "older"), ("rubbish", "damaged")])
def test_a_data_folder_of_another_version_is_refused_and_left_alone(
    home: Path, version: str, code: str
) -> None:
    data = home / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(f"{version}\n")
    assert refusal_of(Cluster(home)).code == f"database.{code}"
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_socket_path_that_is_too_long_is_refused_before_anything_is_made(home: Path) -> None:
    deep = home / ("d" * 120)
    assert refusal_of(Cluster(deep, temp=home / ("t" * 120))).code == "database.socket_path"
    assert not (deep / "postgres").exists()


def test_too_little_room_is_refused_before_anything_is_made(home: Path) -> None:
    refused = refusal_of(Cluster(home, free=lambda folder: 150 * 1024 * 1024))
    assert refused.code == "database.disk_full"
    assert "only 150 MB is free" in refused.sentence
    assert not (home / "postgres").exists()


def test_a_home_that_is_a_file_is_refused(home: Path) -> None:
    home.write_text("not a folder")
    refused = refusal_of(Cluster(home / "below"))
    assert refused.code == "database.folder"
    assert str(home) in refused.sentence
    home.unlink()


def test_a_machine_without_postgresql_is_told_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "wheel_folder", lambda: None)
    monkeypatch.setattr(programs, "DEBIAN_FOLDERS", home)
    refused = refusal_of(Cluster(home))
    assert refused.code == "database.programs"
    assert "DATABASE_URL" in refused.sentence


def test_damaged_passwords_are_refused_by_name(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "samspill.json").write_text("{")
    assert refusal_of(cluster).code == "database.passwords"


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    refused = refusal_of(cluster)
    assert refused.code == "database.start"
    assert str(cluster.home / "postgres.log") in refused.sentence
    assert 'file "' in refused.sentence


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A disk of 100 MB: room for a database, and for little more."""
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(home)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: a disk that is really full (this user may not mount one)")
    yield home
    Cluster(home).stop()
    subprocess.run(["umount", "--lazy", str(home)], check=True)


def unlimited(folder: Path) -> int:
    return 10**12


def fill_up(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 65536):
                pass
        except OSError:
            return filler
    return filler


def test_a_full_disk_is_refused_and_the_half_made_database_removed(small_disk: Path) -> None:
    with (small_disk / "other").open("wb") as other:
        other.write(b"x" * 70 * 1024 * 1024)
    assert refusal_of(Cluster(small_disk, free=unlimited)).code == "database.disk_full"
    assert not list(small_disk.glob("postgres*"))


def test_a_database_whose_disk_filled_up_is_refused_and_whole_again_afterwards(small_disk: Path) -> None:
    cluster = Cluster(small_disk, free=unlimited)
    cluster.start()
    with psycopg.connect(**cluster.connection("owner").to_libpq()) as database:
        database.execute("CREATE TABLE note AS SELECT 1 AS id")
    cluster.stop()
    filler = fill_up(small_disk)
    assert refusal_of(cluster).code == "database.disk_full"
    filler.unlink()
    cluster.start()
    with psycopg.connect(**cluster.connection("owner").to_libpq()) as database:
        assert database.execute("SELECT id FROM note").fetchone() == (1,)


def test_doctor_finds_the_same_before_anything_is_made(home: Path) -> None:
    looks = dict(machine_looks(home))
    assert "version" in looks["PostgreSQL"]()
    assert looks["Folder"]() == f"{home}, to be made"
    assert looks["Socket"]() == str(home / "run")
    assert looks["Disk"]().endswith("MB free")
    with pytest.raises(Refused, match="samspill migrate"):
        looks["Data"]()
    assert not home.exists()
