"""The papers of a case as somebody sees them."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor
from samspill.governance.models import Case, Paper, PaperVersion
from samspill.governance.queries.access import may_read_paper
from samspill.governance.rules.access import Reader
from samspill.governance.states import HANDED_OUT, ScanState


@dataclass(frozen=True)
class PaperLine:
    """A paper with its versions, the newest first. `may_read`: else only `title`, the public one."""

    paper: Paper
    title: str
    may_read: bool
    versions: tuple[PaperVersion, ...] = ()

    @property
    def newest(self) -> PaperVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def is_handed_out(self) -> bool:
        return self.newest is not None and ScanState(self.newest.scan) in HANDED_OUT


def papers_for(case: Case, actor: Actor, reader: Reader) -> list[PaperLine]:
    """The papers that are not removed, in their order. 2 queries."""
    rows = (
        Paper.objects.visible_to(actor)
        .filter(case=case, is_removed=False)
        .prefetch_related("versions")
        .order_by("order", "pk")
    )
    return [line_of(paper, case, reader) for paper in rows]


def line_of(paper: Paper, case: Case, reader: Reader) -> PaperLine:
    may_read = may_read_paper(paper, case, reader)
    title = paper.title if may_read else paper.public_title
    return PaperLine(paper, title, may_read, tuple(paper.versions.all()) if may_read else ())


def find_paper(case: Case, pk: int, actor: Actor) -> Paper:
    return get_object_or_404(Paper.objects.visible_to(actor).filter(case=case), pk=pk)
