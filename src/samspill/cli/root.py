"""The command `samspill` and the table of its subcommands.

A subcommand's module is loaded when it is called, so that `samspill --help` and commands without a database
start fast.
"""

import importlib
import importlib.util
from typing import NamedTuple

import click

from samspill import __version__


class Entry(NamedTuple):
    """Where a subcommand is, and the line about it in the help."""

    module: str
    name: str
    says: str

    def exists(self) -> bool:
        return importlib.util.find_spec(self.module) is not None

    def load(self) -> click.Command:
        command: click.Command = getattr(importlib.import_module(self.module), self.name)
        return command


COMMANDS = {
    "demo": Entry("samspill.cli.serve", "demo", "Open the demonstration: database, invented world, server."),
    "serve": Entry("samspill.cli.serve", "serve", "Serve the web pages and do the background work."),
    "migrate": Entry("samspill.cli.migrate", "migrate", "Bring the database up to date."),
    "backup": Entry("samspill.cli.backup", "backup", "Write the whole database to one file."),
    "restore": Entry("samspill.cli.restore", "restore", "Put back a database that was backed up."),
    "doctor": Entry("samspill.cli.doctor", "doctor", "Say what is missing, and how to mend it."),
    "people": Entry("samspill.cli.people", "people", "Let somebody in; erase what is past its time."),
    "systems": Entry("samspill.cli.systems", "systems", "Let other systems in by FHIR, and send to them."),
    "plans": Entry("samspill.cli.plans", "plans", "Read an action plan, or bring it in."),
    "governance": Entry(
        "samspill.cli.governance", "governance", "Deliver meetings to archives, and move bodies."
    ),
    "log": Entry("samspill.cli.log", "log", "Hold the log of access against its seals; print its anchors."),
    "mail": Entry("samspill.cli.mail", "mail", "Take mails that come in: answers to invitations."),
    "population": Entry("samspill.cli.population", "population", "Project the population of municipalities."),
    "beds": Entry("samspill.cli.beds", "beds", "Beds and flow: formulas, shared beds, simulation, forecast."),
    "appraise": Entry(
        "samspill.cli.appraise", "appraise", "Compare ways to do it: cost, effect, budgets, certainty."
    ),
    "staff": Entry("samspill.cli.staff", "staff", "Project staff, and what would close a gap."),
    "demand": Entry("samspill.cli.demand", "demand", "Tell what the population will use of services."),
    "indicators": Entry(
        "samspill.cli.indicators", "indicators", "Show what indicators count, and calculate them."
    ),
    "score": Entry("samspill.cli.score", "score", "Score a clinical instrument: NEWS2, Barthel, PHQ-9 …"),
    "number": Entry("samspill.cli.number", "number", "Check national numbers, without repeating them."),
    "data": Entry("samspill.cli.data", "data", "Add, list and pull open statistics."),
}


class Commands(click.Group):
    """A group that reads its subcommands from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, entry in COMMANDS.items() if entry.exists()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return COMMANDS[cmd_name].load() if cmd_name in self.list_commands(ctx) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].says) for name in self.list_commands(ctx)])


@click.group(cls=Commands, epilog="Example: samspill demo")
@click.version_option(__version__, prog_name="samspill")
def cli() -> None:
    """Samspill: the shared workplace of a Norwegian helsefellesskap.

    Exit code 0: done. 1: something failed. 2: the request was refused, with the reason.
    `mail receive` has those of mail servers.
    """
