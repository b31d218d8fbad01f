"""The templates: all texts in all languages, plain enough, with limits that can be and somebody to call."""

import re
from pathlib import Path

import pytest

from samspill.refusal import Refused
from samspill.rulebook.reading_level import look
from samspill.rulebook.safety_net import begin, gaps, role, roles, template, templates
from samspill.rulebook.safety_net.ready import ALWAYS, texts
from samspill.rulebook.safety_net.templates import FOLDER, LEVELS, read_template
from samspill.rulebook.triage import check_limits
from samspill.rulebook.units import examine
from samspill.rulebook.vital_signs import find
from unit.rulebook.safety_net_plans import ready

LANGUAGES = ("nb", "nn", "en")
EASIEST = 30
"""LIX below this is «very easy»."""


def test_there_is_a_template_for_each_of_the_conditions() -> None:
    assert {"heart_failure", "copd", "frailty", "infection"} <= set(templates())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("condition", sorted(templates()))
def test_all_texts_together_are_very_easy_and_without_hard_words(condition: str, language: str) -> None:
    said = [text for _where, text in texts(ready(condition, language)) if text]
    told = look("\n\n".join(said), language)
    assert told.lix is not None and told.lix < EASIEST
    assert told.findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("condition", sorted(templates()))
def test_sentences_are_short(condition: str, language: str) -> None:
    """LIX says little of a text of ten words; how long its sentences are does."""
    for where, text in texts(ready(condition, language)):
        counted = look(text, language).measures
        assert counted.words <= 20 * max(counted.sentences, 1), (where, text)
        assert counted.words <= 30, (where, text)


@pytest.mark.parametrize("condition", sorted(templates()))
def test_each_level_is_described_and_has_somebody_to_call(condition: str) -> None:
    one = template(condition)
    for level in LEVELS:
        assert any(level in indicator.levels for indicator in one.indicators)
        assert one.contacts[level]
    for level in ALWAYS:
        assert gaps(one.contacts[level]) == ()
    assert one.sources and one.responsibility and one.review_by > one.applies_from


@pytest.mark.parametrize("condition", sorted(templates()))
def test_limits_are_ordered_and_possible_in_a_living_body(condition: str) -> None:
    for indicator in ready(condition).indicators:
        if indicator.limits is not None:
            check_limits(indicator.limits)
            sign = find(indicator.code)
            for name in ("red_low", "yellow_low", "yellow_high", "red_high"):
                limit = getattr(indicator.limits, name)
                assert limit is None or examine(sign.code, limit, sign.unit).is_usable


def test_bokmal_and_nynorsk_are_two_languages() -> None:
    for one in templates().values():
        same = [text for level in LEVELS for text in [one.do[level]] if text["nb"] == text["nn"]]
        assert len(same) <= 1, one.id


NOT_NYNORSK = re.compile(
    r"\b(ikke|hva|hvem|hvor|hvis|når en|jeg|noe|noen|fra|mer|hver|sykehus\w*|hjem|hjemme|være|gjør|"
    r"begynte|vann\w*|morgenen|trenger|puster|hoster|våkner|vekten|tallene|medisinene|huden|vanskelig|spiser)\b",
    re.IGNORECASE,
)
NOT_BOKMAL = re.compile(
    r"\b(ikkje|kva|kven|korleis|eg|noko|nokon|frå|meir|kvar|sjukehus\w*|heime|vere|gjer|vatn\w*|treng|pustar|"
    r"hostar|vaknar|vekta|tala|huda|vanskeleg|dei|ein|eit|då)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("condition", sorted(templates()))
def test_each_written_form_is_itself(condition: str) -> None:
    for language, slips in (("nn", NOT_NYNORSK), ("nb", NOT_BOKMAL)):
        for where, text in texts(ready(condition, language)):
            assert not slips.search(text), (language, where, text)


def test_only_national_numbers_stand_in_the_table() -> None:
    assert {name: one.phone for name, one in roles().items() if one.phone} == {
        "emergency": "113",
        "out_of_hours": "116 117",
    }
    with pytest.raises(Refused):
        role("uncle")


def test_a_plan_for_self_management_has_the_same_parts_and_own_steps() -> None:
    own, sent = ready("copd", kind="self_management"), ready("copd")
    assert own.indicators == sent.indicators and own.responsibility == sent.responsibility
    assert own.levels["yellow"].own_step and not sent.levels["yellow"].own_step
    with pytest.raises(Refused) as refused:
        ready("frailty", kind="self_management")
    assert refused.value.code == "safety_net.kind"


def test_a_language_or_a_condition_we_do_not_have_is_refused() -> None:
    with pytest.raises(Refused):
        ready("copd", "se")
    with pytest.raises(Refused) as refused:
        template("gout")
    assert refused.value.code == "safety_net.unknown_template"


def test_without_the_usual_weight_there_are_no_limits() -> None:
    made = template("heart_failure")
    bare = begin(made, language="nb", person="Åse", valid_from=made.applies_from)
    assert bare.indicators[0].limits is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: copd", "id: cold", "table.name"),
        ("owner:", "owners:", "table.missing_key"),
        ("version: 1", "version: 1\nversion: 2", "table.duplicate_key"),
        ("version: 1", "version: 1\nvirsion: 2", "table.unknown_key"),
        ("    basis: absolute", "    basis: relative", "table.unknown_value"),
        ('{red_low: "86", yellow_low: "88"}', '{red_low: "89", yellow_low: "88"}', "limits.order"),
        ('{red_low: "86", yellow_low: "88"}', '{yellow_low: "88"}', "table.placeholder"),
        ('code: "59408-5"', 'code: "59408-4"', "unit.unknown_code"),
        ("nn: Pustar tungt i ro", "no: Pustar tungt i ro", "table.missing_key"),
        ("{role: emergency}", "{role: uncle}", "safety_net.unknown_role"),
        ("{role: emergency}", "{role: gp, days: someday}", "safety_net.days"),
        ('from: "08:00", to: "15:30"', 'from: "08:00"', "safety_net.hours"),
        ("id: breath", "id: oxygen", "table.duplicate_key"),
        ("kinds: [safety_net", "kinds: [safetynet", "table.unknown_value"),
        ("applies_from: 2026-11-01", 'applies_from: "now"', "table.not_day"),
        ("name: {nb: kols, nn: kols", "name: {nb: ' ', nn: kols", "table.not_text"),
    ],
)
def test_a_template_with_a_fault_does_not_load(old: str, new: str, code: str, tmp_path: Path) -> None:
    good = (FOLDER / "copd.yaml").read_text("utf-8")
    spoiled = good.replace(old, new, 1)
    if old.startswith("nn: Pustar"):
        spoiled = good.replace('nn: "Pustar tungt i ro', 'no: "Pustar tungt i ro', 1)
    assert spoiled != good
    (tmp_path / "copd.yaml").write_text(spoiled, "utf-8")
    with pytest.raises(Refused) as refused:
        read_template(tmp_path / "copd.yaml")
    assert refused.value.code == code
