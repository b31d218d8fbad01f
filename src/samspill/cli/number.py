"""`samspill number check`: are national numbers written right. Needs neither a database nor Django.

Numbers are read from standard input and never repeated: what is typed on a command line ends in its history.
"""

import sys

import click

from samspill.refusal import Refused
from samspill.rulebook.national_number import check_use, parse


@click.group()
def number() -> None:
    """Check national numbers: kind, birth date, test series, check digits."""


@number.command(epilog="Example: samspill number check --test-data < numbers.txt")
@click.option("--production", "use", flag_value="production", help="Refuse invented persons' numbers.")
@click.option("--test-data", "use", flag_value="test", help="Refuse numbers that can be a real person's.")
def check(use: str | None) -> None:
    """Read a number per line, and tell of each what it is; the line stands for the number.

    Exit code 2 when one is refused.
    """
    lines = [(place, line.rstrip("\r\n")) for place, line in enumerate(sys.stdin, 1)]
    told = [(place, *_told(line, use)) for place, line in lines if line]
    for place, is_refused, text in told:
        click.secho(f"line {place}: {text}", fg="red" if is_refused else None)
    refused = sum(is_refused for _, is_refused, _ in told)
    if refused:
        raise Refused("numbers_refused", f"{refused} of {len(told)} numbers are refused.")


def _told(line: str, use: str | None) -> tuple[bool, str]:
    """Whether it is refused, and what is said of it."""
    try:
        read = parse(line)
        if use:
            check_use(read, production=use == "production")
    except Refused as refused:
        return True, refused.sentence
    born = " or ".join(day.isoformat() for day in read.birth_dates)
    facts = {
        "": " or ".join(read.kinds),
        "born ": born,
        "sex ": read.sex,
        "test series ": read.synthetic,
        "check digits of ": read.check_rule,
    }
    return False, ", ".join(f"{name}{fact}" for name, fact in facts.items() if fact)
