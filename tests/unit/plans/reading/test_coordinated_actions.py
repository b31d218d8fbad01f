"""Where a second action begins, and what only speaks on about the first."""

import pytest

from samspill.plans.reading.candidates import Period
from samspill.plans.reading.clauses import parse, who_is
from samspill.plans.reading.coordination import cuts
from samspill.plans.reading.judging import judged_parts, split_actions
from samspill.plans.reading.prose_words import Who

PERIOD = Period(2026, 2028)


@pytest.mark.parametrize(
    ("sentence", "second"),
    [
        (
            "Utvalget skal prøve ut modellen, og deretter vurdere om den duger.",
            "deretter vurdere om den duger.",
        ),
        ("FSU skal levere en rapport og gjøre tallene kjent.", "gjøre tallene kjent."),
        ("Utvalet går gjennom avtalen, og legg fram ny tekst for SSU.", "legg fram ny tekst for SSU."),
        ("Sykehuset stiller med lege, og kommunene stiller med lokaler.", "kommunene stiller med lokaler."),
        (
            "Ordninga skal breiast ut, og det skal opprettast ei felles vaktliste.",
            "det skal opprettast ei felles vaktliste.",
        ),
        (
            "Prosjektet avsluttes i juni, og deretter overføres ansvaret til linjen.",
            "deretter overføres ansvaret til linjen.",
        ),
        (
            "Det er semje om at sjukehuset opnar kursa sine, og at kommunane gjer det same.",
            "at kommunane gjer det same.",
        ),
    ],
)
def test_a_second_action_begins_where_it_has_a_verb_of_its_own(sentence: str, second: str) -> None:
    assert [part.text for part, _ in judged_parts(sentence, PERIOD)][1:] == [second]


@pytest.mark.parametrize(
    "sentence",
    [
        "Det skal lages en prosedyre for plassene, og denne skal være klar innen 1. mars 2027.",
        "Vi held fram med fagdagane, og set av 400 000 kroner til det.",
        "Kommunene og sykehuset skal lage en plan for beredskap og smittevern.",
        "Partene skal utvikle og prøve ut en felles modell.",
        "Utvalget skal lage en rutine som sikrer oversikt og gir trygghet.",
        "I 2026 skal utvalget lage to planer: felles øvelser og bedre varsling.",
    ],
)
def test_nouns_aims_and_what_is_said_of_the_first_are_no_second_action(sentence: str) -> None:
    assert [part.text for part, _ in judged_parts(sentence, PERIOD)] == [sentence]


def test_a_later_verb_has_its_subject_from_the_first_unless_it_has_one() -> None:
    shared, own = (
        judged_parts(
            "FSU skal lage en plan for akutt hjelp, og deretter prøve den ut i to kommuner.", PERIOD
        ),
        judged_parts("FSU skal lage en plan for akutt hjelp, og kommunene prøver den ut i 2027.", PERIOD),
    )
    assert [part.clause.subject for part, _ in shared] == ["FSU", "FSU"]
    assert [part.clause.subject for part, _ in own] == ["FSU", "kommunene"]


def test_nothing_is_cut_within_brackets() -> None:
    assert list(cuts("FSU skal lage en plan (og deretter prøve den ut) i løpet av 2027.")) == []


def test_the_pieces_of_a_sentence_say_all_of_it_but_the_words_that_bind_them() -> None:
    sentence = "FSU skal beskrive en modell, innhente pristilbud og legge fram en innstilling."
    assert split_actions(sentence) == [
        "FSU skal beskrive en modell",
        "innhente pristilbud",
        "legge fram en innstilling.",
    ]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Farmasøyten", Who.ROLE),
        ("Nes og Vik", Who.OURS),
        ("Kompetanseplanen", Who.THING),
        ("Kvar kommune", Who.OURS),
    ],
)
def test_roles_places_and_plans_are_told_apart(words: str, who: Who) -> None:
    assert who_is(words) is who


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Samtidig reviderer FSU utskriving retningslina for varsling.", "FSU utskriving"),
        ("I 2026 gjennomfører klinikken og kommunene felles kurs.", "klinikken og kommunene"),
        ("Når prosjektet er ferdig, vil partene ta stilling til driften.", "partene"),
    ],
)
def test_the_subject_after_the_verb_ends_where_the_object_begins(sentence: str, subject: str) -> None:
    assert parse(sentence).subject == subject


@pytest.mark.parametrize(
    "sentence",
    [
        "En plass koster kommunene rundt 1,1 millioner kroner i året.",
        "AMK håndterer 40 000 henvendelser.",
        "Kommunene oppnevner barnekoordinator i tråd med loven.",
        "Sykepleierne slutter tidligere enn før.",
        "Det legges til grunn at kommunene har hovedansvaret.",
        "Dersom utviklingen fortsetter, vil det mangle 400 årsverk.",
        "Vi må bruke ressursane der dei gjer mest nytte.",
        "Underutvalet rapporterer til FSU.",
    ],
)
def test_what_somebody_of_ours_merely_is_has_or_meets_with_is_no_measure(sentence: str) -> None:
    assert judged_parts(sentence, PERIOD) == []
