"""What waits for somebody because of how the hearings stand."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Due
from samspill.governance.permissions import is_secretariat, may_act
from samspill.governance.queries.consultations import (
    Standing,
    Writer,
    consultations_of,
    mine_of,
    standing_of,
)
from samspill.governance.states import ConsultationState

S = ConsultationState
TITLE_FITS = 70
GOING = (S.RECEIVED, S.DIVIDED, S.CONTRIBUTIONS, S.COMPILED, S.APPROVED)


def dues(actor: Actor) -> list[Due]:
    """What hearings ask of the actor. 1 query, and up to 7 for each that is under way."""
    if actor.community_id is None or not may_act(actor, "consultations.contribute"):
        return []
    found: list[Due] = []
    for one in consultations_of(actor, GOING):
        if one.state == S.CONTRIBUTIONS:
            standing = standing_of(one, actor)
            found += _contributions(standing, actor)
            if is_secretariat(actor):
                found += _compiling(standing, actor)
        elif is_secretariat(actor):
            found.append(_next(one.pk, S(one.state), one.title, one.answer_by))
    return found


def _next(pk: int, state: ConsultationState, title: str, due: object) -> Due:
    """What the secretariat does next."""
    url = reverse("governance:consultation", args=[pk])
    said = {
        S.RECEIVED: (_("Divide the questions of «%(title)s»"), _("Divide"), "fordel/"),
        S.DIVIDED: (_("Ask the parties to contribute to «%(title)s»"), _("Ask them"), ""),
        S.COMPILED: (_("Send the answer to «%(title)s» for approval"), _("Send it"), ""),
        S.APPROVED: (_("Deliver the answer to «%(title)s»"), _("Deliver"), ""),
    }[state]
    return Due(
        key=f"governance.consultation:{pk}:{state}",
        title=said[0] % {"title": Truncator(title).chars(TITLE_FITS)},
        text="",
        url=url + said[2],
        act_label=said[1],
        due=due,  # type: ignore[arg-type]
        weight=24,
    )


def _compiling(standing: Standing, actor: Actor) -> Iterator[Due]:
    """The questions the secretariat leads, when contributions are over; and the set, when all are done."""
    one = standing.consultation
    title = Truncator(one.title).chars(TITLE_FITS)
    if standing.done == len(standing.questions):
        yield Due(
            key=f"governance.consultation:{one.pk}:compile",
            title=_("All the joint answers to «%(title)s» are written") % {"title": title},
            text="",
            url=reverse("governance:consultation", args=[one.pk]),
            act_label=_("Put them together"),
            due=one.answer_by,
            weight=24,
        )
    elif one.contributions_by and one.contributions_by < actor.today and standing.silent:
        yield Due(
            key=f"governance.consultation:{one.pk}:silent",
            title=ngettext(
                "One has not contributed to «%(title)s»",
                "%(count)s have not contributed to «%(title)s»",
                len(standing.silent),
            )
            % {"title": title, "count": len(standing.silent)},
            text="",
            url=reverse("governance:consultation", args=[one.pk]),
            act_label=_("Ask again"),
            due=one.contributions_by,
            weight=24,
        )


def _contributions(standing: Standing, actor: Actor) -> Iterator[Due]:
    """For each the actor speaks for: to contribute, and then for who leads to write the joint answer."""
    mine = _own(standing, actor)
    for writer in mine:
        if standing.owes(writer):
            yield _contribute(standing, writer)
        else:
            yield from _write(standing, writer)


def _own(standing: Standing, actor: Actor) -> list[Writer]:
    """Not all, for the secretariat: it is told of what it leads in its own task."""
    return [] if is_secretariat(actor) else mine_of(standing, actor)


def _contribute(standing: Standing, writer: Writer) -> Due:
    one = standing.consultation
    led = [asked.name for asked in standing.questions if asked.lead and asked.lead.key == writer.key]
    text = _("You lead question %(numbers)s.") % {"numbers": ", ".join(led)} if led else ""
    return Due(
        key=f"governance.consultation:{one.pk}:{writer.key}",
        title=_("What does %(who)s say to «%(title)s»?")
        % {"who": writer.name, "title": Truncator(one.title).chars(TITLE_FITS)},
        text=text,
        url=reverse("governance:consultation-contributions", args=[one.pk]) + f"?for={writer.key}",
        act_label=_("Contribute"),
        due=one.contributions_by,
        weight=22,
    )


def _write(standing: Standing, writer: Writer) -> Iterator[Due]:
    one = standing.consultation
    for asked in standing.questions:
        if asked.lead and asked.lead.key == writer.key and not asked.question.is_done:
            yield Due(
                key=f"governance.consultation:{one.pk}:question:{asked.question.pk}",
                title=_("Write the joint answer to question %(number)s in «%(title)s»")
                % {"number": asked.name, "title": Truncator(one.title).chars(TITLE_FITS)},
                text=Truncator(asked.question.text).chars(160),
                url=reverse("governance:joint-text", args=[one.pk, asked.question.pk]),
                act_label=_("Write"),
                due=one.answer_by,
                weight=23,
            )
