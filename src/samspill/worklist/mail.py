"""One mail per person per run: all that waits in the outbox, in the person's målform, with signed links.

A mail is sent inside the transaction that marks its notices sent. If the mail server says no, nothing is
marked and the job tries again; if the machine dies in between, a mail may come twice, but never not at all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import ngettext

from samspill.directory.public import Account, Actor, Community, acting_as, machine, scope
from samspill.refusal import Refused
from samspill.worklist.actions.links import make_link
from samspill.worklist.models import Notice
from samspill.worklist.registries import LINK_ACTS, Ask, Asked
from samspill.worklist.rules import LINK_LASTS
from samspill.worklist.states import NoticeState
from samspill.worklist.wording import day_of_month, number_in_words


@dataclass(frozen=True)
class Entry:
    """One notice as the mail shows it: `acts` are (words, absolute address), `calendar` is attached."""

    title: str
    text: str
    url: str
    acts: tuple[tuple[str, str], ...]
    calendar: str = ""


@dataclass(frozen=True)
class Section:
    """What comes from one community."""

    community: str
    entries: tuple[Entry, ...]


def people_with_mail(now: datetime, *, at_once: bool = False) -> dict[int, list[int]]:
    """Accounts with something in the outbox -> the communities it comes from. One short transaction each.

    `at_once` asks for what leaves day and night, alone.
    """
    found: dict[int, list[int]] = defaultdict(list)
    today = timezone.localtime(now).date()
    for community_id in Community.objects.order_by("name").values_list("pk", flat=True):
        with transaction.atomic(), scope(machine(community_id, today)):
            waiting = Notice.objects.filter(_ready(now, at_once), community_id=community_id)
            for account_id in waiting.order_by("account").values_list("account", flat=True).distinct():
                found[account_id].append(community_id)
    return dict(found)


def _ready(now: datetime, at_once: bool) -> Q:
    """What may leave now: all that waits, but for what is to wait longer; or what cannot wait alone."""
    come = Q(leaves_from__lte=now)
    return Q(state=NoticeState.WAITING) & (come if at_once else come | Q(leaves_from__isnull=True))


def send_bundle(
    account_id: int, community_ids: list[int], *, now: datetime, origin: str, at_once: bool = False
) -> int:
    """One mail with everything that waits for the account; returns how many notices it held.

    What nobody needs any more is left out; no mail is sent when nothing is left.
    """
    account = Account.objects.get(pk=account_id)
    communities = Community.objects.in_bulk(community_ids)
    written_form = account.written_form or communities[community_ids[0]].written_form
    with transaction.atomic(), translation.override(written_form):
        sections = [
            section
            for community_id in community_ids
            if (section := _section(account, communities[community_id], now, origin, at_once)).entries
        ]
        if sections:
            _letter(account, sections, language=written_form, now=now, origin=origin).send()
    return sum(len(section.entries) for section in sections)


def _section(account: Account, community: Community, now: datetime, origin: str, at_once: bool) -> Section:
    """The entries from one community, their notices marked sent."""
    today = timezone.localtime(now).date()
    actor = acting_as(account, today=today, community_id=community.pk)
    entries = []
    with scope(machine(community.pk, today)):
        waiting = Notice.objects.select_for_update(skip_locked=True).filter(
            _ready(now, at_once), account=account, community=community
        )
        for notice in waiting:
            is_member = account.is_active and actor.community_id == community.pk
            asks = _still_possible(notice, actor) if is_member else []
            if not is_member or (notice.asks and not asks):
                notice.state = NoticeState.UNNEEDED
            else:
                notice.state, notice.sent_at = NoticeState.SENT, now
                entries.append(_entry(notice, asks, account, now=now, origin=origin))
            notice.save(update_fields=["state", "sent_at"])
    return Section(community.full_name, tuple(entries))


def _still_possible(notice: Notice, actor: Actor) -> list[tuple[Ask, Asked]]:
    """What the notice asks for that can still be done; the rest is left out."""
    possible = []
    with scope(actor):
        for stored in notice.asks:
            ask = Ask(**stored)
            try:
                possible.append((ask, LINK_ACTS[ask.act].describe(ask.thing, ask.arguments, actor)))
            except Refused:
                continue  # done, dropped or handed over since: nothing to ask
    return possible


def _entry(
    notice: Notice, asks: Iterable[tuple[Ask, Asked]], account: Account, *, now: datetime, origin: str
) -> Entry:
    acts = []
    for ask, asked in asks:
        token = make_link(ask, account=account, community_id=notice.community_id, now=now)
        acts.append((asked.label, origin + reverse("worklist:link", args=[token])))
    path = origin + notice.path if notice.path else ""
    return Entry(notice.title, notice.text, path, tuple(acts), notice.calendar)


def _letter(
    account: Account, sections: list[Section], *, language: str, now: datetime, origin: str
) -> EmailMultiAlternatives:
    today = timezone.localtime(now).date()
    headline = subject(sections)
    context = {
        "account": account,
        "sections": sections,
        "several": len(sections) > 1,
        "headline": headline,
        "language": language,
        "origin": origin,
        "last_day": day_of_month((timezone.localtime(now) + LINK_LASTS).date(), today),
        "has_links": any(entry.acts for section in sections for entry in section.entries),
    }
    letter = EmailMultiAlternatives(
        subject=headline,
        body=render_to_string("worklist/mail/bundle.txt", context),
        to=[account.email],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(origin).hostname),
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
        },
    )
    letter.attach_alternative(render_to_string("worklist/mail/bundle.html", context), "text/html")
    for section in sections:
        for entry in section.entries:
            if entry.calendar:
                letter.attach(_calendar_part(entry.calendar))
    return letter


def _calendar_part(text: str) -> MIMEText:
    """The message as calendars look for it: its type says what is asked of them (RFC 6047)."""
    part = MIMEText(text, "calendar", "utf-8")
    method = next((line[7:].strip() for line in text.splitlines() if line.startswith("METHOD:")), "PUBLISH")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="samspill.ics")
    return part


def subject(sections: list[Section]) -> str:
    """The one thing by its title, several by their number; one line whatever people have written."""
    entries = [entry for section in sections for entry in section.entries]
    if len(entries) == 1:
        return " ".join(entries[0].title.split())
    count = len(entries)
    return capfirst(
        ngettext("one thing for you in Samspill", "%(count)s things for you in Samspill", count)
        % {"count": number_in_words(count)}
    )
