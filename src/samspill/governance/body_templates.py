"""Ways to put a new body together, from which its rule is changed afterwards. No writes here."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspill.directory.public import Bloc, Community, Party, PartyKind, Region, parties_of
from samspill.governance.actions.representation import RuleWords, SeatLine
from samspill.governance.states import Parity, Represents


def rule_of(template: str, community: Community, from_day: date) -> RuleWords | None:
    """The rule of a template in a community; None for «none». Names of seats are in its written form."""
    with override(community.written_form):
        parties = list(parties_of(community, from_day))
        trust = next((one for one in parties if one.kind == PartyKind.HEALTH_TRUST), None)
        municipalities = sum(one.kind == PartyKind.MUNICIPALITY for one in parties)
        if template == "equal":
            return _equal(community, trust, municipalities, from_day)
        if template == "municipalities":
            lines = (SeatLine(Represents.EACH_MUNICIPALITY), _of_hospital(trust, municipalities))
            return RuleWords(from_day, lines, covers_all=True)
        if template == "open":
            each = SeatLine(Represents.EACH_MUNICIPALITY, may_vote=False)
            lines = (each, _of_hospital(trust, 1, may_vote=False))
            return RuleWords(from_day, lines, parity=Parity.FREE)
    return None


def _equal(community: Community, trust: Party | None, municipalities: int, from_day: date) -> RuleWords:
    kinds = list(Region.objects.filter(community=community).values_list("kind", flat=True))
    if kinds:
        count = kinds.count(kinds[0])
        municipal = SeatLine(Represents.EACH_REGION, region_kind=kinds[0])
    else:
        count = min(5, municipalities)
        municipal = SeatLine(Represents.BLOC, seats=count, bloc=Bloc.MUNICIPAL)
    lines = (municipal, _of_hospital(trust, count), *_observers())
    return RuleWords(from_day, lines, covers_all=bool(kinds), users_at_least=1, deputy_other_side=True)


def _of_hospital(trust: Party | None, count: int, *, may_vote: bool = True) -> SeatLine:
    if trust is None:
        return SeatLine(Represents.BLOC, seats=count, bloc=Bloc.HOSPITAL, may_vote=may_vote)
    return SeatLine(Represents.PARTY, seats=count, party=trust, may_vote=may_vote)


def _observers() -> tuple[SeatLine, ...]:
    listens = SeatLine(Represents.ORGANISATION, may_vote=False, may_propose=False)
    return (
        replace(listens, label=_("The user organisations"), is_user_seat=True),
        replace(listens, label=_("The employees' organisations")),
        replace(listens, label=_("The general practitioners")),
    )
