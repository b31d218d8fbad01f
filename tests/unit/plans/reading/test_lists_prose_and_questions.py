"""Measures in lists and running text, and questions with answers: what is one, what is not, and why."""

from pathlib import Path

import pytest
from plan_blocks import heading, item, paragraph, read_text

from samspill.plans.reading.candidates import Period
from samspill.plans.reading.entities import find_bodies, find_patient_groups, patient_groups_in
from samspill.plans.reading.openers import Opens, opener
from samspill.plans.reading.prose import judge, sentences, split_actions, subject_of
from samspill.plans.reading.prose_signs import ENOUGH
from samspill.plans.reading.verbs import strength_of

PERIOD = Period(2026, 2028)
PLAN = """# Handlingsplan 2026-2028 for Helsefellesskapet Nordkyst

## 1 Innledning

Kort.

## 2 Innsatsområder

### 2.1 Barn

"""


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Tiltak:", Opens.MEASURES),
        ("Følgende tiltak skal gjennomføres i perioden:", Opens.MEASURES),
        ("Følgjande område skal prioriterast:", Opens.MEASURES),
        ("I planperioden skal helsefellesskapet:", Opens.MEASURES),
        ("Delmål:", Opens.GOALS),
        ("Vi vil oppnå:", Opens.GOALS),
        ("Dette betyr;", Opens.SUB_OBJECTIVES),
        ("Vi satser på barn. Det inneber:", Opens.SUB_OBJECTIVES),
        ("Innbyggerne skal oppleve at;", Opens.NOTHING),
        ("Nasjonale mål og føringer:", Opens.NOTHING),
        ("Kommisjonen har seks tiltaksområder:", Opens.NOTHING),
        ("Planen har følgende innsatsområder i 2026:", Opens.NOTHING),
        ("Tiltak er viktige.", Opens.NOTHING),
    ],
)
def test_the_line_above_a_list_tells_what_the_list_holds(line: str, opens: Opens) -> None:
    assert opener(paragraph(line)) is opens


def test_a_heading_opens_a_list_without_a_colon() -> None:
    assert opener(heading("Tiltak")) is Opens.MEASURES
    assert opener(item("Tiltak")) is Opens.NOTHING


def test_an_owner_of_a_section_owns_its_measures_and_that_is_marked(tmp_path: Path) -> None:
    text = (
        PLAN + "Ansvarlig for innsatsområdet: FSU BU\n\nTiltak:\n\n- Lage film\n- Skrive bok (ansvar: SSU)\n"
    )
    first, second = read_text(tmp_path, text).measures
    assert ([who.raw for who in first.responsible], first.responsible_from) == (["FSU BU"], "section")
    assert ([who.raw for who in second.responsible], second.responsible_from) == (["SSU"], "cell")


def test_items_of_an_item_with_a_colon_have_it_as_goal(tmp_path: Path) -> None:
    text = PLAN + "Tiltak:\n\n- Bedre netter:\n  - Øve sammen\n  - Ringe først\n- Lage film\n"
    assert [(one.text, one.goal) for one in read_text(tmp_path, text).measures] == [
        ("Øve sammen", "Bedre netter"),
        ("Ringe først", "Bedre netter"),
        ("Lage film", ""),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Helsefellesskapet skal etablere et felles ambulant team i planperioden.",
        "I planperioden skal utvalet vidareutvikle samarbeidet om utskriving.",
        "Vi vil opprette eit nettverk for koordinatorar i kvar kommune.",
        "SSU bør ta stilling til finansieringen våren 2026.",
        "Prosjektet videreføres i 2026, og alle kommunene deltar.",
        "En sentral oppgave for utvalget blir å implementere ny retningslinje i 2027.",
    ],
)
def test_somebody_who_is_to_do_something_in_the_period_is_a_measure(sentence: str) -> None:
    assert judge(sentence, PERIOD).score >= ENOUGH


@pytest.mark.parametrize(
    "sentence",
    [
        "Regjeringen vil etablere et nasjonalt råd for rehabilitering i 2026.",
        "Antallet eldre vil øke kraftig fram mot 2040.",
        "Gode forløp kan gi kortere liggetid for pasientene.",
        "Bedre overganger vil kunne gi færre innleggelser.",
        "FACT er et team som skal gi integrert behandling til ungdom.",
        "Arbeidsgruppen ble etablert våren 2023 og leverte sin rapport.",
        "Målet er at pasientene skal oppleve trygghet i hele forløpet.",
        "Utvalget skal være et rådgivende organ for SSU.",
        "Handlingsplanen skal bidra til at målene nås.",
        "Hvem skal etablere et felles tilbud i 2026?",
    ],
)
def test_nations_forecasts_effects_definitions_history_ideals_and_mandates_are_no_measures(
    sentence: str,
) -> None:
    assert judge(sentence, PERIOD).score < ENOUGH


