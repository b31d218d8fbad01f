"""An application is written by several without loss, and sent when both sides have said yes."""

import pytest

from integration.plans.funds.story import TEXTS, Story
from samspill.directory.public import scope
from samspill.plans.actions.funds.applications import WrittenMeanwhile, begin, save, submit
from samspill.plans.actions.funds.consents import ask_consent
from samspill.plans.models import Endorsement
from samspill.plans.rules.funds.budget import Line
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def test_an_application_with_a_yes_from_both_sides_is_sent(story: Story) -> None:
    application = story.endorsed()
    assert application.state == "endorsed"
    with scope(story.eva):
        assert submit(application, by=story.eva).state == "submitted"


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("halden", "Sykehuset må ha sagt ja"),
        ("hospital", "Minst én kommune må ha sagt ja"),
    ],
)
def test_one_side_alone_is_not_enough(story: Story, who: str, sentence: str) -> None:
    """Invariant 24, without any own share."""
    application = story.draft(lines=story.budget(halden=0, hospital=0))
    party = getattr(story, who)
    asked = story.ask(application, party)
    story.answer(asked[party.pk], story.eva if who == "halden" else story.jon)
    assert story.state(application) == "draft"
    with scope(story.eva), pytest.raises(Refused, match=sentence):
        submit(application, by=story.eva)


def test_who_pays_must_have_said_yes_to_the_share(story: Story) -> None:
    lines = [
        *story.budget(),
        Line(2027, "party", 10_000, story.moss.pk),
        Line(2027, "cost", 10_000, label="Bil"),
    ]
    application = story.draft(lines=lines)
    asked = story.ask(application)
    story.answer(asked[story.halden.pk], story.eva)
    story.answer(asked[story.hospital.pk], story.jon)
    assert story.state(application) == "draft"
    with scope(story.eva), pytest.raises(Refused, match="Moss"):
        submit(application, by=story.eva)


def test_a_consent_falls_away_when_the_share_is_changed_and_only_that_one(story: Story) -> None:
    application = story.endorsed()
    with scope(story.eva):
        save(
            application, values=TEXTS, lines=story.budget(grant=780_000, hospital=70_000),
            version=application.version, by=story.eva,
        )  # fmt: skip
    assert story.state(application) == "draft"
    with scope(story.eva):
        rows = Endorsement.objects.filter(application=application).order_by("party__kind")
        gone = {one.party_id: bool(one.withdrawn_because) for one in rows}
    assert gone == {story.halden.pk: False, story.hospital.pk: True}
    again = story.ask(application, story.hospital)[story.hospital.pk]
    assert again.share == {"2027": 70_000}
    story.answer(again, story.jon)
    assert story.state(application) == "endorsed"


def test_a_no_stops_the_application_and_has_its_reason(story: Story) -> None:
    application = story.draft()
    asked = story.ask(application)
    story.answer(asked[story.halden.pk], story.eva)
    with scope(story.jon), pytest.raises(Refused, match="hvorfor ikke"):
        story.answer(asked[story.hospital.pk], story.jon, "no")
    story.answer(asked[story.hospital.pk], story.jon, "no", "Vi har ikke folk før høsten.")
    with scope(story.eva), pytest.raises(Refused, match="har sagt nei"):
        submit(application, by=story.eva)


def test_nobody_answers_for_another_party(story: Story) -> None:
    asked = story.ask(story.draft())
    with pytest.raises(Refused) as refused:
        story.answer(asked[story.hospital.pk], story.mona)
    assert refused.value.forbidden


def test_a_budget_that_does_not_agree_asks_nobody(story: Story) -> None:
    lines = [*story.budget()[:-1], Line(2027, "party", 10_000, story.hospital.pk)]
    application = story.draft(lines=lines)
    with scope(story.eva), pytest.raises(Refused, match="40\xa0000\xa0kr mangler"):
        ask_consent(application, parties=[story.hospital.pk], by=story.eva)


def test_two_editors_lose_nothing(story: Story) -> None:
    application = story.draft()
    seen = application.version
    with scope(story.eva):
        save(
            application, values={**TEXTS, "need": "Først."}, lines=story.budget(), version=seen, by=story.eva
        )
        with pytest.raises(WrittenMeanwhile) as meanwhile:
            save(
                application,
                values={**TEXTS, "need": "Sist."},
                lines=story.budget(),
                version=seen,
                by=story.eva,
            )
    assert meanwhile.value.theirs == {"need": "Først."}
    assert story.fresh(application).need == "Først."
    with scope(story.eva):
        save(
            application, values={**TEXTS, "need": "Begge."}, lines=story.budget(),
            version=meanwhile.value.version, by=story.eva,
        )  # fmt: skip
    assert story.fresh(application).need == "Begge."


def test_more_than_the_frame_is_not_applied_for(story: Story) -> None:
    application = story.draft(lines=story.budget(grant=2_000_001))
    with scope(story.eva), pytest.raises(Refused, match="Rammen"):
        ask_consent(application, parties=[story.hospital.pk], by=story.eva)


def test_nothing_is_begun_when_the_call_is_closed(story: Story) -> None:
    story.close()
    with scope(story.eva), pytest.raises(Refused, match="stengte"):
        begin(story.call, applicant=story.halden, title="For sent", by=story.eva)


def test_a_draft_written_before_the_call_closed_is_kept_but_not_sent(story: Story) -> None:
    application = story.endorsed()
    story.close()
    with scope(story.eva), pytest.raises(Refused, match="Det dere har skrevet"):
        submit(story.fresh(application), by=story.eva)
    assert story.state(application) == "endorsed"


def test_nobody_applies_for_another_party(story: Story) -> None:
    with scope(story.mona), pytest.raises(Refused) as refused:
        begin(story.call, applicant=story.halden, title="Ikke vår", by=story.mona)
    assert refused.value.forbidden


def test_what_is_sent_is_not_changed(story: Story) -> None:
    application = story.submitted()
    with scope(story.eva), pytest.raises(Refused, match="er sendt"):
        save(application, values=TEXTS, lines=[], version=application.version, by=story.eva)
