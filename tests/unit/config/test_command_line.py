"""The command `samspill` as a shell sees it: help, exit codes, one sentence on stderr."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click
import pytest

from samspill.cli.root import COMMANDS, cli
from samspill.cli.serve import show_accounts
from samspill.config.main import main


def leaves(group: click.Group, path: tuple[str, ...] = ("samspill",)) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield (*path, name)


def samspill(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "samspill.config.main", *arguments]
    return subprocess.run(command, capture_output=True, env=os.environ | environ, check=False)


def test_the_help_lists_every_command_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    for name in ("demo", "serve", "migrate", "backup", "restore", "doctor"):
        assert COMMANDS[name].says in listed


def test_every_command_has_an_example_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    missing = []
    for path in leaves(cli):
        assert main([*path[1:], "--help"]) == 0
        help_text = capsys.readouterr().out
        if f"Example: {' '.join(path)}" not in " ".join(help_text.split()):
            missing.append(" ".join(path))
    assert not missing


def test_a_command_whose_module_is_not_there_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = COMMANDS["doctor"]._replace(module="samspill.cli.no_such_module")
    monkeypatch.setitem(COMMANDS, "ghost", entry)
    assert "ghost" not in cli.list_commands(click.Context(cli))
    assert main(["ghost"]) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["backup"], "Missing argument 'FILE'. See samspill backup --help."),
        (["serve", "--port", "0"], "0 is not in the range"),
        (["backup", "/no/such/folder/file"], "The folder /no/such/folder does not exist."),
    ],
)
def test_bad_input_gives_one_sentence_and_exit_code_two(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    written = capsys.readouterr()
    assert sentence in written.err
    assert written.err.count("\n") == 1
    assert written.out == ""


def test_the_help_loads_neither_django_nor_the_database_driver() -> None:
    program = (
        "import sys; from samspill.config.main import main; main(['--help']);"
        "print(sorted({'django', 'psycopg', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("encoding", "expected"), [("ascii", "utf-8"), ("latin-1", "latin-1"), ("utf-8", "utf-8")]
)
def test_norwegian_is_written_whatever_the_encoding_of_the_terminal(encoding: str, expected: str) -> None:
    done = samspill("backup", "/finnes/ikke/blåbærsyltetøy/fil", PYTHONIOENCODING=encoding)
    assert done.returncode == 2
    assert "blåbærsyltetøy" in done.stderr.decode(expected)


def test_a_letter_the_terminal_lacks_does_not_stop_the_command() -> None:
    done = samspill("backup", "/finnes/ikke/Čáhput/fil", PYTHONIOENCODING="latin-1")
    assert done.returncode == 2
    assert "?áhput" in done.stderr.decode("latin-1")


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    command = f"{sys.executable} -m samspill.config.main --help | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@dataclass
class Account:
    name: str
    email: str
    password: str
    role: str


@dataclass
class World:
    accounts: list[Account]


def test_the_demonstration_shows_who_one_can_sign_in_as(capsys: pytest.CaptureFixture[str]) -> None:
    kari = Account("Kari Ødegård", "kari@eksempel.no", "blåbær-sti-krakk", "sekretariat")
    ola = Account("Ola Li", "o@eksempel.no", "kort", "medlem")
    show_accounts(World([kari, ola]))
    lines = capsys.readouterr().out.splitlines()
    assert "  kari@eksempel.no  blåbær-sti-krakk  Kari Ødegård, sekretariat" in lines
    assert "  o@eksempel.no     kort              Ola Li, medlem" in lines
