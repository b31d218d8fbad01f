"""Projects one may see, and what each is joined to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from samspill.directory.public import Actor, Joined, Ref, Resolved, joined
from samspill.plans.actions.projects import CARRIED_OUT_BY, MEASURE, PROJECT
from samspill.plans.models import Project, ProjectParty
from samspill.plans.states import ProjectState, TakesPart


@dataclass
class ProjectView:
    """A project with its parties by how they take part, its measures, and what else is joined to it."""

    project: Project
    parties: dict[str, list[ProjectParty]] = field(default_factory=dict)
    measures: list[Joined] = field(default_factory=list)
    others: list[Joined] = field(default_factory=list)

    @property
    def lead(self) -> ProjectParty | None:
        return next(iter(self.parties.get(TakesPart.LEADS, [])), None)

    @property
    def pilots(self) -> list[ProjectParty]:
        return self.parties.get(TakesPart.PILOTS, [])

    @property
    def partners(self) -> list[ProjectParty]:
        return self.parties.get(TakesPart.PARTNER, [])


def _visible(actor: Actor) -> QuerySet[Project]:
    return Project.objects.visible_to(actor).select_related("community", "steered_by")


def own_projects(actor: Actor) -> list[ProjectView]:
    """Projects of the actor's community, those under way first. 4 queries or fewer."""
    if actor.community_id is None:
        return []
    return _views(list(_visible(actor).filter(community_id=actor.community_id)), actor)


def open_projects_of_others(actor: Actor) -> list[ProjectView]:
    """Published projects of other communities. 2 queries."""
    found = _visible(actor).filter(is_published=True)
    if actor.community_id:
        found = found.exclude(community_id=actor.community_id)
    return _views(list(found.order_by("community__name", "name")), actor, with_links=False)


def find_project(pk: int, actor: Actor) -> Project:
    return get_object_or_404(_visible(actor), pk=pk)


def view_of(project: Project, actor: Actor) -> ProjectView:
    return _views([project], actor)[0]


_ORDER = (ProjectState.RUNNING, ProjectState.PLANNED, ProjectState.COMPLETED, ProjectState.STOPPED)


def _views(projects: list[Project], actor: Actor, *, with_links: bool = True) -> list[ProjectView]:
    views = {one.pk: ProjectView(one) for one in projects}
    parties = ProjectParty.objects.visible_to(actor).filter(project__in=views).select_related("party")
    for one in parties.order_by("party__name"):
        views[one.project_id].parties.setdefault(one.takes_part, []).append(one)
    if with_links and views:
        for ref, links in joined([Ref(PROJECT, number) for number in views], actor).items():
            views[ref.id].measures = [link for link in links if link.kind == CARRIED_OUT_BY]
            views[ref.id].others = [link for link in links if link.kind != CARRIED_OUT_BY]
    return sorted(views.values(), key=lambda one: _ORDER.index(ProjectState(one.project.state)))


def projects_of_measure(measure_id: int, actor: Actor) -> list[Joined]:
    """Projects that carry out a measure, as the thread tells them. 3 queries or fewer."""
    if actor.community_id is None:
        return []
    ref = Ref(MEASURE, measure_id)
    return [link for link in joined([ref], actor)[ref] if link.kind == CARRIED_OUT_BY]


def projects_to_join(taken: set[int], actor: Actor) -> list[Project]:
    """Projects of the actor's community that a measure can still be joined to, by name. 1 query."""
    return list(
        Project.objects.visible_to(actor).filter(community_id=actor.community_id or 0).exclude(pk__in=taken)
    )


def resolve_projects(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """Projects as things: for links, search and the log."""
    found = Project.objects.visible_to(actor).filter(pk__in=list(ids))
    return {
        one.pk: Resolved(
            one.name, reverse("plans:project", args=[one.pk]), str(ProjectState(one.state).label)
        )
        for one in found
    }
