"""A project is made, changed, begun, completed, stopped, opened to everybody, and joined to measures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import (
    Actor,
    AuditEvent,
    Body,
    Community,
    Party,
    Ref,
    join,
    joined,
    part,
    put,
    record,
)
from samspill.plans.models import Measure, Project, ProjectParty
from samspill.plans.permissions import check_may_act
from samspill.plans.permissions_carrying import check_may_keep_projects
from samspill.plans.rules.projects import check_parties, check_project, check_project_step
from samspill.plans.states import ProjectState, TakesPart
from samspill.refusal import Refused

PROJECT, CARRIED_OUT_BY, MEASURE = "plans.project", "carried_out_by", "plans.measure"
MOVE, UNDO = "project.move", "project.undo"


@dataclass(frozen=True)
class ProjectWords:
    """What people write of a project; parties and body are numbers."""

    name: str
    purpose: str = ""
    lead: int | None = None
    pilots: frozenset[int] = field(default_factory=frozenset)
    partners: frozenset[int] = field(default_factory=frozenset)
    steered_by: int | None = None
    starts: date | None = None
    ends: date | None = None
    transfer_value: str = ""


def create_project(community: Community, words: ProjectWords, *, by: Actor) -> Project:
    check_may_keep_projects(by)
    with transaction.atomic():
        project = Project(community=community)
        _write(project, words)
        record(by=by, act="project.create", on=project)
    return project


def edit_project(project: Project, words: ProjectWords, *, by: Actor) -> Project:
    check_may_keep_projects(by, project)
    with transaction.atomic():
        project = lock_project(project.pk)
        _write(project, words)
        record(by=by, act="project.edit", on=project)
    return project


def _write(project: Project, words: ProjectWords) -> None:
    others = Project.objects.filter(community_id=project.community_id).exclude(pk=project.pk)
    name = words.name.strip()
    check_project(name, words.starts, words.ends, is_taken=others.filter(name__iexact=name).exists())
    register = set(Party.objects.filter(community_id=project.community_id).values_list("pk", flat=True))
    check_parties(words.lead, set(words.pilots), set(words.partners), register)
    body = Body.objects.filter(community_id=project.community_id, pk=words.steered_by or 0).first()
    if words.steered_by and body is None:
        raise Refused(
            "project.body", _("Choose a body of this helsefellesskap from the list."), field="steered_by"
        )
    project.name, project.purpose, project.steered_by = name[:200], words.purpose.strip(), body
    project.starts, project.ends = words.starts, words.ends
    project.transfer_value = words.transfer_value.strip()
    project.save()
    _set_parties(project, words)
    index_project(project)


def _set_parties(project: Project, words: ProjectWords) -> None:
    wanted: dict[int, TakesPart] = dict.fromkeys(words.partners, TakesPart.PARTNER)
    wanted |= dict.fromkeys(words.pilots, TakesPart.PILOTS)
    if words.lead:
        wanted[words.lead] = TakesPart.LEADS
    present = {one.party_id: one.takes_part for one in ProjectParty.objects.filter(project=project)}
    if present == wanted:
        return
    ProjectParty.objects.filter(project=project).delete()
    ProjectParty.objects.bulk_create(
        ProjectParty(community_id=project.community_id, project=project, party_id=party, takes_part=how)
        for party, how in wanted.items()
    )


def move_project(project: Project, *, to: str, by: Actor, because: str = "") -> AuditEvent:
    """Begin, complete, stop (with a reason) or take up again."""
    check_may_keep_projects(by, project)
    with transaction.atomic():
        project = lock_project(project.pk)
        check_project_step(project.state, to, because)
        before = _life(project)
        project.state = to
        project.stopped_because = because.strip()[:500] if to == ProjectState.STOPPED else ""
        project.save(update_fields=["state", "stopped_because"])
        return record(by=by, act=MOVE, on=project, before=before, after=_life(project))


def open_project(project: Project, *, is_open: bool, by: Actor) -> Project:
    """Show the project to everybody, or to its helsefellesskap only."""
    check_may_keep_projects(by, project)
    with transaction.atomic():
        project = lock_project(project.pk)
        project.is_published = is_open
        project.save(update_fields=["is_published"])
        index_project(project)
        record(by=by, act="project.publish" if is_open else "project.withdraw", on=project)
    return project


def undo_move(event_id: int, *, by: Actor) -> Project:
    event = (
        AuditEvent.objects.visible_to(by).filter(pk=event_id, act=MOVE, community_id=by.community_id).first()
    )
    if event is None or event.on_id is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    with transaction.atomic():
        project = lock_project(event.on_id)
        check_may_keep_projects(by, project)
        if _life(project) != event.details["after"]:
            raise Refused(
                "undo.changed", _("It has been changed again since, so it was not undone. See the history.")
            )
        for name, value in event.details["before"].items():
            setattr(project, name, value)
        project.save(update_fields=["state", "stopped_because"])
        record(by=by, act=UNDO, on=project, after=_life(project))
    return project


def join_to_project(measure: Measure, project: Project, *, by: Actor) -> None:
    """The project carries out the measure. Twice changes nothing."""
    check_may_act(by, "plans.change", measure)
    check_may_keep_projects(by, project)
    join(CARRIED_OUT_BY, Ref(MEASURE, measure.pk), Ref(PROJECT, project.pk), by=by)


def part_from_project(measure: Measure, project: Project, *, by: Actor) -> None:
    check_may_act(by, "plans.change", measure)
    start, end = Ref(MEASURE, measure.pk), Ref(PROJECT, project.pk)
    for link in joined([start], by)[start]:
        if link.kind == CARRIED_OUT_BY and link.other == end:
            part(link.link_id, by=by)


def lock_project(number: int) -> Project:
    found = Project.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise Refused("project.gone", _("The project is not here any more. Go back to the list."))
    return found


def _life(project: Project) -> Mapping[str, Any]:
    return {"state": str(project.state), "stopped_because": project.stopped_because}


def index_project(project: Project) -> None:
    put(
        Ref(PROJECT, project.pk),
        community_id=project.community_id,
        title=project.name,
        text="\n".join(_said(project)),
        language=project.community.written_form,
        is_open=project.is_published,
    )


def _said(project: Project) -> Iterable[str]:
    parties = ProjectParty.objects.filter(project=project).select_related("party")
    texts = [project.purpose, project.transfer_value, *(str(one.party) for one in parties)]
    return (text for text in texts if text)


def index_projects(community_id: int) -> int:
    """Renew the entries of every project of a community."""
    projects = list(Project.objects.filter(community_id=community_id).select_related("community"))
    for project in projects:
        index_project(project)
    return len(projects)
