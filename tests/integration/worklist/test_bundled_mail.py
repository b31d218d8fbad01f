"""One mail per person per run, in that person's målform, with nothing in it that is done already."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from factories.people import actor
from samspill.directory.public import (
    Account,
    Actor,
    Community,
    Membership,
    NewMember,
    add_member,
    machine,
    scope,
)
from samspill.worklist import mail
from samspill.worklist import public as worklist
from samspill.worklist.models import Notice
from samspill.worklist.states import NoticeState

pytestmark = pytest.mark.django_db

ORIGIN = "https://samspill.example.no"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def send_all(now: datetime = NOW) -> int:
    return sum(
        mail.send_bundle(account, communities, now=now, origin=ORIGIN)
        for account, communities in mail.people_with_mail(now).items()
    )


def ask(by: Actor, of: Actor, title: str, **more: object) -> int:
    assert of.account_id
    with scope(by):
        return worklist.add_task(by=by, title=title, who=worklist.person(of.account_id), **more).pk  # type: ignore[arg-type]


def test_many_notices_make_one_mail(randi: Actor, jonas: Actor) -> None:
    for title in ("Svar Halden", "Les saken", "Send referatet"):
        ask(randi, jonas, title)
    assert send_all() == 3
    assert len(django_mail.outbox) == 1
    letter = django_mail.outbox[0]
    assert letter.to == ["member.ostfold@example.no"]
    assert letter.subject == "Tre ting til deg i Samspill"
    for title in ("Svar Halden", "Les saken", "Send referatet"):
        assert title in letter.body
        assert title in letter.alternatives[0].content


def test_what_is_sent_is_not_sent_again(randi: Actor, jonas: Actor) -> None:
    ask(randi, jonas, "Svar Halden")
    assert send_all() == 1
    assert send_all() == 0
    assert len(django_mail.outbox) == 1


def test_one_who_works_in_two_communities_gets_one_mail(randi: Actor, siri: Actor, jonas: Actor) -> None:
    vestfold = Community.objects.get(slug="vestfold")
    with scope(machine(vestfold.pk, siri.today)):
        add_member(
            community=vestfold,
            new=NewMember("Jonas Tveitan", "member.ostfold@example.no", "member", date(2026, 1, 1)),
            by=machine(vestfold.pk, siri.today),
        )
    ask(randi, jonas, "Svar Halden")
    ask(siri, jonas, "Svar Færder")
    send_all()
    assert len(django_mail.outbox) == 1
    body = django_mail.outbox[0].body
    assert body.index("Helsefellesskapet Østfold") < body.index("Svar Halden")
    assert body.index("Svar Færder") > body.index(vestfold.full_name)


def test_the_mail_is_written_in_the_persons_own_form(randi: Actor, jonas: Actor) -> None:
    Account.objects.filter(pk=jonas.account_id).update(written_form="nn")
    ask(randi, jonas, "Svar Halden", due=date(2026, 11, 23))
    send_all()
    letter = django_mail.outbox[0]
    assert "Ny frå Randi Høgåsen. Frist måndag 23.\xa0november." in letter.body
    assert "Ikkje send denne e-posten vidare" in letter.body
    assert letter.extra_headers["Content-Language"] == "nn"


def test_a_community_that_writes_nynorsk_writes_to_its_members_in_nynorsk() -> None:
    one = actor("sogn-og-fjordane", "secretariat", name="Marit Nes")
    two = actor("sogn-og-fjordane", "member", name="Olav Vik")
    ask(one, two, "Svar Gloppen")
    send_all()
    assert "Alt som ventar på deg" in django_mail.outbox[0].body


def test_what_is_done_before_the_mail_leaves_is_not_in_it(randi: Actor, jonas: Actor) -> None:
    done, still = ask(randi, jonas, "Svar Halden"), ask(randi, jonas, "Les saken")
    with scope(jonas):
        worklist.finish(worklist.Task.objects.get(pk=done), by=jonas)
    send_all()
    assert "Svar Halden" not in django_mail.outbox[0].body
    assert "Les saken" in django_mail.outbox[0].body
    with scope(jonas):
        worklist.finish(worklist.Task.objects.get(pk=still), by=jonas)
        states = list(Notice.objects.order_by("pk").values_list("state", flat=True))
    assert states == [NoticeState.UNNEEDED, NoticeState.SENT]


def test_who_has_left_gets_no_mail(randi: Actor, jonas: Actor) -> None:
    ask(randi, jonas, "Svar Halden")
    with scope(machine(randi.community_id, randi.today)):
        Membership.objects.filter(account_id=jonas.account_id).update(to_day=NOW.date())
    assert send_all() == 0
    assert django_mail.outbox == []


def test_the_mail_of_one_community_is_not_seen_by_another(randi: Actor, siri: Actor, jonas: Actor) -> None:
    ask(randi, jonas, "Svar Halden")
    with scope(siri):
        assert not Notice.objects.exists()
        assert Notice.objects.visible_to(siri).count() == 0


def test_the_links_in_the_mail_do_what_they_say(client: Client, randi: Actor, jonas: Actor) -> None:
    pk = ask(randi, jonas, "Svar Halden")
    send_all(timezone.now())
    body = django_mail.outbox[0].body
    done = re.search(rf"Ferdig: {ORIGIN}(/lenke/\S+/)", body)
    later = re.search(rf"Utsett til .+?: {ORIGIN}(/lenke/\S+/)", body)
    assert done
    assert later
    assert f"{ORIGIN}/oppgaver/{pk}/" in body
    client.post(done.group(1))
    with scope(jonas):
        assert worklist.Task.objects.get(pk=pk).state == "done"
    assert client.post(later.group(1)).status_code == 410


def test_telling_the_same_thing_twice_makes_one_notice(randi: Actor, jonas: Actor) -> None:
    account = Account.objects.get(pk=jonas.account_id)
    with scope(randi):
        first, second = (
            worklist.notify(to=[account], key="sak:31", words=lambda: worklist.Words("Sak 31/26"), by=randi)
            for _time in range(2)
        )
    assert (first, second) == (1, 0)


def test_a_title_of_several_lines_is_one_line_in_the_subject(randi: Actor, jonas: Actor) -> None:
    ask(randi, jonas, "Svar Halden\nBcc: alle@example.no")
    send_all()
    assert django_mail.outbox[0].subject == "Svar Halden Bcc: alle@example.no"
    assert django_mail.outbox[0].recipients() == ["member.ostfold@example.no"]


def test_words_of_people_are_not_markup_in_the_mail(randi: Actor, jonas: Actor) -> None:
    ask(randi, jonas, "<b>Svar</b> «Halden» & Moss")
    send_all()
    assert "<b>Svar</b>" not in django_mail.outbox[0].alternatives[0].content
    assert "<b>Svar</b> «Halden» & Moss" in django_mail.outbox[0].body


def test_chasing_tells_once_a_day_and_not_oneself(randi: Actor, jonas: Actor) -> None:
    pk = ask(randi, jonas, "Svar Halden")
    with scope(randi):
        task = worklist.Task.objects.get(pk=pk)
        assert worklist.chase(task, by=randi) == 1
        assert worklist.chase(task, by=randi) == 0
        assert worklist.chase_all(by=randi) == 0


def test_a_reminder_is_written_in_the_persons_own_form(randi: Actor, jonas: Actor) -> None:
    Account.objects.filter(pk=jonas.account_id).update(written_form="nn")
    ask(randi, jonas, "Svar Halden", due=date(2026, 11, 24))
    samspill = machine(randi.community_id, date(2026, 11, 23))
    with scope(samspill):
        worklist.remind(by=samspill)
        reminder = Notice.objects.get(key__startswith="remind:")
    assert reminder.text == "Frist tysdag 24.\xa0november. Frå Randi Høgåsen."


def test_the_morning_reminds_each_of_what_is_due_and_late_once(randi: Actor, jonas: Actor) -> None:
    monday = date(2026, 11, 23)
    ask(randi, jonas, "Frist tirsdag", due=date(2026, 11, 24))
    ask(randi, jonas, "Frist på søndag", due=date(2026, 11, 22))
    ask(randi, jonas, "Frist neste uke", due=date(2026, 12, 2))
    samspill = machine(randi.community_id, monday)
    with scope(samspill):
        Notice.objects.update(state=NoticeState.UNNEEDED)
        assert worklist.remind(by=samspill) == 2
        assert worklist.remind(by=samspill) == 0
    send_all(NOW + timedelta(hours=1))
    letter = django_mail.outbox[0]
    assert "Frist tirsdag 24.\xa0november." in letter.body
    assert "Frist søndag 22.\xa0november." in letter.body
    assert "Frist neste uke" not in letter.body
