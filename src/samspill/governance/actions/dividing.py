"""A hearing is divided and put to the parties: who leads which question, who is told, who is asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from zlib import crc32

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspill.directory.public import Account, Actor, AuditEvent, Body, parties_of, record
from samspill.governance.actions.moving_consultations import (
    check_is_in,
    lock_consultation,
    move_consultation,
)
from samspill.governance.models import Consultation, ConsultationQuestion
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import (
    Standing,
    Writer,
    lead_of,
    of_party,
    open_rows_exist,
    standing_of,
)
from samspill.governance.queries.speaking import people_for
from samspill.governance.rules.days import long_day
from samspill.governance.states import ANSWERED_IN, QUESTIONS_CHANGE, ConsultationState
from samspill.refusal import Refused
from samspill.worklist.public import Ask, Words, notify, take_back

SECRETARIAT = "sekretariat"
NO_REMARKS = "governance.no_remarks"
ASK, CHASE = "consultation.ask", "consultation.chase"


def divide(
    consultation: Consultation, leads: Mapping[int, str], *, rest: bool = False, by: Actor
) -> Consultation:
    """Say who leads questions, by their numbers: «party-3», «body-4», `SECRETARIAT`, or "" for nobody.

    `rest`: the secretariat leads those nobody does. When each has a lead, the hearing is divided; until then
    it is as it was. Who leads is told when the parties are asked.
    """
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        check_is_in(consultation, QUESTIONS_CHANGE | ANSWERED_IN)
        questions = list(consultation.questions.all())
        for one in questions:
            if one.pk in leads:
                _lead(one, leads[one.pk], consultation, by)
            if rest and not one.is_led:
                one.led_by_secretariat = True
            one.save(update_fields=["lead_party", "lead_body", "led_by_secretariat"])
        is_whole = all(one.is_led for one in questions)
        if is_whole and consultation.state == ConsultationState.RECEIVED:
            move_consultation(consultation, ConsultationState.DIVIDED)
        elif not is_whole and consultation.state == ConsultationState.DIVIDED:
            move_consultation(consultation, ConsultationState.RECEIVED)
        if consultation.state == ConsultationState.CONTRIBUTIONS:
            _tell_leads(consultation, by)
        record(by=by, act="consultation.divide", on=consultation, led=sum(one.is_led for one in questions))
    return consultation


def _lead(question: ConsultationQuestion, key: str, consultation: Consultation, by: Actor) -> None:
    kind, _dash, number = key.partition("-")
    pk = int(number) if number.isdecimal() and len(number) < 18 else 0
    question.lead_party = question.lead_body = None
    question.led_by_secretariat = key == SECRETARIAT
    if kind == "party":
        question.lead_party = parties_of(consultation.community, by.today).filter(pk=pk).first()
    elif kind == "body":
        question.lead_body = Body.objects.filter(community_id=consultation.community_id, pk=pk).first()
    if key and not question.is_led:
        raise Refused("consultation.lead", gettext_lazy("Choose a party or a body of this helsefellesskap."))


def undivide(consultation: Consultation, *, by: Actor) -> Consultation:
    """The division is open again; who was set to lead stays as a proposal."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        move_consultation(consultation, ConsultationState.RECEIVED)
        record(by=by, act="consultation.undivide", on=consultation)
    return consultation


def ask_for_contributions(consultation: Consultation, *, by: Actor) -> int:
    """Every party is asked to contribute, and who leads a question is told. Returns how many mails are new.

    Refuses before the questions are divided, and a last day that has passed.
    """
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        if consultation.contributions_by and consultation.contributions_by < by.today:
            raise Refused(
                "consultation.past",
                gettext_lazy("The last day for contributions has passed. Set a new one first."),
                field="contributions_by",
            )
        move_consultation(consultation, ConsultationState.CONTRIBUTIONS)
        keys = _tell_leads(consultation, by)
        for party in parties_of(consultation.community, by.today):
            keys.update(_tell(consultation, of_party(party), "ask", by, again=False))
        record(by=by, act=ASK, on=consultation, keys=list(keys), mails=sum(keys.values()))
    return sum(keys.values())


def take_back_asking(consultation: Consultation, *, by: Actor) -> Consultation:
    """Nobody is asked after all: unsent mails are not sent. Refuses when somebody has contributed."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        if open_rows_exist(consultation):
            raise Refused(
                "consultation.contributed",
                gettext_lazy("Somebody has contributed already, so the question stands."),
            )
        move_consultation(consultation, ConsultationState.DIVIDED)
        take_back(_newest(consultation, ASK).details["keys"], by=by)
        record(by=by, act="consultation.ask_back", on=consultation)
    return consultation


@dataclass
class Reminded:
    """Names: whose people got a mail, who has nobody with an account, and who was told today already."""

    told: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)


def remind_missing(consultation: Consultation, *, only: str = "", by: Actor) -> Reminded:
    """One mail to each who owes words, at most once a day. `only`: one writer's key."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        check_is_in(consultation, ANSWERED_IN)
        standing = standing_of(consultation, by)
        return _remind(standing, [one for one in standing.silent if only in ("", one.key)], by)


