"""`samspill score` and `samspill number`: the rules of the rulebook from a command line."""

import json

import click
import pytest
from click.testing import CliRunner

from samspill.cli.number import number
from samspill.cli.score import score
from samspill.refusal import Refused


def told(command: click.Command, *arguments: str, lines: str = "") -> str:
    result = CliRunner().invoke(command, arguments, input=lines, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_score_is_told_with_what_it_is_called_and_why() -> None:
    shown = told(score, "4AT", "alertness=0", "amt4=1", "attention=2", "acute_change=4", "--language", "nn")
    assert "4AT – delirium og kognitiv svikt: 7" in shown
    assert "Mogleg delirium" in shown


def test_a_score_for_programs_has_no_total_while_a_part_is_missing() -> None:
    read = json.loads(told(score, "phq9", "item_9=1", "--json", "--on", "2026-11-23"))
    assert (read["total"], len(read["missing"])) == (None, 8)
    assert read["safety"] == [{"code": "self_harm_thoughts", "part": "item_9"}]


def test_numbers_may_have_a_comma_and_codes_are_letters() -> None:
    measured = ["respiratory_rate=16", "spo2=97", "oxygen=air", "systolic=125", "pulse=70"]
    read = json.loads(told(score, "news2", *measured, "consciousness=A", "temperature=38,1", "--json"))
    assert (read["total"], read["parts"]["temperature"]) == (1, 1)


def test_without_answers_the_parts_are_listed() -> None:
    shown = told(score, "news2")
    assert "spo2_prescription" in shown
    assert "Royal College of Physicians" in shown


@pytest.mark.parametrize("answers", [["item_1"], ["item_1=1", "item_1=2"], ["item_1=many"], ["item_10=1"]])
def test_an_answer_that_cannot_be_read_is_refused(answers: list[str]) -> None:
    with pytest.raises(Refused):
        told(score, "phq9", *answers)


def test_numbers_are_told_by_their_lines_and_never_repeated() -> None:
    lines = "10915596784\n109155 96784\n\n15021951940\n30108299939\n"
    shown = told(number, "check", lines=lines)
    assert "tenor" in shown
    assert "1982-10-30 or 2082-10-30" in shown
    assert "96784" not in shown
    assert "51940" not in shown


@pytest.mark.parametrize(("line", "use"), [("10915596784", "--production"), ("15021951940", "--test-data")])
def test_numbers_of_the_wrong_world_are_refused(line: str, use: str) -> None:
    with pytest.raises(Refused, match="1 of 1 numbers"):
        told(number, "check", use, lines=f"{line}\n")
