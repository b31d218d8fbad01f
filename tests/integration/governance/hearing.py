"""A hearing for tests: two questions, divided, asked, and with contributions."""

from datetime import timedelta

from factories.bodies import Bodies
from factories.people import TODAY
from samspill.directory.public import Party
from samspill.governance.actions.compiling import compile_consultation, mark_done, save_joint
from samspill.governance.actions.consultations import ConsultationWords, begin_consultation
from samspill.governance.actions.contributing import save_contribution
from samspill.governance.actions.dividing import ask_for_contributions, divide
from samspill.governance.models import Consultation, ConsultationQuestion, Contribution
from samspill.governance.queries.consultations import of_party
from samspill.governance.rules.question_sets import FoundQuestion

QUESTIONS = (
    FoundQuestion("1", "Hva haster mest for dere nå?", 3),
    FoundQuestion("2b", "Hvilken støtte trenger dere fra oss?", 7),
)
WORDS = ConsultationWords(
    title="Innspill til plan for kveldene",
    asked_by="Direktoratet for prøver",
    intro="Vi lager en plan og vil høre fra dere.",
    contributions_by=TODAY + timedelta(days=10),
    answer_by=TODAY + timedelta(days=20),
)


def received(bodies: Bodies) -> Consultation:
    return begin_consultation(WORDS, QUESTIONS, by=bodies.by)


def parties(bodies: Bodies) -> list[Party]:
    return list(Party.objects.filter(community=bodies.community).order_by("kind", "name"))


def asked(bodies: Bodies) -> Consultation:
    """The first party leads the first question, the secretariat the other."""
    found = received(bodies)
    first = found.questions.first()
    assert first is not None
    divide(found, {first.pk: f"party-{parties(bodies)[0].pk}"}, rest=True, by=bodies.by)
    ask_for_contributions(found, by=bodies.by)
    found.refresh_from_db()
    return found


def say(question: ConsultationQuestion, party: Party, text: str, bodies: Bodies) -> Contribution:
    saved = save_contribution(question, of_party(party), text, based_on=None, by=bodies.by)
    assert saved.row is not None
    return saved.row


def compiled(bodies: Bodies) -> Consultation:
    found = asked(bodies)
    for question in found.questions.all():
        say(question, parties(bodies)[0], f"Vi mener dette om {question.number}.", bodies)
        save_joint(question, f"Felles svar på {question.number}.", based_on=None, by=bodies.by)
        mark_done(question, by=bodies.by)
    compile_consultation(found, by=bodies.by)
    found.refresh_from_db()
    return found
