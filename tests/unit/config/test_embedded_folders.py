"""Where the embedded database is put, worked out without touching the disk."""

import os
from pathlib import Path

import pytest

from samspill.config.embedded import connection_settings, home_folder
from samspill.config.embedded.folders import (
    LEAST_FREE_BYTES,
    LONGEST_SOCKET_PATH,
    SOCKET_NAME,
    check_socket_path,
    check_space,
    make_private_folder,
    rotate_log,
    socket_folder,
)
from samspill.refusal import Refused


def test_the_home_folder_is_the_one_chosen() -> None:
    assert home_folder({"SAMSPILL_HOME": "/srv/samspill"}) == Path("/srv/samspill")
    assert home_folder({"SAMSPILL_HOME": "~/sam"}) == Path.home() / "sam"
    assert home_folder({"SAMSPILL_HOME": "her"}) == Path.cwd() / "her"


def test_without_a_choice_the_home_folder_is_in_the_users_data() -> None:
    assert home_folder({}).name == "samspill"
    assert home_folder({"SAMSPILL_HOME": " "}) == home_folder({})


def test_settings_for_a_database_that_is_not_made_have_no_password_and_make_nothing(tmp_path: Path) -> None:
    home = tmp_path / "not-yet"
    settings = connection_settings(home, "owner")
    assert (settings["USER"], settings["PASSWORD"], settings["NAME"]) == ("samspill_owner", "", "samspill")
    assert settings["HOST"] == str(home / "run")
    assert not home.exists()


def test_a_role_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="SAMSPILL_DB_ROLE"):
        connection_settings(tmp_path, "chief")


def test_a_long_home_gets_its_socket_in_the_temp_folder() -> None:
    home, other = Path("/srv") / ("langt-" * 30), Path("/srv") / ("lengre-" * 30)
    folder = socket_folder(home, Path("/tmp"))
    assert folder.parent == Path("/tmp")
    assert folder == socket_folder(home, Path("/tmp"))
    assert folder != socket_folder(other, Path("/tmp"))
    check_socket_path(folder)


def test_the_limit_of_a_socket_path_is_counted_in_bytes() -> None:
    room = LONGEST_SOCKET_PATH - len(f"//{SOCKET_NAME}") - len("/run")
    assert socket_folder(Path("/" + "a" * room), Path("/tmp")).name == "run"
    assert socket_folder(Path("/" + "a" * (room - 1) + "å"), Path("/tmp")).parent == Path("/tmp")


def test_a_comma_in_the_path_would_make_two_hosts_of_it() -> None:
    assert socket_folder(Path("/srv/Ås, Vestby"), Path("/tmp")).parent == Path("/tmp")


def test_a_socket_path_that_is_too_long_everywhere_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        check_socket_path(socket_folder(Path("/" + "a" * 200), Path("/" + "b" * 200)))
    assert refusal.value.code == "database.socket_path"
    assert "TMPDIR" in refusal.value.sentence


def test_little_room_on_the_disk_is_refused_with_the_figure(tmp_path: Path) -> None:
    check_space(tmp_path, lambda folder: LEAST_FREE_BYTES)
    with pytest.raises(Refused) as refusal:
        check_space(tmp_path, lambda folder: 120 * 1024 * 1024)
    assert refusal.value.code == "database.disk_full"
    assert "120 MB is free" in refusal.value.sentence


def test_a_trap_in_the_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    for trap in (open_to_all, link):
        with pytest.raises(Refused, match="belongs to somebody else or is open"):
            make_private_folder(trap, os.geteuid())
    make_private_folder(elsewhere, os.geteuid())


def test_a_big_log_is_set_aside_and_a_small_one_kept(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_text("small")
    rotate_log(log)
    assert log.exists()
    log.write_bytes(b"x" * 2_000_000)
    rotate_log(log)
    assert not log.exists()
    assert (tmp_path / "postgres.log.1").stat().st_size == 2_000_000
