"""Django's `migrate`, which draws the models anew once per group of changes instead of once per change.

Every table of ours points at its community, so Django draws nearly all models anew for each trigger, index
and constraint: most of the time a new installation takes. What only adds can wait for its neighbours: the
state moves on by all of them, the models are drawn once, and the database is changed in the written order.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

# Each looks only at the models as they are after it, so neighbours of a kind may all see them as they are
# after the last. New tables stand apart: made from the later models, they would have the constraints already.
KINDS: dict[type[Operation], str] = {
    CreateModel: "tables",
    AddConstraint: "parts of tables",
    AddIndex: "parts of tables",
    AddTrigger: "parts of tables",
    RunSQL: "parts of tables",
}


class Together(Operation):
    """Several operations that add, with the models drawn once for them all."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        return False  # it lives for one run forwards

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        drawn = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if drawn is not None:
            state.__dict__["apps"] = drawn
            state.reload_models(sorted({(app_label, name) for name in self._models()}), delay=False)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def _models(self) -> Iterator[str]:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                yield operation.name_lower
            elif isinstance(operation, AddConstraint | AddIndex | AddTrigger):
                yield operation.model_name.lower()


def grouped(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations in the same order, neighbours that only add put together."""
    made: list[Operation] = []
    for kind, some in groupby(operations, key=_kind):
        found = list(some)
        made += [Together(found)] if kind and len(found) > 1 else found
    return made


def _kind(operation: Operation) -> str:
    """Empty for what has to stand alone; a subclass may do more than its parent."""
    return "" if getattr(operation, "state_operations", None) else KINDS.get(type(operation), "")


class Executor(MigrationExecutor):
    """Runs each migration forwards with its operations grouped."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        written = migration.operations
        migration.__dict__["operations"] = grouped(written)
        try:
            return super().apply_migration(state, migration, fake, fake_initial)
        finally:
            migration.__dict__["operations"] = written


class Command(migrate.Command):
    """`migrate` with `Executor`."""

    def handle(self, *args: object, **options: object) -> None:
        # Django's command has no other door for it.
        usual = vars(migrate)["MigrationExecutor"]
        vars(migrate)["MigrationExecutor"] = Executor
        try:
            super().handle(*args, **options)
        finally:
            vars(migrate)["MigrationExecutor"] = usual
