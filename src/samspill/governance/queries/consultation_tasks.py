"""What waits for somebody because of how the hearings stand."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Due, FactSource, FoundFacts, Wanted
from samspill.governance.permissions import is_secretariat, may_act
from samspill.governance.queries.consultation_facts import Hearing, Writes, what_is_heard
from samspill.governance.states import ConsultationState

S = ConsultationState
GOING = (S.RECEIVED, S.DIVIDED, S.CONTRIBUTIONS, S.COMPILED, S.FOR_APPROVAL, S.APPROVED)


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not may_act(actor, "consultations.contribute"):
        return {}
    return {"hearings": what_is_heard(actor, GOING)}


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    """What hearings ask of the actor, the newest first."""
    for facts in reversed(found.get("hearings", ())):
        one = Hearing(facts)
        if one.state == S.CONTRIBUTIONS:
            yield from _compiling(one, actor) if is_secretariat(actor) else _contributions(one)
        elif is_secretariat(actor) and (one.state != S.FOR_APPROVAL or one.is_stuck):
            yield _next(one)


dues = FactSource(_wants, _tells)


def _next(one: Hearing) -> Due:
    """What the secretariat does next."""
    state = one.state
    url = reverse("governance:consultation", args=[one.pk])
    said = {
        S.RECEIVED: (_("Divide the questions of «%(title)s»"), _("Divide"), "fordel/"),
        S.DIVIDED: (_("Ask the parties to contribute to «%(title)s»"), _("Ask them"), ""),
        S.COMPILED: (_("Send the answer to «%(title)s» for approval"), _("Send it"), ""),
        S.FOR_APPROVAL: (_("Nobody with authority has the answer to «%(title)s»"), _("Send it on"), ""),
        S.APPROVED: (_("Deliver the answer to «%(title)s»"), _("Deliver"), ""),
    }[state]
    return Due(
        key=f"governance.consultation:{one.pk}:{state}",
        title=said[0] % {"title": one.title},
        text="",
        url=url + said[2],
        act_label=said[1],
        due=one.answer_by,
        weight=24,
    )


def _compiling(one: Hearing, actor: Actor) -> Iterator[Due]:
    """The questions the secretariat leads, when contributions are over; and the set, when all are done."""
    if all(question.is_done for question in one.questions):
        yield Due(
            key=f"governance.consultation:{one.pk}:compile",
            title=_("All the joint answers to «%(title)s» are written") % {"title": one.title},
            text="",
            url=reverse("governance:consultation", args=[one.pk]),
            act_label=_("Put them together"),
            due=one.answer_by,
            weight=24,
        )
        return
    silent = sum(map(one.owes, one.writers))
    if silent and one.contributions_by and one.contributions_by < actor.today:
        yield Due(
            key=f"governance.consultation:{one.pk}:silent",
            title=ngettext(
                "One has not contributed to «%(title)s»",
                "%(count)s have not contributed to «%(title)s»",
                silent,
            )
            % {"title": one.title, "count": silent},
            text="",
            url=reverse("governance:consultation", args=[one.pk]),
            act_label=_("Ask again"),
            due=one.contributions_by,
            weight=24,
        )


def _contributions(one: Hearing) -> Iterator[Due]:
    """For each the actor speaks for: to contribute, and then for who leads to write the joint answer."""
    for writer in one.writers:
        if one.owes(writer):
            yield _contribute(one, writer)
        else:
            yield from _write(one, writer)


def _contribute(one: Hearing, writer: Writes) -> Due:
    led = [question.name for question in one.questions if question.lead == writer.key]
    text = _("You lead question %(numbers)s.") % {"numbers": ", ".join(led)} if led else ""
    return Due(
        key=f"governance.consultation:{one.pk}:{writer.key}",
        title=_("What does %(who)s say to «%(title)s»?") % {"who": writer.name, "title": one.title},
        text=text,
        url=reverse("governance:consultation-contributions", args=[one.pk]) + f"?for={writer.key}",
        act_label=_("Contribute"),
        due=one.contributions_by,
        weight=22,
    )


def _write(one: Hearing, writer: Writes) -> Iterator[Due]:
    for question in one.questions:
        if question.lead == writer.key and not question.is_done:
            yield Due(
                key=f"governance.consultation:{one.pk}:question:{question.pk}",
                title=_("Write the joint answer to question %(number)s in «%(title)s»")
                % {"number": question.name, "title": one.title},
                text=Truncator(question.text).chars(160),
                url=reverse("governance:joint-text", args=[one.pk, question.pk]),
                act_label=_("Write"),
                due=one.answer_by,
                weight=23,
            )
