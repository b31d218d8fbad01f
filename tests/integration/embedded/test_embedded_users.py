"""The embedded server as root and as an ordinary user. As root, nothing changes but the own folder."""

import os
import pwd
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import psycopg
import pytest

from samspill.config.embedded import Cluster
from samspill.config.embedded.programs import find_programs, may_use_namespaces, wheel_folder
from samspill.refusal import Refused

AS_ORDINARY_USER = """
import sys
from pathlib import Path
from samspill.config.embedded import Cluster
from samspill.refusal import Refused
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print(cluster.is_running(), oct(cluster.home.stat().st_mode & 0o777), cluster.data.stat().st_uid)
cluster.release()
print(cluster.is_running())
closed = Path(sys.argv[1]).parent / "closed"
closed.mkdir(mode=0o500)
try:
    Cluster(closed / "home").start()
except Refused as refused:
    print(refused.code)
"""
# The own interpreter first; root's own is often closed to others, and the machine's may do in its place.
PYTHONS = (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")


def run_as(
    user: pwd.struct_passwd, python: str, program: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-B", "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
    )


def python_for(user: pwd.struct_passwd) -> str | None:
    """A Python that `user` may run and that finds our code and what it needs."""
    for python in PYTHONS:
        try:
            if run_as(user, python, "import samspill.config.embedded").returncode == 0:
                return python
        except OSError:
            continue
    return None


only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="NOT TESTED: starting as root (these tests run as a user)"
)


def modes_up_from(path: Path) -> dict[str, int]:
    return {str(folder): stat.S_IMODE(folder.stat().st_mode) for folder in (path, *path.parents)}


@only_root
def test_root_makes_no_user_and_changes_the_mode_of_no_folder(home: Path) -> None:
    if not may_use_namespaces():
        pytest.skip("NOT TESTED: root in a user namespace (this machine refuses them)")
    programs = wheel_folder()
    assert programs is not None
    users = Path("/etc/passwd").read_bytes()
    before = modes_up_from(home.parent), modes_up_from(programs)
    cluster = Cluster(home)
    cluster.start()
    assert cluster.is_running()
    assert cluster.data.stat().st_uid == 0
    cluster.stop()
    assert (modes_up_from(home.parent), modes_up_from(programs)) == before
    assert Path("/etc/passwd").read_bytes() == users


@only_root
def test_where_namespaces_are_refused_root_runs_it_as_an_account_that_is_there(home: Path) -> None:
    finder = partial(find_programs, namespaces=False)
    try:
        account = finder().account
    except Refused as refused:
        pytest.skip(f"NOT TESTED: root without user namespaces ({refused.sentence})")
    cluster = Cluster(home, programs=finder)
    cluster.start()
    assert account is not None
    assert cluster.data.stat().st_uid == account.pw_uid
    with psycopg.connect(**cluster.connection("app").to_libpq()) as database:
        assert database.execute("SELECT current_user").fetchone() == ("samspill_app",)
    cluster.stop()
    assert not cluster.is_running()


@only_root
def test_a_home_that_account_cannot_reach_is_refused_with_a_way_out(home: Path) -> None:
    finder = partial(find_programs, namespaces=False)
    try:
        finder()
    except Refused as refused:
        pytest.skip(f"NOT TESTED: root without user namespaces ({refused.sentence})")
    home.mkdir(mode=0o700)
    with pytest.raises(Refused, match="Set SAMSPILL_HOME to a folder every account can reach") as refusal:
        Cluster(home / "below", programs=finder).start()
    assert refusal.value.code == "database.folder"


@only_root
def test_an_ordinary_user_starts_and_stops_it_and_is_told_of_a_closed_folder(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    python = python_for(nobody)
    if python is None:
        pytest.skip("NOT TESTED: an ordinary user (Python or the checkout is closed to other users)")
    done = run_as(nobody, python, AS_ORDINARY_USER, str(home / "own"))
    assert done.stdout.split("\n") == [f"True 0o700 {nobody.pw_uid}", "False", "database.folder", ""], (
        done.stderr
    )