def _remind(standing: Standing, silent: Iterable[Writer], by: Actor) -> Reminded:
    reminded, keys = Reminded(), dict[str, int]()
    for writer in silent:
        if not _people(standing.consultation, writer, by):
            reminded.unreachable.append(writer.name)
            continue
        new = _tell(standing.consultation, writer, f"again:{by.today}", by, again=True)
        keys.update(new)
        (reminded.told if sum(new.values()) else reminded.already).append(writer.name)
    if reminded.told:
        record(by=by, act=CHASE, on=standing.consultation, keys=list(keys), told=reminded.told)
    return reminded


def take_back_reminder(consultation: Consultation, *, by: Actor) -> int:
    """What of the last reminder has not been sent is not sent; returns how many mails."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        count = take_back(_newest(consultation, CHASE).details["keys"], by=by).unsent
        if not count:
            raise Refused(
                "undo.sent", gettext_lazy("The mails have been sent, so they cannot be taken back.")
            )
        record(by=by, act="consultation.chase_back", on=consultation, count=count)
    return count


def remind_of_consultations(*, by: Actor) -> int:
    """On a morning: the day before the last day, those who have not contributed are asked again."""
    new = 0
    rows = Consultation.objects.filter(
        community_id=by.community_id or 0,
        state=ConsultationState.CONTRIBUTIONS,
        contributions_by__gte=by.today,
    )
    for one in rows.select_related("community"):
        if one.contributions_by and (one.contributions_by - by.today).days == 1:
            standing = standing_of(one, by)
            new += len(_remind(standing, standing.silent, by).told)
    return new


def _newest(consultation: Consultation, act: str) -> AuditEvent:
    kind = consultation._meta.label_lower
    found = AuditEvent.objects.filter(act=act, on_kind=kind, on_id=consultation.pk).order_by("-pk").first()
    if found is None:
        raise Refused("undo.unknown", gettext_lazy("There is nothing to undo here."))
    return found


def _tell_leads(consultation: Consultation, by: Actor) -> dict[str, int]:
    """One mail to each lead with its questions; one that has been told of the same questions gets none."""
    led: dict[str, tuple[Writer, list[ConsultationQuestion]]] = {}
    for question in consultation.questions.select_related("lead_party", "lead_body"):
        if lead := lead_of(question):
            led.setdefault(lead.key, (lead, []))[1].append(question)
    keys = {}
    for writer, questions in led.values():
        what = crc32(",".join(str(one.pk) for one in questions).encode())
        key = f"consultation:{consultation.pk}:{writer.key}:lead:{what}"
        keys[key] = notify(
            to=_people(consultation, writer, by),
            key=key,
            words=partial(_lead_words, consultation, writer, questions),
            by=by,
            path=_path(consultation, writer),
        )
    return keys


def _tell(consultation: Consultation, writer: Writer, what: str, by: Actor, *, again: bool) -> dict[str, int]:
    key = f"consultation:{consultation.pk}:{writer.key}:{what}"
    asks = [Ask(NO_REMARKS, consultation.pk, {"party": str(writer.party.pk)})] if writer.party else []
    new = notify(
        to=_people(consultation, writer, by),
        key=key,
        words=partial(_words, consultation, writer, again=again),
        by=by,
        path=_path(consultation, writer),
        asks=asks,
    )
    return {key: new}


def _path(consultation: Consultation, writer: Writer) -> str:
    return reverse("governance:consultation-contributions", args=[consultation.pk]) + f"?for={writer.key}"


def _people(consultation: Consultation, writer: Writer, by: Actor) -> list[Account]:
    found = people_for(
        parties=[writer.party.pk] if writer.party else [],
        bodies=[writer.body.pk] if writer.body else [],
        community_id=consultation.community_id,
        day=by.today,
    )
    return [one for one in found if one.pk != by.account_id]


def _lead_words(consultation: Consultation, writer: Writer, questions: list[ConsultationQuestion]) -> Words:
    title = ngettext(
        "%(who)s leads one question in «%(title)s»",
        "%(who)s leads %(count)s questions in «%(title)s»",
        len(questions),
    ) % {"who": writer.name, "count": len(questions), "title": consultation.title}
    said = [f"{one.number} {one.text}".strip() for one in questions]
    return Words(title, "\n".join(said))


def _words(consultation: Consultation, writer: Writer, *, again: bool) -> Words:
    pattern = (
        _("%(who)s has not contributed to «%(title)s» yet")
        if again
        else _("What does %(who)s say to «%(title)s»?")
    )
    said = pattern % {"who": writer.name, "title": consultation.title}
    text = _("%(asker)s asks.") % {"asker": consultation.asked_by} if consultation.asked_by else ""
    if consultation.contributions_by:
        text = (
            f"{text} {_('Contribute by %(day)s.') % {'day': long_day(consultation.contributions_by)}}".strip()
        )
    return Words(said, text)
