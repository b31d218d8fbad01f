"""Django's `migrate`, which draws the models anew once per group of changes instead of once per change.

Every table of ours points at its community, so Django draws nearly all models anew for each column, trigger,
index and constraint: most of the time a new installation takes. What only adds can wait for its neighbours:
the state moves on by all of them, the models are drawn once, and the database is changed in the written
order. A column written after its new table is made with it: the table is made as it is after the group.

Nor are all of them drawn, only what is changed and what points at it. What a changed table points at is the
same class as before, and finds who points at it when it is asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# What may stand together. Each of PARTS looks at nothing that another of them adds, so neighbours may all see
# the models as they are after the last. New tables stand apart from them: made from the later models, they
# would have the constraints already.
TABLES = (CreateModel, AddField)
PARTS = (AddField, AddConstraint, AddIndex, RemoveTrigger, AddTrigger, RunSQL)
OF_A_MODEL = (AddField, AlterField, AddConstraint, AddIndex, RemoveTrigger, AddTrigger)
ModelKey = tuple[str, str]
"""App and name, both in small letters."""


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
            # Django's own door finds by itself what is drawn along.
            state._reload(drawn_with(state, {(app_label, name) for name in self._models()}))  # type: ignore[attr-defined]

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        for operation in self.operations:
            if not (isinstance(operation, AddField) and operation.model_name_lower in made):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def _models(self) -> Iterator[str]:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                yield operation.name_lower
            elif isinstance(operation, OF_A_MODEL):
                yield operation.model_name.lower()


def drawn_with(state: ProjectState, changed: set[ModelKey]) -> set[ModelKey]:
    """`changed`, and every model that points at one of them or is built on it, however many steps away."""
    pointing: dict[ModelKey, set[ModelKey]] = defaultdict(set)
    for key, model in state.models.items():
        for there in _pointed_at(key, model):
            pointing[there].add(key)
    found, waiting = set(changed), list(changed)
    while waiting:
        new = pointing[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _pointed_at(key: ModelKey, model: ModelState) -> Iterator[ModelKey]:
    for field in model.fields.values():
        remote = field.remote_field
        for there in (remote.model, getattr(remote, "through", None)) if remote else ():
            if there is not None:
                yield resolve_relation(there, *key)
    yield from (resolve_relation(base, *key) for base in model.bases if isinstance(base, str))


def grouped(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations in the same order, neighbours that may stand together put together."""
    groups: list[list[Operation]] = []
    for operation in operations:
        if groups and _fits(operation, groups[-1]):
            groups[-1].append(operation)
        else:
            groups.append([operation])
    return [Together(group) if len(group) > 1 or _gains(group[0]) else group[0] for group in groups]


def _gains(operation: Operation) -> bool:
    """Alone, too: what Django would draw nearly all models anew for."""
    if isinstance(operation, AlterField) and operation.field.is_relation:
        return False
    return _is_plain(operation, (CreateModel, *OF_A_MODEL))


def _fits(operation: Operation, group: Sequence[Operation]) -> bool:
    """A trigger is looked up in the models before the group when it is taken away, so none is made before."""
    if isinstance(operation, RemoveTrigger) and any(isinstance(one, AddTrigger) for one in group):
        return False
    return any(all(_is_plain(one, kinds) for one in (*group, operation)) for kinds in (TABLES, PARTS))


def _is_plain(operation: Operation, kinds: Collection[type[Operation]]) -> bool:
    """One of `kinds` and no more than it: a subclass may do more than its parent."""
    return type(operation) in kinds and not getattr(operation, "state_operations", None)


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
