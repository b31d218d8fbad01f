"""Words between the patient's side and a team."""

import pytest

from factories.care import CareWorld
from factories.measuring import ASTRID, watch
from samspill.care.actions.messaging import LONGEST, tell_patient, tell_team
from samspill.care.actions.opening import opening
from samspill.care.models import Alert, ListRow, Message
from samspill.directory.public import scope
from samspill.refusal import Refused


def test_a_message_to_the_team_is_an_alert_that_somebody_answers_for(world: CareWorld) -> None:
    episode = world.episodes[ASTRID, "Service"]
    ida = world.nurses["Service"]
    with scope(ida), opening(episode.patient_id, by=ida, what="care.messages", act="write"):
        said = tell_team(episode, " Jeg fant ikke vekten. ", by=ida)
        alert = Alert.objects.get()
        assert (said.text, said.alert) == ("Jeg fant ikke vekten.", alert)
        assert (alert.kind, alert.team_id) == ("message", episode.team_id)
        assert ListRow.objects.get().kinds == ["message"]


def test_a_message_to_the_patient_raises_nothing(world: CareWorld) -> None:
    watch(world)
    episode = world.episodes[ASTRID, "Service"]
    ida = world.nurses["Service"]
    with scope(ida), opening(episode.patient_id, by=ida, what="care.messages", act="write"):
        tell_patient(episode, "Vi har sett vekten din.", by=ida)
        assert not Alert.objects.exists()
        assert Message.objects.get().way == "to"


@pytest.mark.parametrize(("text", "code"), [("  ", "message.empty"), ("a" * (LONGEST + 1), "message.long")])
def test_nothing_and_too_much_are_refused_and_nothing_is_kept(world: CareWorld, text: str, code: str) -> None:
    episode = world.episodes[ASTRID, "Service"]
    ida = world.nurses["Service"]
    with scope(ida), opening(episode.patient_id, by=ida, what="care.messages", act="write"):
        with pytest.raises(Refused) as told:
            tell_team(episode, text, by=ida)
        assert told.value.code == code
        assert not Message.objects.exists()
        assert not Alert.objects.exists()
