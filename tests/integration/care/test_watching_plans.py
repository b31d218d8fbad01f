"""A plan that a team has confirmed is watched by that team, and a value on its page is answered and kept."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from factories.care import CareWorld
from factories.entering import entered, on_duty
from factories.measuring import LIMITS, WEIGHT, watch
from factories.safety_net import NOW, READ, Family, all_recipients, ready, sent
from integration.care.test_safety_net_pages import signed_in, url
from samspill.care.actions.measuring import set_limits
from samspill.care.actions.safety_net import confirm, save, send, take_back
from samspill.care.carrying import deciding
from samspill.care.models import (
    Alert,
    Entry,
    Measurement,
    PatientIndicator,
    RelatedPerson,
    SafetyNetPlan,
    SetAside,
    ThresholdSet,
    TriageResult,
)
from samspill.directory.public import Actor, scope
from samspill.rulebook.safety_net import from_plain
from samspill.rulebook.triage.limits import Limits

TWO_KILOS = {"change": {"within_days": 3, "yellow_high": "2"}}
"""What the template says of how fast the weight may change, as it is kept."""
TOO_FAST = "70,5 kg, har økt mer enn 2 kg på 3 dager"


def headings(html: str) -> list[str]:
    """Of the alert, and of the graph of the weight."""
    found = re.findall(r'<h[23] id="(?:varsel-\d+|maling-\d+-h)">([^<]*)<', html)
    return [one.replace("\xa0", " ").strip() for one in found if one.startswith("Vekt")]


def confirmed(world: CareWorld, home: Family, *, by: str = "Service", **more: Any) -> SafetyNetPlan:
    row = sent(world, all_recipients(world, home), **more)
    say_yes(world, row, by)
    return row


def say_yes(world: CareWorld, row: SafetyNetPlan, by: str = "Service") -> None:
    nurse = world.nurses[by]
    with scope(nurse):
        confirm(row.pk, row.patient_id, by=nurse, now=timezone.now())


def newer(world: CareWorld, home: Family, most: str, without: str = "") -> SafetyNetPlan:
    """The ward sends a new plan with another limit for the weight."""
    row, ward = ready(world, all_recipients(world, home)), world.nurses["Ward"]
    plan = from_plain(row.content)
    changed = tuple(
        replace(one, limits=Limits(yellow_high=Decimal(most))) if one.id == "weight" else one
        for one in plan.indicators
        if one.id != without
    )
    with scope(ward):
        save(row.pk, row.patient_id, replace(plan, indicators=changed), by=ward, now=NOW, signed=READ)
        return send(row.pk, row.patient_id, by=ward, now=timezone.now())


def watched_by(world: CareWorld) -> dict[str, list[str]]:
    with on_duty(world):
        rows = PatientIndicator.objects.filter(ends=None).select_related("episode__team")
        found: dict[str, list[str]] = {}
        for one in rows:
            found.setdefault(one.episode.team.name, []).append(one.code)
        return found


def rules(world: CareWorld, code: str = WEIGHT) -> list[Any]:
    with on_duty(world):
        rows = ThresholdSet.objects.filter(indicator__code=code).order_by("indicator", "version")
        return [one.rule for one in rows]


def posted(row: SafetyNetPlan, who: Actor, **values: str) -> str:
    said = {f"v-{name}": value for name, value in values.items() if name != "key"}
    more = {"key": values["key"]} if "key" in values else {}
    return signed_in(who).post(url("answer", row), said | more).content.decode()


def test_nobody_watches_what_is_sent_and_the_team_that_confirms_does(world: CareWorld, home: Family) -> None:
    row = sent(world, all_recipients(world, home))
    assert watched_by(world) == {}
    say_yes(world, row)
    names = [
        "heart_failure.breath",
        "heart_failure.swelling",
        "heart_failure.strength",
        "heart_failure.chest",
    ]
    assert watched_by(world) == {"Service": [WEIGHT, *names]}
    assert rules(world) == [{"yellow_high": "72", **TWO_KILOS}]
    assert rules(world, names[0]) == [{"answers": {"green": "green", "yellow": "yellow", "red": "red"}}]
    say_yes(world, row)
    assert rules(world) == [{"yellow_high": "72", **TWO_KILOS}]


def test_who_sends_to_no_team_watches(world: CareWorld, home: Family) -> None:
    sent(world, [f"related:{home.near.pk}"])
    assert list(watched_by(world)) == ["Ward"]


def test_the_daughters_yes_makes_no_team_watch(world: CareWorld, home: Family) -> None:
    row = sent(world, all_recipients(world, home))
    with scope(home.daughter):
        confirm(row.pk, row.patient_id, by=home.daughter, now=timezone.now())
    assert watched_by(world) == {}


def test_a_service_that_may_not_measure_confirms_and_watches_nothing(world: CareWorld, home: Family) -> None:
    with scope(world.machine):
        assert world.agreement is not None
        world.agreement.rights = ["read"]
        world.agreement.save()
    confirmed(world, home)
    assert watched_by(world) == {}


def test_a_value_outside_is_answered_kept_and_one_alert_of_the_service(
    world: CareWorld, home: Family
) -> None:
    row = confirmed(world, home)
    html = posted(row, home.daughter, weight="72,6", key="k-1").split('id="svar"')[1][:2500]
    assert "Utenfor" in html
    assert "Verdien er lagret. Tjenesten ser den." in html
    posted(row, home.daughter, weight="72,6", key="k-1")
    with on_duty(world):
        assert Measurement.objects.get().entered == "relative"
        alert = Alert.objects.get()
        assert (alert.team, alert.severity, alert.kind) == (world.teams["Service"], "yellow", "outside")


def test_the_words_that_fit_are_kept_too(world: CareWorld, home: Family) -> None:
    row = confirmed(world, home)
    posted(row, home.astrid, breath="red", weight="70")
    with on_duty(world):
        found = {one.code: one.triage.colour for one in Measurement.objects.select_related("triage")}
        assert found == {"heart_failure.breath": "red", WEIGHT: "green"}


def test_a_weight_that_rose_too_fast_is_outside_for_the_reader_and_for_the_service(
    world: CareWorld, home: Family
) -> None:
    row = confirmed(world, home)
    entered(world, home.astrid, "68", effective=timezone.now() - timedelta(hours=8))
    html = posted(row, home.astrid, weight="70.5").split('id="svar"')[1][:1500]
    assert "Utenfor" in html
    with on_duty(world):
        assert [one.severity for one in Alert.objects.all()] == ["yellow"]
        told = TriageResult.objects.latest("pk")
        assert (told.reason, told.limit) == ("rose", "yellow_high")
    service = signed_in(world.nurses["Service"])
    html = service.get(reverse("care:patient", args=[row.patient_id])).content.decode()
    assert headings(html) == [f"Vekt i kilo {TOO_FAST}", f"Vekt {TOO_FAST}"], (
        "the alert and the graph say why"
    )
    assert "+2,5 kg på" in html
    assert 'class="c-risen"' in html
    listed = service.get(reverse("care:board")).content.decode()
    assert "har økt mer enn 2 kg på 3 dager" in listed
    table = service.get(reverse("care:measurements", args=[row.patient_id])).content.decode()
    assert "har økt mer enn 2 kg på 3 dager" in table


def test_a_plan_tells_why_where_the_teams_own_limits_say_nothing_of_it(
    world: CareWorld, home: Family
) -> None:
    watch(world, rule={"yellow_high": "80"})
    row = confirmed(world, home)
    entered(world, home.astrid, "68", effective=timezone.now() - timedelta(hours=8))
    entered(world, home.astrid, "70.5")
    answer = signed_in(world.nurses["Service"]).get(reverse("care:patient", args=[row.patient_id]))
    html = answer.content.decode()
    assert headings(html) == [f"Vekt {TOO_FAST} (planen)", f"Vekt {TOO_FAST}"]
    assert 'class="c-risen"' in html


def test_before_anybody_watches_it_is_answered_and_the_page_says_it_is_not_kept(
    world: CareWorld, home: Family
) -> None:
    row = sent(world, all_recipients(world, home))
    html = posted(row, home.daughter, weight="72,6").split('id="svar"')[1][:2500]
    assert "Utenfor" in html
    assert "Verdien er ikke lagret" in html
    with on_duty(world):
        assert not Measurement.objects.exists()


def test_a_relative_who_may_only_read_is_answered_and_told(world: CareWorld, home: Family) -> None:
    row = confirmed(world, home)
    with scope(world.machine), deciding(row.patient_id):
        RelatedPerson.objects.filter(pk=home.near.pk).update(may_enter=False)
    html = posted(row, home.daughter, weight="72,6").split('id="svar"')[1][:2500]
    assert "Utenfor" in html
    assert "du kan lese planen, men ikke legge inn verdier" in html
    with on_duty(world):
        assert not Measurement.objects.exists()


def test_a_slip_of_the_key_is_not_answered_as_outside_and_is_set_aside(
    world: CareWorld, home: Family
) -> None:
    row = confirmed(world, home)
    html = posted(row, home.daughter, weight="726").split('id="svar"')[1][:2500]
    assert "Utenfor" not in html.split("</section>")[0]
    assert "Tallet kan ikke stemme" in html
    assert "satt til side" in html
    with on_duty(world):
        assert SetAside.objects.count() == 1
        assert not Measurement.objects.exists()


def test_a_new_plan_gives_new_limits_from_when_the_service_says_yes(world: CareWorld, home: Family) -> None:
    confirmed(world, home)
    first = entered(world, home.astrid, "73").kept[0]
    row = newer(world, home, "74", without="chest")
    between = entered(world, home.astrid, "73.5").kept[0]
    say_yes(world, row)
    after = entered(world, home.astrid, "73.6").kept[0]
    with on_duty(world):
        triages = [Measurement.objects.get(pk=one.pk).triage for one in (first, between, after)]
        assert [one.colour for one in triages] == ["yellow", "yellow", "green"]
        assert [one.threshold.version for one in triages if one.threshold] == [1, 1, 2]
    assert rules(world) == [{"yellow_high": most, **TWO_KILOS} for most in ("72", "74")]
    assert "heart_failure.chest" not in watched_by(world)["Service"], "the new plan does not name it"


def test_limits_set_by_hand_go_before_the_plans_and_the_page_says_so(world: CareWorld, home: Family) -> None:
    watch(world, rule={"yellow_high": "71"})
    row = confirmed(world, home)
    assert rules(world) == [{"yellow_high": "71"}]
    page = signed_in(home.daughter).get(url("plan", row)).content.decode()
    assert "Tjenesten har egne grenser" in page
    assert "over 71" in page
    html = posted(row, home.daughter, weight="71,5").split('id="svar"')[1][:2500]
    assert "Utenfor" in html, "inside the plan's limit, and outside the team's"
    assert "Gult" in html or "Ring i dag" in html


def test_limits_set_by_hand_after_the_plan_stay_when_a_new_plan_comes(world: CareWorld, home: Family) -> None:
    confirmed(world, home)
    with on_duty(world):
        weight = PatientIndicator.objects.get(code=WEIGHT)
        set_limits(weight, LIMITS, valid_from=timezone.now(), why="Avtalt", by=world.machine)
    say_yes(world, newer(world, home, "80"))
    assert rules(world)[-1] == LIMITS


def test_the_weight_of_the_plans_first_morning_has_the_plans_limits(world: CareWorld, home: Family) -> None:
    confirmed(world, home)
    morning = timezone.localtime().replace(hour=6, minute=0)
    entered(world, home.astrid, "73", effective=morning)
    with on_duty(world):
        assert Measurement.objects.get().triage.colour == "yellow"


def test_what_was_just_entered_is_taken_back_on_the_page(world: CareWorld, home: Family) -> None:
    row = confirmed(world, home)
    posted(row, home.daughter, weight="72,6")
    with on_duty(world):
        measurement = Measurement.objects.get()
        number = Entry.objects.get().pk
    client = signed_in(home.daughter)
    told = client.post(
        reverse("care:undo-entry", args=[row.patient_id]), {"entry": number, "next": "//evil.example/"}
    )
    assert told.status_code == 303
    assert told["Location"].startswith("/pasienter/")
    with on_duty(world):
        assert measurement.invalidations.count() == 1


@pytest.mark.parametrize("who", ["Ward", "Service"])
def test_who_works_in_a_record_where_nobody_watches_keeps_nothing_there(
    world: CareWorld, home: Family, who: str
) -> None:
    row = confirmed(world, home)
    posted(row, world.nurses[who], weight="73")
    with on_duty(world):
        assert Measurement.objects.count() == (who == "Service")


def test_what_the_plan_says_is_outside_is_an_alert_where_the_teams_own_limits_are_wider(
    world: CareWorld, home: Family
) -> None:
    watch(world, rule={"yellow_high": "80"})
    row = confirmed(world, home)
    html = posted(row, home.daughter, weight="73").split('id="svar"')[1][:2500]
    assert "Utenfor" in html
    with on_duty(world):
        assert Measurement.objects.get().triage.colour == "green"
        alert = Alert.objects.get()
        assert (alert.kind, alert.severity, alert.team) == ("outside", "yellow", world.teams["Service"])


def test_limits_of_a_plan_that_is_taken_back_are_trusted_by_nobody(world: CareWorld, home: Family) -> None:
    row, ward = confirmed(world, home), world.nurses["Ward"]
    before = entered(world, home.astrid, "71").kept[0]
    with scope(ward):
        take_back(row.pk, row.patient_id, reason="Feil pasient", by=ward, now=timezone.now())
    after = entered(world, home.astrid, "71.5").kept[0]
    with on_duty(world):
        found = {one.pk: one.triage.colour for one in Measurement.objects.select_related("triage")}
        assert (found[before.pk], found[after.pk]) == ("green", "none")
        alert = Alert.objects.get()
        assert (alert.kind, alert.team) == ("not_triaged", world.teams["Service"])
    say_yes(world, sent(world, all_recipients(world, home)))
    entered(world, home.astrid, "71.7")
    with on_duty(world):
        last = Measurement.objects.select_related("triage").order_by("pk").last()
        assert last is not None
        assert last.triage.colour == "green"
