"""The boxes insight puts on other apps' pages: beside a plan, on the start page, on a community's page."""

from samspill.directory.public import Actor, Brief
from samspill.insight.queries.own_profile import OLD, own_profile
from samspill.insight.queries.profiles import Profile, profile_in
from samspill.insight.shown.people import show, source_of
from samspill.insight.shown.people_drawn import heading_of_growth
from samspill.insight.wording import about, count, signed


def beside_a_plan(community_id: int, actor: Actor) -> Brief | None:
    """Growth of 80+ by municipality, and the plan's own figure beside ours."""
    profile = _profile(community_id)
    if profile is None:
        return None
    shown = show(profile, profile.whole, OLD, actor)
    return Brief(
        "insight/parts/beside_plan.html",
        {
            "profile": profile,
            "shown": shown,
            "heading": heading_of_growth(profile),
            "rows": growth_rows(profile, OLD),
            "source": source_of(profile.run),
        },
    )


def of_the_day(_community_id: int, actor: Actor) -> Brief | None:
    """One figure to take along into the day: the municipality that turns with the week.

    The start page is of the actor's own community.
    """
    profile = own_profile(actor)
    if profile is None:
        return None
    places = profile.by_growth(OLD)
    place = places[actor.today.isocalendar().week % len(places)]
    return Brief(
        "insight/parts/of_the_day.html",
        {
            "profile": profile,
            "place": place,
            "growth": signed(profile.growth(place, OLD)),
            "now": count(profile.persons(place, OLD, profile.now)),
            "then": about(profile.persons(place, OLD, profile.to)),
            "source": source_of(profile.run),
        },
    )


def on_the_community_page(community_id: int, actor: Actor) -> Brief | None:
    profile = _profile(community_id)
    if profile is None:
        return None
    return Brief(
        "insight/parts/on_community.html",
        {"profile": profile, "shown": show(profile, profile.whole, OLD, actor)},
    )


def growth_rows(profile: Profile, group: str) -> list[dict[str, object]]:
    """Municipalities with growth and the length of a bar in percent of the strongest, strongest first."""
    places = profile.by_growth(group)
    strongest = max((profile.growth(place, group) or 0 for place in places), default=0) or 1
    return [
        {
            "place": place,
            "growth": signed(profile.growth(place, group)),
            "width": f"{max(0.0, 100 * (profile.growth(place, group) or 0) / strongest):.1f}%",
        }
        for place in places
    ]


def _profile(community_id: int) -> Profile | None:
    return profile_in(community_id, [OLD])
