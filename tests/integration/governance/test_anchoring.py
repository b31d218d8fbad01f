"""The municipalities are asked before a meeting, and answer with one press from a mail (J6)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.test import Client

from factories.bodies import Bodies
from factories.cases import meeting_of, reported_case, write_brief
from factories.people import TODAY, member
from samspill.directory.public import (
    Account,
    Actor,
    Membership,
    Party,
    Region,
    RegionMunicipality,
    acting_as,
    machine,
    scope,
)
from samspill.governance.actions.anchoring import (
    answer_anchoring,
    ask_anchoring,
    chase_anchoring,
    close_anchoring,
    close_rounds_of_the_past,
    waive_anchoring,
)
from samspill.governance.actions.passages import begin, make_ready
from samspill.governance.models import AnchoringAnswer, AnchoringRound, Case
from samspill.governance.queries.anchoring import bar_of, next_meeting_day
from samspill.governance.queries.case_tasks import dues
from samspill.governance.rules.anchoring import proposed_due
from samspill.governance.states import AnchoringState, Stance
from samspill.governance.wording_cases import anchoring_sentence
from samspill.refusal import Refused
from samspill.worklist import mail
from samspill.worklist.models import Notice

DUE = TODAY + timedelta(days=3)
ORIGIN = "https://samspill.example.no"
MAIL_TIME = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def region(bodies: Bodies) -> Region:
    """A region with the first three municipalities."""
    made = Region.objects.create(community=bodies.community, name="Prøveregionen", kind="a prøve")
    for party in municipalities(bodies)[:3]:
        RegionMunicipality.objects.create(
            community=bodies.community, region=made, party=party, from_day=date(2025, 1, 1)
        )
    return made


def municipalities(bodies: Bodies) -> list[Party]:
    return list(Party.objects.filter(community=bodies.community, kind="municipality").order_by("name"))


def director(bodies: Bodies, party: Party, role: str = "director") -> Actor:
    account = member("ostfold", role, name=f"Direktør {party}", email=f"{role}.{party.pk}@example.no")
    with scope(machine(bodies.community.pk, TODAY)):
        Membership.objects.filter(account=account).update(party=party)
    return acting_as(account, today=TODAY)


@pytest.fixture
def case(bodies: Bodies) -> Case:
    case = reported_case(bodies, question="Skal vi dele en patrulje?", needs_anchoring=True)
    begin(case, bodies.fsu, by=bodies.by)
    case.refresh_from_db()
    return case


def test_a_member_asks_the_region_and_only_its_municipalities_answer(
    bodies: Bodies, case: Case, region: Region
) -> None:
    first, second, _third, outside, *_rest = municipalities(bodies)
    asker, other = director(bodies, first, "member"), director(bodies, second)
    director(bodies, outside)
    with scope(asker):
        found = ask_anchoring(case, region=region, due=DUE, by=asker)
        told = set(Notice.objects.filter(key__startswith="anchor:").values_list("account_id", flat=True))
        assert told == {other.account_id}
        with pytest.raises(Refused) as refused:
            answer_anchoring(found, party=outside, stance="supports", by=asker)
    assert refused.value.code == "anchoring.party"


def test_a_municipality_answers_for_itself_alone(bodies: Bodies, case: Case) -> None:
    first, second, *_rest = municipalities(bodies)
    found = ask_anchoring(case, due=DUE, by=bodies.by)
    by = director(bodies, first)
    with scope(by):
        answer_anchoring(found, party=first, stance="supports", by=by)
        with pytest.raises(Refused) as refused:
            answer_anchoring(found, party=second, stance="supports", by=by)
    assert refused.value.forbidden


def test_an_answer_may_be_changed_and_every_answer_is_kept(bodies: Bodies, case: Case) -> None:
    first = municipalities(bodies)[0]
    found = ask_anchoring(case, due=DUE, by=bodies.by)
    answer_anchoring(found, party=first, stance="supports", by=bodies.by)
    answer_anchoring(found, party=first, stance="opposes", remark="For dyrt", by=bodies.by)
    assert bar_of(found, TODAY).counts == {"supports": 0, "with_remark": 0, "opposes": 1, "": 12}
    assert AnchoringAnswer.objects.filter(round=found).count() == 2


def test_a_remark_is_needed_when_one_supports_with_a_remark(bodies: Bodies, case: Case) -> None:
    found = ask_anchoring(case, due=DUE, by=bodies.by)
    with pytest.raises(Refused) as refused:
        answer_anchoring(found, party=municipalities(bodies)[0], stance=Stance.WITH_REMARK, by=bodies.by)
    assert refused.value.field == "remark"


def test_the_answers_are_said_in_words(bodies: Bodies, case: Case) -> None:
    parties = municipalities(bodies)
    found = ask_anchoring(case, due=DUE, by=bodies.by)
    for party, stance in zip(parties, ("supports", "supports", "with_remark", "opposes"), strict=False):
        answer_anchoring(found, party=party, stance=stance, remark="Ja.", by=bodies.by)
    said = anchoring_sentence(bar_of(found, TODAY, frozenset({parties[4].pk})))
    assert said == (
        f"Tre av 13 støtter, én av dem med merknad. {parties[3]} støtter ikke. "
        f"Ni har ikke svart, også {parties[4]} som du snakker for. Fristen er 25.\xa0november."
    )


def test_invariant_14_a_case_to_be_anchored_waits_until_the_round_is_closed_or_waived(
    bodies: Bodies, case: Case
) -> None:
    write_brief(case)
    with pytest.raises(Refused, match="Kommunene"):
        make_ready(case, by=bodies.by)
    found = ask_anchoring(case, due=DUE, by=bodies.by)
    with pytest.raises(Refused, match="Kommunene"):
        make_ready(case, by=bodies.by)
    close_anchoring(found, by=bodies.by)
    assert make_ready(case, by=bodies.by)


def test_invariant_14_waiving_needs_a_reason_and_lets_the_case_go_on(bodies: Bodies, case: Case) -> None:
    write_brief(case)
    with pytest.raises(Refused):
        waive_anchoring(case, because=" ", by=bodies.by)
    ask_anchoring(case, due=DUE, by=bodies.by)
    waive_anchoring(case, because="Alle har sagt ja i møtet.", by=bodies.by)
    assert AnchoringRound.objects.get().state == AnchoringState.WAIVED
    assert make_ready(case, by=bodies.by)


def test_a_round_is_over_after_its_day_and_closes_by_itself_on_the_next_morning(
    bodies: Bodies, case: Case
) -> None:
    found = ask_anchoring(case, due=DUE, by=bodies.by)
    on_the_day, after = (machine(bodies.community.pk, day) for day in (DUE, DUE + timedelta(days=1)))
    answer_anchoring(found, party=municipalities(bodies)[0], stance="supports", by=on_the_day)
    with pytest.raises(Refused) as refused:
        answer_anchoring(found, party=municipalities(bodies)[1], stance="supports", by=after)
    assert refused.value.code == "anchoring.closed"
    close_rounds_of_the_past(by=on_the_day)
    assert AnchoringRound.objects.get().state == AnchoringState.OPEN
    close_rounds_of_the_past(by=after)
    assert AnchoringRound.objects.get().state == AnchoringState.CLOSED


def test_only_those_who_have_not_answered_are_asked_again_and_once_a_day(bodies: Bodies, case: Case) -> None:
    first, second, *_rest = municipalities(bodies)
    for party in (first, second):
        director(bodies, party)
    with scope(bodies.by):
        found = ask_anchoring(case, due=DUE, by=bodies.by)
        answer_anchoring(found, party=first, stance="supports", by=bodies.by)
        assert chase_anchoring(found, by=bodies.by) == 1
        assert chase_anchoring(found, by=bodies.by) == 0


def test_the_day_is_proposed_three_days_before_the_next_meeting(bodies: Bodies) -> None:
    meeting_of(bodies.fsu, TODAY + timedelta(days=10))
    assert proposed_due(next_meeting_day(bodies.fsu.pk, TODAY), TODAY) == TODAY + timedelta(days=7)
    assert proposed_due(TODAY + timedelta(days=2), TODAY) == TODAY + timedelta(days=1)


def test_two_rounds_are_not_open_at_once_in_one_region(bodies: Bodies, case: Case, region: Region) -> None:
    ask_anchoring(case, region=region, due=DUE, by=bodies.by)
    with pytest.raises(Refused) as refused:
        ask_anchoring(case, region=region, due=DUE, by=bodies.by)
    assert refused.value.code == "anchoring.open"


def test_an_open_round_is_a_task_of_the_director_until_it_is_answered(bodies: Bodies, case: Case) -> None:
    first = municipalities(bodies)[0]
    by = director(bodies, first)
    with scope(bodies.by):
        found = ask_anchoring(case, due=DUE, by=bodies.by)
    with scope(by):
        assert [due.key for due in dues(by)] == [f"governance.round:{found.pk}"]
        answer_anchoring(found, party=first, stance="supports", by=by)
        assert dues(by) == []


def test_j6_a_director_answers_from_the_mail_with_one_press(
    bodies: Bodies, case: Case, client: Client
) -> None:
    first = municipalities(bodies)[0]
    by = director(bodies, first)
    with scope(bodies.by):
        found = ask_anchoring(case, due=DUE, by=bodies.by)
    mail.send_bundle(by.account_id, [bodies.community.pk], now=MAIL_TIME, origin=ORIGIN)
    links = re.findall(rf"{ORIGIN}(/\S*lenke/\S+)", str(django_mail.outbox[-1].body))
    assert len(links) >= 3
    page = client.get(links[0])
    assert "Skal vi dele en patrulje?" in page.content.decode()
    remarked = client.post(links[1], {"sentence": ""})
    assert remarked.status_code == 422
    done = client.post(links[0])
    assert done.status_code == 200
    with scope(bodies.by):
        answer = AnchoringAnswer.objects.get(round=found)
    assert (answer.stance, answer.party, answer.by) == (
        "supports",
        first,
        Account.objects.get(pk=by.account_id),
    )
