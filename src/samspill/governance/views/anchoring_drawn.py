"""A round as `governance/cases/anchoring.html` draws it: on the case, and on the meeting's page.

The meeting's page: `drawn(bar, actor)` for each of `queries.anchoring.bars_of(case, actor, mine)`, and
`{% include "governance/cases/anchoring.html" with bar=… %}`.
"""

from dataclasses import dataclass

from django.urls import reverse

from samspill.directory.public import Actor
from samspill.governance.permissions import may_act
from samspill.governance.queries.anchoring import Bar, Group
from samspill.governance.states import AnchoringState, Stance
from samspill.governance.wording_cases import GLYPHS, anchoring_sentence, cell_label, listed

MOST_NAMED = 3


@dataclass(frozen=True)
class DrawnCell:
    g: str
    label: str


@dataclass(frozen=True)
class DrawnGroup:
    """`n`: how many fields, for its width."""

    name: str
    n: int
    is_mine: bool
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True)
class Remark:
    g: str
    label: str
    name: str
    text: str


@dataclass(frozen=True)
class DrawnBar:
    """Everything the template prints; it asks nothing of the database.

    chase    who is asked again, in words; "" when nobody is to be asked
    answer   where the actor answers for a municipality; "" when there is none
    """

    id: int
    question: str
    sentence: str
    groups: tuple[DrawnGroup, ...]
    counts: tuple[tuple[str, int, str], ...]
    remarks: tuple[Remark, ...]
    is_open: bool
    is_waived: bool
    chase: str
    silent: int
    chase_url: str
    answer_url: str
    close_url: str


def drawn(bar: Bar, actor: Actor, *, newest: bool = True) -> DrawnBar:
    found = bar.round
    args = [found.case_id, found.pk]
    silent = [str(cell.party) for cell in bar.silent]
    may_chase = bar.is_open and silent and may_act(actor, "cases.anchor", found)
    may_answer = bar.is_open and bool(bar.mine) and may_act(actor, "cases.anchor", found)
    may_close = found.state == AnchoringState.OPEN and may_act(actor, "cases.prepare", found)
    return DrawnBar(
        id=found.pk,
        question=found.question,
        sentence=anchoring_sentence(bar),
        groups=tuple(_group(one) for one in bar.groups),
        counts=tuple(_counts(bar)),
        remarks=tuple(_remarks(bar)),
        is_open=bar.is_open,
        is_waived=found.state == AnchoringState.WAIVED,
        chase=listed(silent) if may_chase and len(silent) <= MOST_NAMED else "",
        silent=len(silent) if may_chase else 0,
        chase_url=reverse("governance:anchoring-chase", args=args) if may_chase and newest else "",
        answer_url=reverse("governance:anchoring-answer", args=args) if may_answer else "",
        close_url=reverse("governance:anchoring-close", args=args) if may_close else "",
    )


def _group(group: Group) -> DrawnGroup:
    cells = tuple(DrawnCell(GLYPHS[cell.stance], cell_label(cell)) for cell in group.cells)
    return DrawnGroup(group.name, len(cells), group.is_mine, cells)


def _counts(bar: Bar) -> list[tuple[str, int, str]]:
    shown = [(GLYPHS[stance.value], bar.counts[stance], str(stance.label)) for stance in Stance]
    return [*shown, (GLYPHS[""], bar.counts[""], "")]


def _remarks(bar: Bar) -> list[Remark]:
    """Those against first, then those with a remark."""
    order = {Stance.OPPOSES: 0, Stance.WITH_REMARK: 1, Stance.SUPPORTS: 2}
    said = [cell for cell in bar.cells if cell.answer and cell.answer.remark]
    return [
        Remark(GLYPHS[cell.stance], str(Stance(cell.stance).label), str(cell.party), cell.answer.remark)
        for cell in sorted(said, key=lambda one: order[Stance(one.stance)])
        if cell.answer
    ]