def test_a_judgement_names_its_signs() -> None:
    signs = judge("Regjeringen vil etablere et råd.", PERIOD).signs
    assert "will-do" in signs
    assert "-nation" in signs


def test_coordinated_actions_are_split_and_share_their_origin(tmp_path: Path) -> None:
    text = (
        PLAN + "Gruppen skal utrede tre modeller for samarbeid, og presentere dem for SSU i løpet av 2027.\n"
    )
    first, second = read_text(tmp_path, text).measures
    assert first.text == "Gruppen skal utrede tre modeller for samarbeid"
    assert second.text == "presentere dem for SSU i løpet av 2027."
    assert first.origin == second.origin
    assert first.strength == second.strength == "must"
    assert first.deadline_raw == second.deadline_raw == "i løpet av 2027"
    assert max(first.confidence, second.confidence) <= 0.85


def test_two_verbs_with_one_object_are_one_action() -> None:
    sentence = "Utvalget skal utarbeide og prøve ut en felles modell for barn."
    assert split_actions(sentence) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Underutvalget må arbeide videre.", "Underutvalget"),
        ("I planperioden skal utvalget utrede saken.", "utvalget"),
        ("I Nordkyst helsefellesskap skal vi satse på barn.", "vi"),
        ("Det regner.", ""),
    ],
)
def test_the_subject_stands_right_before_or_right_after_the_verb_of_will(sentence: str, subject: str) -> None:
    assert subject_of(sentence) == subject


def test_a_pronoun_is_nobody_responsible(tmp_path: Path) -> None:
    (measure,) = read_text(
        tmp_path, PLAN + "Vi vil opprette et nettverk for koordinatorer i hver kommune.\n"
    ).measures
    assert (measure.responsible, measure.responsible_from) == ((), "")


def test_sentences_do_not_end_at_abbreviations_but_do_at_years() -> None:
    assert sentences("Vi bruker bl.a. FACT, jf. Meld. St. 9. Det startet i 2024. Nå går det.") == [
        "Vi bruker bl.a. FACT, jf. Meld. St. 9.",
        "Det startet i 2024.",
        "Nå går det.",
    ]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Tjenestene må vurdere behovet", "must"),
        ("SSU bør ta stilling", "should"),
        ("Vi vil opprette et råd", "will"),
        ("Prosjektet videreføres", "will"),
        ("Utarbeide plan", "listed"),
    ],
)
def test_strength_is_the_first_verb_of_will(text: str, strength: str) -> None:
    assert strength_of(text) == strength


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("barn og unge med sammensatte behov", "barn_unge"),
        ("born og unge", "barn_unge"),
        ("personar med alvorlege psykiske lidingar og rusproblem", "psykisk_rus"),
        ("Personer med alvorlige psykiske lidelser og ruslidelse", "psykisk_rus"),
        ("Skrøpelige eldre", "eldre_skropelig"),
        ("eldre med skrøpelegheit", "eldre_skropelig"),
        ("personar med fleire kroniske sjukdommar", "flere_kroniske"),
        ("pasienter med flere kroniske tilstander", "flere_kroniske"),
        ("kvinner gjennom svangerskap, fødsel og barseltid", "svangerskap"),
    ],
)
def test_the_five_patient_groups_are_known_in_both_malformer(text: str, code: str) -> None:
    assert patient_groups_in(text) == [code]


def test_patient_groups_come_in_the_order_of_the_table_once_each() -> None:
    assert find_patient_groups(["eldre med skrøpelighet", "barn og unge", "barn og ungdom"]) == [
        "barn_unge",
        "eldre_skropelig",
    ]


def test_bodies_are_those_explained_and_those_mentioned_but_not_target_groups() -> None:
    bodies = find_bodies(
        ["KAD-utvalget og målgruppen i opptaksområdet"], {"SSU": "Strategisk samarbeidsutvalg"}
    )
    assert bodies == ["Strategisk samarbeidsutvalg", "KAD-utvalget"]


def test_a_reply_to_questions_is_read_as_questions_with_answers(tmp_path: Path) -> None:
    text = (
        "Innspill til plan for Helsefellesskapet Nordkyst\n\n"
        "1. Hvilke erfaringer har dere med samarbeidet?\n\nDet går godt. Vi møtes ofte.\n\n- Mange møter\n\n"
        "2. Hva er vanskelig?\nHva gjør dere med det?\n\n"
        "o Reisene er lange\no Hvem betaler egentlig for dem?\n"
    )
    reading = read_text(tmp_path, text, name="svar.txt")
    assert reading.kind == "innspill"
    assert [question.text for question in reading.questions] == [
        "Hvilke erfaringer har dere med samarbeidet?",
        "Hva er vanskelig? Hva gjør dere med det?",
    ]
    assert [len(question.answers) for question in reading.questions] == [2, 2]
    assert [problem.code for problem in reading.problems].count("plan.no_measures") == 1
