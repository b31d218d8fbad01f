"""Changes of tables are run in the order they were written, with the models drawn once for neighbours."""

from django.core.management import get_commands
from django.db import models
from django.db.migrations import AddField, AddIndex, CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from samspill.directory.management.commands.migrate import Together, grouped


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.AutoField(primary_key=True)), ("day", models.DateField())])


def index(model: str) -> AddIndex:
    return AddIndex(model, models.Index(fields=["day"], name=f"{model}_day"))


def flat(operations: list[Operation]) -> list[Operation]:
    return [one for op in operations for one in (op.operations if isinstance(op, Together) else [op])]


def test_it_is_this_command_that_runs() -> None:
    assert get_commands()["migrate"] == "samspill.directory"


def test_neighbours_of_a_kind_go_together_and_nothing_changes_place() -> None:
    field = AddField("a", "text", models.TextField(default=""))
    moved = RunPython(RunPython.noop)
    told = RunSQL("SELECT 1", state_operations=[field])
    written = [
        table("a"),
        table("b"),
        index("a"),
        RunSQL("SELECT 1"),
        field,
        index("b"),
        moved,
        told,
        table("c"),
    ]
    made = grouped(written)
    assert flat(made) == written
    assert [len(op.operations) if isinstance(op, Together) else 1 for op in made] == [2, 2, 1, 1, 1, 1, 1]


def test_the_models_are_as_after_each_one_for_itself() -> None:
    written = [table("a"), table("b"), index("a"), index("b")]
    one_by_one, together = ProjectState(), ProjectState()
    assert not (one_by_one.apps.all_models or together.apps.all_models)
    for operation in written:
        operation.state_forwards("x", one_by_one)
    for operation in grouped(written):
        operation.state_forwards("x", together)
    assert together == one_by_one
    assert set(together.apps.all_models["x"]) == {"a", "b"}
    assert [i.name for i in together.apps.get_model("x", "b")._meta.indexes] == ["b_day"]
