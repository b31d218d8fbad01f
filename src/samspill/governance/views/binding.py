"""What decisions bind a party to, as a part of «Min kommune» and of a case to its council."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspill.directory.public import Actor, Binding, Brief, Party
from samspill.governance.permissions import MAY, is_secretariat
from samspill.governance.queries.carrying import PartyStanding, bound_by
from samspill.governance.rules.days import long_day
from samspill.governance.states.follow_ups import ShownParty
from samspill.governance.views.carrying import line
from samspill.governance.wording_follow_ups import party_heading


def binding_of(party_id: int, actor: Actor, here: str) -> Binding | None:
    """Decisions that bind the party, red first; None when nothing does. 3 queries."""
    if actor.community_id is None:
        return None
    found = bound_by(party_id, actor)
    if not found:
        return None
    party = found[0].party
    late = [one for one in found if one.shown == ShownParty.LATE]
    waiting = [one for one in found if one.waits and one not in late]
    return Binding(
        brief=_brief(party, found, actor, here),
        heading=gettext_lazy("Decisions that bind us"),
        summary=party_heading(party, len(found), len(late), len(late) + len(waiting)),
        head=(_("What was decided"), _("Decision"), _("To be done by"), _("With us"), _("In a sentence")),
        rows=tuple(_cells(one) for one in found),
        late=tuple(str(one.point) for one in late),
        waiting=tuple(str(one.point) for one in waiting),
    )


def _cells(one: PartyStanding) -> tuple[str, ...]:
    decision = one.point.decision
    return (
        str(one.point),
        f"{decision.body} {decision.item.reference}, {long_day(decision.decided_on)}",
        long_day(one.due) if one.due else "",
        one.words,
        one.row.note,
    )


def _brief(party: Party, found: list[PartyStanding], actor: Actor, here: str) -> Brief:
    speaks = actor.has_role(*MAY["follow_ups.report"])
    own = frozenset({party.pk}) if is_secretariat(actor) or party.pk in actor.party_ids else frozenset()
    late = sum(one.shown == ShownParty.LATE for one in found)
    silent = sum(one.waits for one in found)
    return Brief(
        "governance/follow_ups/bound.html",
        {
            "lines": [line(one, own if speaks else frozenset(), here) for one in found],
            "party": party,
            "summary": party_heading(party, len(found), late, silent),
            "count": ngettext("%(count)s decision", "%(count)s decisions", len(found))
            % {"count": len(found)},
        },
    )
