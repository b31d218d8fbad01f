"""The states of a case, of its passages and of the items that take it move in few files, each read whole."""

import ast
from collections.abc import Iterator
from pathlib import Path

GOVERNANCE = Path(__file__).resolve().parents[2] / "src" / "samspill" / "governance"
MAY = {"passage_states.py", "passages.py", "taking_back.py"}
"""One at a time by its table, together, and back again while the room is still open."""
HELD = {"case", "treatment", "passage", "item", "locked"}
SAYS = {"state", "outcome"}


def _moved(tree: ast.AST) -> Iterator[ast.Attribute]:
    """`case.state = …`, also in a list of such."""
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            for one in target.elts if isinstance(target, ast.Tuple) else (target,):
                if isinstance(one, ast.Attribute) and one.attr in SAYS:
                    held = one.value.id if isinstance(one.value, ast.Name) else getattr(one.value, "attr", "")
                    if held in HELD:
                        yield one


def test_states_of_cases_passages_and_items_move_in_the_named_files_alone() -> None:
    found = {
        path.name
        for path in GOVERNANCE.rglob("*.py")
        if "migrations" not in path.parts and any(_moved(ast.parse(path.read_text("utf-8"))))
    }
    assert found == MAY


def test_a_passage_is_made_in_one_place() -> None:
    made = {
        path.name
        for path in GOVERNANCE.rglob("*.py")
        if "migrations" not in path.parts and "Treatment.objects.create(" in path.read_text("utf-8")
    }
    assert made == {"passage_states.py"}
