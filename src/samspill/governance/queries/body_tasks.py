"""What waits for somebody in the bodies: for the secretariat what runs out, for those who appoint a name."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Wanted
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.expiring import Expires, Kind, expires_in, what_expires
from samspill.governance.queries.naming import empty_for, what_is_named
from samspill.governance.wording_bodies import (
    expires_in_words,
    last_day,
    places_in_words,
    vacant_in_words,
)

NAMING = "naming"
WEIGHTS = {Kind.BODY: 30, Kind.MANDATE: 40, Kind.TENURE: 25, Kind.VACANT: 60, Kind.CHAIR: 28}


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not actor.is_known:
        return {}
    if is_secretariat(actor):
        return what_expires(actor.community_id, actor.today)
    return {NAMING: what_is_named(actor)}


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    """For the secretariat what runs out, for the others the names they may give."""
    yield from _expiring(expires_in(found, actor.today), actor)
    yield from _named(found.get(NAMING, ()))


body_dues = FactSource(_wants, _tells)


def _expiring(found: list[Expires], actor: Actor) -> Iterator[Due]:
    """A task for each body and kind of thing that runs out; several that end the same day are one."""
    in_round = {one.body for one in found if one.kind == Kind.ROUND}
    for one in found:
        if one.kind in {Kind.BODY, Kind.MANDATE}:
            yield _alone(one, actor)
    for (body, day), many in _together(found, Kind.TENURE).items():
        if body not in in_round:
            yield _leaving(body, many, str(day))
    for (body, _day), many in _together(found, Kind.VACANT).items():
        if body not in in_round:
            yield _vacant(body, many)
    for one in found:
        if one.kind == Kind.ROUND:
            yield _round(one)
        elif one.kind == Kind.CHAIR:
            yield _swap(one, actor)


def _together(found: Iterable[Expires], kind: Kind) -> dict[tuple[int, object], list[Expires]]:
    told: dict[tuple[int, object], list[Expires]] = {}
    for one in found:
        if one.kind == kind:
            told.setdefault((one.body, one.day), []).append(one)
    return told


def _alone(one: Expires, actor: Actor) -> Due:
    is_body = one.kind == Kind.BODY
    route = "governance:body-end" if is_body else "governance:body-mandate"
    return Due(
        key=f"governance.{one.kind}:{one.pk}",
        title=f"{one.body_name}: {expires_in_words(one, actor.today)}",
        text=_("Prolong it, or let it end.") if is_body else _("Keep it, or give a new version."),
        url=reverse(route, args=[one.body]),
        act_label=_("Prolong or end") if is_body else _("Look at the mandate"),
        due=last_day(one.day) if is_body and one.day else one.day,
        weight=WEIGHTS[one.kind],
    )


def _leaving(body: int, many: list[Expires], day: str) -> Due:
    text = ngettext(
        "%(count)s leaves %(body)s, and nobody is to follow",
        "%(count)s leave %(body)s, and nobody is to follow",
        len(many),
    )
    values = {"count": places_in_words(len(many)), "body": many[0].body_name}
    return Due(
        key=f"governance.tenures:{body}:{day}",
        title=capfirst(text % values),
        text=", ".join(one.name for one in many),
        url=reverse("governance:new-round", args=[body]),
        act_label=_("Ask for names"),
        due=last_day(many[0].day) if many[0].day else None,
        weight=WEIGHTS[Kind.TENURE],
    )


def _vacant(body: int, many: list[Expires]) -> Due:
    return Due(
        key=f"governance.vacant:{body}",
        title=f"{many[0].body_name}: {vacant_in_words(len(many))}",
        text="",
        url=reverse("governance:body", args=[body]),
        act_label=_("Fill it") if len(many) == 1 else _("Fill them"),
        weight=WEIGHTS[Kind.VACANT],
    )


def _round(one: Expires) -> Due:
    return Due(
        key=f"governance.round:{one.pk}",
        title=_("%(body)s: names are coming in") % {"body": one.body_name},
        text=_("See who has answered, and put everybody in."),
        url=reverse("governance:round", args=[one.pk]),
        act_label=_("See the answers"),
        due=one.day,
        weight=35,
    )


def _swap(one: Expires, actor: Actor) -> Due:
    return Due(
        key=f"governance.chair:{one.pk}:{one.day}",
        title=f"{one.body_name}: {expires_in_words(one, actor.today)}",
        text=_("Ask the side for a name in good time."),
        url=reverse("governance:body", args=[one.body]),
        act_label=_("See who leads now"),
        due=last_day(one.day) if one.day else None,
        weight=WEIGHTS[Kind.CHAIR],
    )


def _named(rounds: Iterable[Facts]) -> Iterator[Due]:
    """Seats that the actor may name somebody for, and nobody is named for yet."""
    for one in sorted(rounds, key=lambda one: (one["answer_by"], one.pk)):
        empty = empty_for(one)
        if empty:
            yield Due(
                key=f"governance.named:{one.pk}",
                title=_("Who shall sit in %(body)s for %(whom)s?")
                % {"body": one["short"] or one["body_name"], "whom": ", ".join(empty)},
                text=one["words"],
                url=reverse("governance:round", args=[one.pk]),
                act_label=_("Write the name"),
                due=one.day("answer_by"),
                weight=20,
            )
