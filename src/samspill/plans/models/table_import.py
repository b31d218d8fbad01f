"""A table of measures that somebody brought, and what was found in each of its rows."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.plans.states import Outcome, TableState, Verdict


@tracked(exclude=["content"])
class TableImport(CommunityOwned):
    """A spreadsheet kept whole (`content`) while it is checked, taken in and perhaps undone again.

    header   what its columns are: {"sheet": …, "left_out": [sheets], "row": number of the header, "headers":
             [texts], "columns": {code of a column: its place from 0}, "unknown": [headers]}
    problem  why the file as a whole was refused, {"code": …, "column": "", "values": {…}}, else {}
    total    rows with something in them; `done` of them in the present state
    document the plan's document it became, when it brought new measures
    moved    when the work last came a step further
    """

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="table_imports")
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=8)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=TableState, default=TableState.CHECKING)
    header = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    document = models.ForeignKey(
        "plans.PlanDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved = models.DateTimeField(auto_now=True)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=TableState.REFUSED) | ~Q(problem={}), name="table_refused_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


@tracked(exclude=["cells"])
class TableRow(CommunityOwned):
    """One row of a table. `number` is its row in the spreadsheet, counted from 1 with the header.

    cells    the row as it stood in the file, as text
    changes  [{"part": …, "before": value, "after": value, "shown": [[column, from, to], …]}, …]; of a new
             measure `before` is None
    remarks  what a person should know although the row is fine; `problem` why it is not taken in
    """

    table = models.ForeignKey(TableImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    measure = models.ForeignKey(
        "plans.Measure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_key = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    changes = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    problem = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="table_row_once"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.REFUSED) | ~Q(problem={}), name="table_row_refused_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
