"""Changes of tables are run in the order they were written, with the models drawn once for neighbours."""

from django.core.management import get_commands
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger import Delete, Protect
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from samspill.directory.management.commands.migrate import Together, drawn_with, grouped


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.AutoField(primary_key=True)), ("day", models.DateField())])


def index(model: str) -> AddIndex:
    return AddIndex(model, models.Index(fields=["day"], name=f"{model}_day"))


def text(model: str) -> AddField:
    return AddField(model, "text", models.TextField(null=True))


def sizes(operations: list[Operation]) -> list[int]:
    return [len(op.operations) if isinstance(op, Together) else 1 for op in grouped(operations)]


def flat(operations: list[Operation]) -> list[Operation]:
    return [one for op in operations for one in (op.operations if isinstance(op, Together) else [op])]


def test_it_is_this_command_that_runs() -> None:
    assert get_commands()["migrate"] == "samspill.directory"


def test_neighbours_that_only_add_go_together_and_nothing_changes_place() -> None:
    moved = RunPython(RunPython.noop)
    told = RunSQL("SELECT 1", state_operations=[text("a")])
    written = [
        table("a"),
        table("b"),
        text("a"),
        index("a"),
        RunSQL("SELECT 1"),
        text("b"),
        index("b"),
        moved,
        told,
        table("c"),
    ]
    assert flat(grouped(written)) == written
    assert sizes(written) == [3, 4, 1, 1, 1]


def test_a_trigger_is_not_taken_away_in_the_group_that_made_it() -> None:
    gone, made = RemoveTrigger("a", "kept"), AddTrigger("a", Protect(name="kept", operation=Delete))
    assert sizes([gone, text("a"), made]) == [3]
    assert sizes([made, text("a"), gone, made]) == [2, 2]


def test_the_models_are_as_after_each_one_for_itself() -> None:
    written = [table("a"), table("b"), text("a"), index("a"), index("b"), text("b")]
    one_by_one, together = ProjectState(), ProjectState()
    assert not (one_by_one.apps.all_models or together.apps.all_models)
    for operation in written:
        operation.state_forwards("x", one_by_one)
    for operation in grouped(written):
        operation.state_forwards("x", together)
    assert together == one_by_one
    assert set(together.apps.all_models["x"]) == {"a", "b"}
    drawn = together.apps.get_model("x", "b")._meta
    assert [i.name for i in drawn.indexes] == ["b_day"]
    assert drawn.get_field("text").name == "text"


def test_a_column_of_a_table_of_the_same_group_is_made_with_it_and_once() -> None:
    before = ProjectState()
    table("old").state_forwards("x", before)
    after = before.clone()
    [group] = grouped([table("a"), text("a"), text("old"), table("b")])
    group.state_forwards("x", after)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        group.database_forwards("x", editor, before, after)
    made_a, changed, made_b = editor.collected_sql
    assert made_a.startswith('CREATE TABLE "x_a"')
    assert '"text" text' in made_a
    assert changed.startswith('ALTER TABLE "x_old" ADD COLUMN "text"')
    assert made_b.startswith('CREATE TABLE "x_b"')
    assert '"text"' not in made_b


def points_at(there: str) -> tuple[str, models.Field]:
    return "there", models.ForeignKey(there, models.CASCADE)


def test_what_points_at_a_changed_table_is_drawn_with_it_and_what_it_points_at_stays() -> None:
    state = ProjectState()
    near, far = CreateModel("near", [points_at("x.changed")]), CreateModel("far", [points_at("x.near")])
    changed = CreateModel("changed", [points_at("x.kept"), ("day", models.DateField(null=True))])
    for operation in (table("kept"), changed, near, far, table("beside")):
        operation.state_forwards("x", state)
    assert drawn_with(state, {("x", "changed")}) == {("x", name) for name in ("changed", "near", "far")}
    before = {one._meta.model_name: one for one in state.apps.get_models()}
    [group] = grouped([text("changed")])
    group.state_forwards("x", state)
    after = {one._meta.model_name: one for one in state.apps.get_models()}
    assert {name for name, one in after.items() if before[name] is not one} == {"changed", "near", "far"}
    assert after["near"]._meta.get_field("there").related_model is after["changed"]
    assert [one.related_model for one in after["kept"]._meta.related_objects] == [after["changed"]]
