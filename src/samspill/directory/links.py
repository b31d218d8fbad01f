"""The thread: typed links between things of different apps, walked from either end.

A link is made only between two things that exist and may be seen; when a thing is gone later, the link
stays and says so, because somebody relied on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.directory.actor import Actor
from samspill.directory.audit import record
from samspill.directory.models import Link
from samspill.directory.registries import LINK_KINDS, THINGS, LinkKind, Ref, Resolved
from samspill.refusal import Refused


@dataclass(frozen=True)
class Joined:
    """A link seen from one of its ends. `target` is None when the thing at the other end is gone."""

    link_id: int
    kind: str
    label: str
    other: Ref
    target: Resolved | None


def resolve(refs: Iterable[Ref], actor: Actor) -> dict[Ref, Resolved]:
    """Title, address and state of things that exist and may be seen; one query per kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.id)
    return {
        Ref(kind, number): seen
        for kind, ids in by_kind.items()
        if kind in THINGS
        for number, seen in THINGS[kind].resolve(ids, actor).items()
    }


def join(kind: str, start: Ref, end: Ref, *, by: Actor) -> Link:
    """Join two things; twice changes nothing. Refuses unknown kinds and things that are not there."""
    check_fits(kind, start, end)
    found = resolve([start, end], by)
    for ref in (start, end):
        if ref not in found:
            raise Refused("link.missing", _("There is nothing to join at %(ref)s.") % {"ref": ref})
    with transaction.atomic():
        link, is_new = Link.objects.get_or_create(
            kind=kind,
            from_kind=start.kind,
            from_id=start.id,
            to_kind=end.kind,
            to_id=end.id,
            community_id=_community_of(by),
            defaults={"made_by_id": by.account_id},
        )
        if is_new:
            title = _in_words(start, end, found)
            record(by=by, act="link.make", on=link, title=title, kind=kind, start=str(start), end=str(end))
    return link


def _community_of(by: Actor) -> int:
    if by.community_id is None:
        raise Refused("link.community", _("Choose a helsefellesskap to act in first."), forbidden=True)
    return by.community_id


def part(link_id: int, *, by: Actor) -> None:
    """Take a link away; history keeps it. Nothing happens when it is gone already."""
    with transaction.atomic():
        link = Link.objects.visible_to(by).filter(pk=link_id).first()
        if link is not None:
            title = _in_words(*_ends(link), resolve(_ends(link), by))
            record(by=by, act="link.part", on=link, title=title, kind=link.kind)
            link.delete()


def _in_words(start: Ref, end: Ref, found: Mapping[Ref, Resolved]) -> str:
    """What the log calls a link; an end that is gone is called by its kind and number."""
    return " → ".join(found[ref].title if ref in found else str(ref) for ref in (start, end))


def check_fits(kind: str, start: Ref, end: Ref) -> None:
    if kind not in LINK_KINDS:
        raise Refused("link.kind", _("«%(kind)s» is not a way to join things.") % {"kind": kind})
    rule = LINK_KINDS[kind]
    if start.kind not in rule.from_kinds or end.kind not in rule.to_kinds:
        raise Refused(
            "link.ends",
            _("«%(kind)s» cannot join %(start)s and %(end)s.")
            % {"kind": rule.label, "start": start.kind, "end": end.kind},
        )


def joined(refs: Iterable[Ref], actor: Actor) -> dict[Ref, list[Joined]]:
    """Every link at each of `refs`, from either end, the other end resolved. Queries: 1 + one per kind."""
    wanted = set(refs)
    links = list(_links_at(wanted, actor))
    ends = [_ends(link) for link in links]
    others = {end for start, end in ends if start in wanted} | {start for start, end in ends if end in wanted}
    seen = resolve(others, actor)
    result: dict[Ref, list[Joined]] = {ref: [] for ref in wanted}
    for link in links:
        start, end = _ends(link)
        rule = LINK_KINDS.get(link.kind)
        if start in wanted:
            result[start].append(_joined(link, end, seen, _label(rule, forward=True)))
        if end in wanted:
            result[end].append(_joined(link, start, seen, _label(rule, forward=False)))
    return result


def begins(kind: str, links: str, at: str = "pk") -> Exists:
    """Whether a link of the kind `links` begins at the row, a thing of `kind`: to be read along with it.

    `at` is the row's field with the number of the thing.
    """
    rows = Link.objects.filter(kind=links, from_kind=kind, from_id=OuterRef(at))
    return Exists(rows)


def ends(kind: str, links: str) -> Exists:
    """The same for a link that ends at the row."""
    rows = Link.objects.filter(kind=links, to_kind=kind, to_id=OuterRef("pk"))
    return Exists(rows)


def led_to(ref: Ref, links: str, actor: Actor) -> QuerySet:
    """The numbers of what links of the kind `links` lead to from `ref`: for another query."""
    found = Link.objects.visible_to(actor).filter(kind=links, from_kind=ref.kind, from_id=ref.id)
    return found.values_list("to_id", flat=True)


def _links_at(refs: set[Ref], actor: Actor) -> Iterable[Link]:
    where = Q(pk__in=[])
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.id)
    for kind, ids in by_kind.items():
        where |= Q(from_kind=kind, from_id__in=ids) | Q(to_kind=kind, to_id__in=ids)
    return Link.objects.visible_to(actor).filter(where).order_by("pk")


def _ends(link: Link) -> tuple[Ref, Ref]:
    return Ref(link.from_kind, link.from_id), Ref(link.to_kind, link.to_id)


def _joined(link: Link, other: Ref, seen: dict[Ref, Resolved], label: str) -> Joined:
    return Joined(link_id=link.pk, kind=link.kind, label=label, other=other, target=seen.get(other))


def _label(rule: LinkKind | None, *, forward: bool) -> str:
    if rule is None:
        return ""
    return str(rule.label if forward else rule.reverse_label)
