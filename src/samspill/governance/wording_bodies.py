"""Sentences about bodies in the written form of the moment: how many, what they may, whose turn it is."""

from datetime import date, timedelta

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.directory.public import Bloc, Party
from samspill.governance.models import Mandate, RepresentationRule, Seat
from samspill.governance.queries.body_list import BodyTree, is_over
from samspill.governance.queries.body_page import BodyView
from samspill.governance.queries.composing import Composed
from samspill.governance.queries.expiring import Expires, Kind
from samspill.governance.rules.composition import Balance, Finding, FindingCode, Turn, other_side
from samspill.governance.states import Authority, DecisionMethod, Role

WORDS_UP_TO = 12


def day_in_words(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j F Y"))


def last_day(first_without: date) -> date:
    """Stored is the first day without; people read the last day with."""
    return first_without - timedelta(days=1)


def places_in_words(count: int) -> str:
    """«one», «two» … of seats, tenures and municipalities; figures above twelve."""
    words = (
        pgettext("number of seats", "none"),
        pgettext("number of seats", "one"),
        pgettext("number of seats", "two"),
        pgettext("number of seats", "three"),
        pgettext("number of seats", "four"),
        pgettext("number of seats", "five"),
        pgettext("number of seats", "six"),
        pgettext("number of seats", "seven"),
        pgettext("number of seats", "eight"),
        pgettext("number of seats", "nine"),
        pgettext("number of seats", "ten"),
        pgettext("number of seats", "eleven"),
        pgettext("number of seats", "twelve"),
    )
    return words[count] if count <= WORDS_UP_TO else str(count)


def bodies_in_words(count: int) -> str:
    """«one body», «nine bodies»: the noun is neuter, so the first number has a word of its own."""
    if count == 1:
        return _("one body")
    return _("%(count)s bodies") % {"count": places_in_words(count)}


def list_heading(tree: BodyTree) -> str:
    """«Nine bodies. Two seats are vacant, and one thing runs out soon.»"""
    if not tree.rows:
        return _("No bodies are set up yet")
    vacant = sum(row.vacant for row in tree.rows)
    running_out = sum(one.kind in _RUN_OUT for row in tree.rows for one in row.expires)
    first = capfirst(bodies_in_words(len(tree.rows)))
    return f"{first}. {capfirst(vacant_in_words(vacant))}{_and_running_out(running_out)}."


_RUN_OUT = frozenset({Kind.BODY, Kind.MANDATE, Kind.TENURE})


def vacant_in_words(count: int) -> str:
    if not count:
        return _("no seat is vacant")
    text = ngettext("%(count)s seat is vacant", "%(count)s seats are vacant", count)
    return text % {"count": places_in_words(count)}


def _and_running_out(count: int) -> str:
    if not count:
        return ""
    text = ngettext(", and one thing runs out soon", ", and %(count)s things run out soon", count)
    return text % {"count": places_in_words(count)}


def heading_of(view: BodyView) -> str:
    """«Five from each side. One seat is vacant.»"""
    if is_over(view.body, view.day) and view.body.ends:
        return _("%(body)s ended on %(day)s.") % {
            "body": view.body.name,
            "day": day_in_words(last_day(view.body.ends)),
        }
    seats = view.composed.composition.seats
    if not seats:
        return _("Nobody has a seat here yet.")
    vacant = len(view.composed.composition.vacant)
    left = _("All of them are vacant") if vacant == len(seats) > 1 else capfirst(vacant_in_words(vacant))
    return f"{_sides_in_words(view.composed)} {left}."


def _sides_in_words(found: Composed) -> str:
    balance: Balance = found.sides.seats
    if not balance.total:
        count = len(found.composition.seats)
        text = ngettext("%(count)s seat.", "%(count)s seats.", count)
        return capfirst(text % {"count": places_in_words(count)})
    if balance.is_equal:
        return capfirst(_("%(count)s from each side.") % {"count": places_in_words(balance.municipal)})
    return capfirst(
        _("%(municipal)s from the municipalities and %(hospital)s from the hospital.")
        % {
            "municipal": places_in_words(balance.municipal),
            "hospital": places_in_words(balance.hospital),
        }
    )


def authority_in_words(mandate: Mandate | None) -> str:
    """In the list, in two or three words."""
    if mandate is None:
        return _("no mandate")
    return str(Authority(mandate.authority).label)


def may_in_words(mandate: Mandate | None, rule: RepresentationRule | None, above: str) -> list[str]:
    """What the body may, sentence by sentence. `above` is the body that larger cases go to, "" when none."""
    told = [_authority_sentence(mandate)]
    if mandate and mandate.limits:
        told.append(mandate.limits)
    if above and (mandate is None or mandate.authority != Authority.BINDING):
        told.append(_("What is larger goes to %(body)s.") % {"body": above})
    if rule and mandate and mandate.authority != Authority.ADVISORY:
        told.append(_METHODS[DecisionMethod(rule.decision_method)]())
    return told


def _authority_sentence(mandate: Mandate | None) -> str:
    if mandate is None:
        return _("It has no mandate yet, so it gives advice and decides nothing.")
    return {
        Authority.ADVISORY: _("It gives advice. Others decide."),
        Authority.WITHIN_LIMITS: _("It decides within limits:"),
        Authority.BINDING: _("It decides, and what it decides binds both sides."),
    }[Authority(mandate.authority)]


_METHODS = {
    DecisionMethod.CONSENSUS: lambda: _("Everybody must agree."),
    DecisionMethod.MAJORITY_PER_BLOC: lambda: _("It takes a majority on each side."),
    DecisionMethod.MAJORITY: lambda: _("The majority decides."),
    DecisionMethod.AUTHORISED: lambda: _("The chair decides on behalf of the others."),
}


def rights_in_words(seat: Seat) -> str:
    """«may meet and speak, not propose or vote»."""
    words = (
        (seat.may_meet, pgettext("right of a seat", "meet")),
        (seat.may_speak, pgettext("right of a seat", "speak")),
        (seat.may_propose, pgettext("right of a seat", "propose")),
        (seat.may_vote, pgettext("right of a seat", "vote")),
    )
    has = [word for holds, word in words if holds]
    lacks = [word for holds, word in words if not holds]
    if not has:
        return _("gets the papers, and does not meet")
    if not lacks:
        return _("may %(rights)s") % {"rights": enumerated(has)}
    return _("may %(rights)s, not %(lacks)s") % {
        "rights": enumerated(has),
        "lacks": enumerated(lacks, last=_("or")),
    }


def enumerated(words: list[str], *, last: str = "") -> str:
    """«a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last or _('and')} {words[-1]}"


def side_in_words(bloc: str) -> str:
    """The heading of a group of seats."""
    if not bloc:
        return _("Outside the two sides")
    return _("The municipalities") if bloc == Bloc.MUNICIPAL else _("The hospital")


def _of_side(bloc: str) -> str:
    return _("the municipalities") if bloc == Bloc.MUNICIPAL else _("the hospital")


def turn_in_words(turn: Turn) -> str:
    """«The hospital has the chair until 31 December. From 1 January it is the turn of …»"""
    return _("%(side)s has the chair until %(day)s. From %(swap)s it is the turn of %(other)s.") % {
        "side": side_in_words(turn.bloc),
        "day": day_in_words(last_day(turn.until)),
        "swap": day_in_words(turn.until),
        "other": _of_side(other_side(turn.bloc)),
    }


def host_in_words(host: Party | None) -> str:
    if host is None:
        return _("The sides take turns to host. Nobody has been host yet.")
    return _("%(party)s was host last. Next time it is the turn of %(other)s.") % {
        "party": host,
        "other": _of_side(other_side(host.bloc)),
    }


def finding_in_words(one: Finding, view: BodyView) -> str:
    """What is not as the rule asks, in a sentence."""
    if one.code == FindingCode.UNCOVERED:
        names = [str(view.known.by_number[number]) for number in one.of]
        return _("Nobody speaks for %(names)s.") % {"names": enumerated(names)}
    if one.code == FindingCode.FILLED_UNEQUAL:
        filled = view.composed.sides.filled
        return _("Now %(municipal)s sit for the municipalities and %(hospital)s for the hospital.") % {
            "municipal": places_in_words(filled.municipal),
            "hospital": places_in_words(filled.hospital),
        }
    if one.code == FindingCode.VACANT:
        return f"{capfirst(vacant_in_words(one.count))}."
    return {
        FindingCode.NO_USERS: _("There shall be a seat for the users, and there is none."),
        FindingCode.USERS_VACANT: _("The users have a seat, and nobody sits in it."),
        FindingCode.SEATS_UNEQUAL: _("The two sides shall have as many votes, and they have not."),
        FindingCode.CHAIR_MISSING: _("Nobody is chair."),
        FindingCode.CHAIR_WRONG_SIDE: _("The chair is not from the side whose turn it is."),
        FindingCode.CHAIRS_ONE_SIDE: _("Chair and deputy chair come from the same side."),
    }[one.code]


def expires_in_words(one: Expires, today: date) -> str:
    """What runs out, in the row of its body or as a task."""
    values = {
        "name": one.name,
        "body": one.body_name,
        "day": day_in_words(one.day) if one.day else "",
        "last": day_in_words(last_day(one.day)) if one.day else "",
        "side": _of_side(one.name) if one.kind == Kind.CHAIR else "",
    }
    if one.kind == Kind.MANDATE and one.day and one.day < today:
        return _("the mandate should have been looked at by %(day)s") % values
    return {
        Kind.BODY: _("ends %(last)s"),
        Kind.MANDATE: _("the mandate is to be looked at by %(day)s"),
        Kind.TENURE: _("%(name)s leaves after %(last)s"),
        Kind.VACANT: _("a seat is vacant"),
        Kind.ROUND: _("names are asked for by %(day)s"),
        Kind.CHAIR: _("the chair goes to %(side)s %(day)s"),
    }[one.kind] % values


def role_in_words(role: str) -> str:
    """Empty for an ordinary member: that is what the seat says already."""
    return "" if role == Role.MEMBER else str(Role(role).label)
