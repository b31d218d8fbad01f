"""A new plan that is begun from the former one, measure by measure."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.plans.actions.importing.recognising import keyed
from samspill.plans.actions.indexing import index_plan
from samspill.plans.actions.revising import BEGUN
from samspill.plans.actions.revision_start import begin_revision, plan_after
from samspill.plans.models import (
    FocusArea,
    Goal,
    Measure,
    MeasureFate,
    MeasureResponsible,
    Plan,
    PlanDocument,
)
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.place import period_of
from samspill.plans.queries.revision import living_measures
from samspill.plans.reading import candidates
from samspill.plans.rules.revision import Period
from samspill.plans.states import Basis, Fate, Judgement
from samspill.refusal import Refused


def begin_from(of: Plan, *, by: Actor) -> Plan:
    """A new plan with every measure of `of` that is not done or ended, each carried forward until changed.

    The new plan gets a document of its own: its first lines, written from the former plan as it stands. The
    measures' anchors point there and not into the former document, because a document is open exactly when
    its plan is: were the new plan opened and the former not, its measures would be shown without their
    words. Nothing is lost by it: a fate leads from each measure to the former one, whose anchor stands. And
    a later document read into the plan meets these measures by their words, as in any other plan.
    """
    check_may_act(by, "plans.revise", of)
    living = living_measures(of, by)
    if not living:
        raise Refused(
            "revision.empty",
            _("Nothing in «%(plan)s» is still under way. Read in the document of the new plan instead.")
            % {"plan": of},
        )
    with transaction.atomic():
        period = period_of(of).following
        plan = plan_after(of, by, title=_title_for(of.title, period_of(of), period), period=period)
        plan = begin_revision(plan, of=of, by=by)
        pairs = _copy(living, plan, by)
        MeasureFate.objects.bulk_create(
            MeasureFate(
                community_id=plan.community_id, plan=plan, old=old, new=new,
                fate=Fate.CARRIED_FORWARD, decided_by_id=by.account_id,
            )
            for old, new in pairs
        )  # fmt: skip
        record(by=by, act="plan.begin", on=plan, of=of.pk, measures=len(pairs))
        index_plan(plan)
    return plan


def _title_for(title: str, before: Period, after: Period) -> str:
    """The years in a title move along with the period."""
    if not (before.start and before.end and after.start and after.end):
        return title
    years = {str(before.start.year): str(after.start.year), str(before.end.year): str(after.end.year)}
    return re.sub(r"\b(?:19|20)\d\d\b", lambda found: years.get(found[0], found[0]), title)


@dataclass
class _Written:
    """The lines of the first document of a plan, and on which of them each measure stands."""

    lines: list[str] = field(default_factory=list)
    line_of: dict[int, int] = field(default_factory=dict)


def _copy(living: Sequence[Measure], plan: Plan, by: Actor) -> list[tuple[Measure, Measure]]:
    """(former, new) for each measure; areas, goals and those responsible come along."""
    written = _write_out(living, plan, by)
    document = _document(written, plan, by)
    areas = _areas([one.area for one in living if one.area], plan)
    goals = _goals([one.goal for one in living if one.goal], areas, plan)
    keys = _keys(living, areas)
    copies = [
        Measure(
            community_id=plan.community_id,
            plan=plan,
            area=areas.get(one.area_id or 0),
            goal=goals.get(one.goal_id or 0),
            order=order,
            label=one.label,
            title=one.title,
            text=one.text,
            **_deadline_of(one, plan),
            document=document,
            line=written.line_of[one.pk],
            last_line=written.line_of[one.pk],
            verbatim=written.lines[written.line_of[one.pk] - 1],
            source_key=keys[order],
            found_by=BEGUN,
            judged=Judgement.ACCEPTED,
        )
        for order, one in enumerate(living)
    ]
    pairs = list(zip(living, Measure.objects.bulk_create(copies), strict=True))
    _copy_responsibles({old.pk: new for old, new in pairs}, plan)
    return pairs


def _write_out(living: Sequence[Measure], plan: Plan, by: Actor) -> _Written:
    """The measures under their areas, one on each line, as a document of this kind is written."""
    written = _Written()
    with translation.override(plan.language):
        begun = gettext("Begun from «%(plan)s» on %(day)s.") % {
            "plan": plan.replaces,
            "day": dateformat.format(by.today, "j.n.Y"),
        }
    # The number tells two beginnings of the same day apart: a document is kept once.
    written.lines += [f"# {plan.title}", "", f"{begun} ({plan.pk})", ""]
    area = None
    for one in living:
        if one.area != area:
            area = one.area
            written.lines += ["", f"## {area}", ""] if area else [""]
        written.lines.append(f"- {' '.join(one.name.split())}")
        written.line_of[one.pk] = len(written.lines)
    return written


def _document(written: _Written, plan: Plan, by: Actor) -> PlanDocument:
    content = ("\n".join(written.lines) + "\n").encode()
    with translation.override(plan.language):
        name = gettext("Starting point of the revision") + ".md"
    return PlanDocument.objects.create(
        community_id=plan.community_id,
        plan=plan,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="markdown",
        content=content,
        lines=written.lines,
        read_at=timezone.now(),
        read_by_id=by.account_id,
    )


def _areas(found: Sequence[FocusArea], plan: Plan) -> dict[int, FocusArea]:
    """By the number of the former area; the areas above it come along."""
    copies: dict[int, FocusArea] = {}

    def copied(area: FocusArea) -> FocusArea:
        if area.pk not in copies:
            copies[area.pk] = FocusArea.objects.create(
                community_id=plan.community_id,
                plan=plan,
                parent=copied(area.parent) if area.parent else None,
                number=area.number,
                title=area.title,
                order=area.order,
            )
        return copies[area.pk]

    for area in found:
        copied(area)
    return copies


def _goals(found: Sequence[Goal], areas: dict[int, FocusArea], plan: Plan) -> dict[int, Goal]:
    unique = {one.pk: one for one in found}
    return {
        pk: Goal.objects.create(
            community_id=plan.community_id,
            plan=plan,
            area=areas.get(one.area_id or 0),
            title=one.title,
            order=one.order,
        )
        for pk, one in unique.items()
    }


def _keys(living: Sequence[Measure], areas: dict[int, FocusArea]) -> list[str]:
    """What a document read into the plan later knows each measure by (`merging.keyed`)."""
    read = [
        candidates.Measure(
            text=one.text, line=1, last_line=1, page=None, verbatim="", goal="", rule=BEGUN, confidence=1.0,
            origin="", focus_area=str(one.area_id or ""),
        )
        for one in living
    ]  # fmt: skip
    by_key = {str(pk): area for pk, area in areas.items()}
    return [key for _found, key in keyed(read, by_key)]


def _deadline_of(one: Measure, plan: Plan) -> dict[str, object]:
    """A deadline that is over before the plan begins stays behind: a hole is more honest."""
    if one.deadline and plan.period_start and one.deadline < plan.period_start:
        return {}
    return {
        "deadline": one.deadline,
        "deadline_raw": one.deadline_raw,
        "deadline_precision": one.deadline_precision,
    }


def _copy_responsibles(copy_of: dict[int, Measure], plan: Plan) -> None:
    MeasureResponsible.objects.bulk_create(
        MeasureResponsible(
            community_id=plan.community_id,
            plan=plan,
            measure=copy_of[row.measure_id],
            raw=row.raw,
            body_id=row.body_id,
            party_id=row.party_id,
            side=row.side,
            role=row.role,
            basis=Basis.SET,
            order=row.order,
        )
        for row in MeasureResponsible.objects.filter(measure__in=copy_of).order_by("order", "pk")
    )
