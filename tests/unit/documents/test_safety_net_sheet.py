"""«Hva er innafor» on one sheet: one page whatever is said, read aloud in its order, and readable in grey."""

import io
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.documents.safety_net_sheet import Call, SafetyNetSheet, Scale, Step, Zone, check_sheet, to_pdf
from samspill.documents.safety_net_sheet.writing import SIZES
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Plan, described, hours_said, scale, templates
from samspill.rulebook.safety_net.roles import LEVELS as PLAN_LEVELS
from unit.rulebook.safety_net_plans import ready

SHEET = SafetyNetSheet(
    title="Hva er innafor for Åse?",
    language="nb",
    author="Sykehuset Østfold",
    lead="Til deg som er pårørende. Åse har kols og kom hjem fra sykehuset 9. november.",
    unsure=Call("69 00 00 10"),
    unsure_text="Ring oppfølgingstjenesten. De svarer hele døgnet og har planen foran seg.",
    zones=(
        Zone("green", "Grønt: vanlig for Åse", ("Hoster litt om morgenen",), "Fortsett som før."),
        Zone("red", "Rødt: få hjelp nå", ("Puster tungt i ro",), "Ikke vent.", calls=(Call("113"),)),
        Zone(
            "yellow", "Gult: ring i dag", ("Hoster mer enn ellers",), "Ring i dag.", "Det hjelper tidlig.",
            (Call("69 00 00 10", "oppfølgingstjenesten", "hele døgnet"),),
        ),
    ),
    scales=(
        Scale(
            "Oksygen i prosent",
            (Step("red", "under 86"), Step("yellow", "86–87"), Step("green", "88–92")),
        ),
    ),
    duties=("Fastlegen har ansvaret for medisinene.",),
    about=("Laget 9. november av sykepleier Mona Ødegård, sammen med Åse.",),
    made_at=datetime(2026, 11, 9, 10),
    link="https://samspill.example/plan/7Q2M",
)  # fmt: skip


def sheet_of(plan: Plan) -> SafetyNetSheet:
    """As whoever knows both makes it."""
    language = plan.language
    return SafetyNetSheet(
        title={"nb": "Hva er innafor for Åse?", "nn": "Kva er innafor for Åse?"}.get(
            language, "What is usual for Åse?"
        ),
        language=language,
        author="Sykehuset Østfold",
        lead=plan.about,
        zones=tuple(
            Zone(
                level,
                said.title,
                tuple(filter(None, (described(one, level, language) for one in plan.indicators))),
                said.do,
                said.why,
                tuple(
                    Call(one.number, one.said(language), hours_said(one, language)) for one in said.contacts
                ),
            )
            for level, said in plan.levels.items()
        ),
        scales=tuple(
            Scale(
                one.name, tuple(Step(part.level, part.text) for part in scale(one.limits, one.code, language))
            )
            for one in plan.indicators
            if one.limits is not None
        ),
        duties=plan.responsibility,
        about=("Overlege Henrik Aasgaard",),
        made_at=datetime.combine(plan.valid_from or date(2026, 11, 9), datetime.min.time()),
        link="https://samspill.example/plan/7Q2M",
    )


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def said_in(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def letters_of(made: bytes) -> float:
    """Points of the smallest letters but those below the QR code."""
    sizes: list[float] = []

    def visit(text: str, _matrix: object, _text_matrix: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.append(round(size, 1))

    read(made).pages[0].extract_text(visitor_text=visit)
    return max(sizes)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("condition", sorted(templates()))
def test_every_template_in_every_language_fits_on_one_page(condition: str, language: str) -> None:
    plan = ready(condition, language)
    made = to_pdf(sheet_of(plan))
    assert len(read(made).pages) == 1
    told = said_in(made).replace("\xa0", " ")
    for level in PLAN_LEVELS:
        assert plan.levels[level].title in told and "113" in told
    assert plan.responsibility[0].split()[0] in told


def test_it_is_tagged_with_language_title_and_author() -> None:
    found = read(to_pdf(SHEET))
    assert found.root_object["/Lang"] == "nb-NO"
    assert found.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in found.root_object
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == ("Hva er innafor for Åse?", "Sykehuset Østfold")
    assert b"pdfuaid" in found.root_object["/Metadata"].get_data()


def test_what_matters_most_is_read_first_whatever_the_order_given() -> None:
    told = said_in(to_pdf(SHEET))
    places = [
        told.index(word) for word in ("usikker", "Rødt", "Gult", "Grønt", "Oksygen", "Hvem gjør", "Om planen")
    ]
    assert places == sorted(places)


def test_the_levels_are_told_by_words_and_shapes_not_by_colour_alone() -> None:
    told = said_in(to_pdf(SHEET))
    assert all(word in told for word in ("Rødt", "Gult", "Grønt", "under 86", "86–87", "88–92"))
    page = read(to_pdf(SHEET)).pages[0]
    assert "/XObject" in page["/Resources"] or b" c\n" in page.get_contents().get_data()


@pytest.mark.parametrize(
    ("language", "word"), [("nb", "Gjør dette"), ("nn", "Gjer dette"), ("en", "Do this")]
)
def test_its_own_words_are_in_its_language(language: str, word: str) -> None:
    made = to_pdf(replace(SHEET, language=language))
    assert word in said_in(made)
    assert str(read(made).root_object["/Lang"]).startswith(language)


def test_numbers_can_be_pressed_and_stay_with_their_words() -> None:
    made = to_pdf(SHEET)
    links = [note.get_object() for note in read(made).pages[0]["/Annots"]]
    assert {link["/A"]["/URI"] for link in links} == {"tel:69000010", "tel:113"}
    assert all(link.get("/Contents") for link in links)


def test_without_link_and_doubt_there_is_no_code_and_no_frame() -> None:
    bare = replace(SHEET, link="", unsure=Call(""), unsure_text="", scales=(), duties=(), about=())
    made = to_pdf(bare)
    assert len(read(made).pages) == 1
    told = said_in(made)
    assert "usikker" not in told and "telefon" not in told and "Hvem gjør hva" not in told


def test_what_is_said_to_the_unsure_stands_there_without_a_number_too() -> None:
    made = to_pdf(replace(SHEET, unsure=Call(""), unsure_text="Spør hjemmesykepleien."))
    assert "Er du usikker? Spør hjemmesykepleien." in said_in(made)


words = st.text(st.sampled_from("abc æøåÅ. ,-–#*\\{}[]()\"'$@/😀\n0159"), max_size=150)


@settings(max_examples=25, deadline=None)
@given(words, st.lists(words, max_size=6), words)
def test_whatever_is_written_is_one_page_or_refused(one: str, many: list[str], other: str) -> None:
    zones = tuple(replace(zone, signs=tuple(many), do=one, why=other) for zone in SHEET.zones)
    try:
        made = to_pdf(
            replace(SHEET, lead=other, zones=zones, duties=tuple(many), about=(one,), unsure_text=one)
        )
    except Refused as refused:
        assert refused.code in ("sheet.empty", "sheet.too_long")
    else:
        assert len(read(made).pages) == 1


def longer(times: int) -> SafetyNetSheet:
    zones = tuple(replace(zone, signs=zone.signs * times) for zone in SHEET.zones)
    return replace(SHEET, zones=zones, scales=())


def test_more_text_gives_smaller_letters_until_it_is_refused() -> None:
    sizes = []
    refused = None
    for times in (1, 6, 9, 14, 40):
        try:
            made = to_pdf(longer(times))
        except Refused as problem:
            refused = problem
            break
        assert len(read(made).pages) == 1
        sizes.append(letters_of(made))
    assert len(sizes) >= 3 and sizes == sorted(sizes, reverse=True) and sizes[-1] < sizes[0]
    assert refused is not None and refused.code == "sheet.too_long"
    assert "shorten" in refused.sentence and str(refused.facts["part"]) in refused.sentence


def test_what_is_other_about_the_medicines_stands_there_as_far_as_there_is_room() -> None:
    plan = sheet_of(ready("heart_failure", "nb"))
    one = "Nytt: Furosemid 40 mg tablett, 1 om morgenen. Bruksområde: væske i kroppen."
    made = to_pdf(replace(plan, medicines=(one, "Slutt med: Ibuprofen.")))
    assert "Medisiner" in said_in(made) and "Slutt med: Ibuprofen." in said_in(made).replace("\xa0", " ")
    many = tuple(f"Nytt: Legemiddel nummer {place}, {one}" for place in range(60))
    crowded = to_pdf(replace(plan, medicines=many))
    told = said_in(crowded).replace("\xa0", " ")
    assert len(read(crowded).pages) == 1
    left = 60 - told.count("Legemiddel nummer")
    assert 0 < left < 60 and f"Og {left} til: les resten i planen" in told


def test_letters_are_never_smaller_than_can_be_read() -> None:
    assert min(SIZES) >= 9 and list(SIZES) == sorted(SIZES, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")', "#panic()", "*fet* _k_", "@ref <m>", "\\u{1f600}", "// borte", '")#panic("',
        "= H", "- p",
    ],
)  # fmt: skip
def test_nothing_that_people_write_is_a_command(text: str) -> None:
    zones = tuple(replace(zone, signs=(text,), do=text, title=text) for zone in SHEET.zones)
    made = to_pdf(replace(SHEET, title=text, zones=zones, duties=(text,), about=(text,), lead=text))
    assert said_in(made).count(" ".join(text.split())) >= 9


@pytest.mark.parametrize(
    "text", ["En 😀 sak", "中文", "a" * 400, "https://" + "x" * 90, "Å\u0301\u202e", "ord " * 60]
)
def test_odd_and_long_words_stay_on_the_page(text: str) -> None:
    made = to_pdf(replace(SHEET, lead=text, unsure=Call("1" * 12, text[:60], text[:30])))
    assert len(read(made).pages) == 1


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert to_pdf(SHEET) == to_pdf(SHEET)


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (replace(SHEET, language="se"), "sheet.language"),
        (replace(SHEET, zones=SHEET.zones[:2]), "sheet.levels"),
        (replace(SHEET, zones=(*SHEET.zones, SHEET.zones[0])), "sheet.levels"),
        (replace(SHEET, scales=(Scale("Vekt", ()),)), "sheet.levels"),
        (replace(SHEET, scales=(Scale("Vekt", (Step("blue", "1"),)),)), "sheet.levels"),
        (replace(SHEET, title=" \u200b"), "sheet.empty"),
        (replace(SHEET, zones=(replace(SHEET.zones[0], do=""), *SHEET.zones[1:])), "sheet.empty"),
        (replace(SHEET, zones=(replace(SHEET.zones[0], signs=("",)), *SHEET.zones[1:])), "sheet.empty"),
        (replace(SHEET, zones=(replace(SHEET.zones[0], calls=(Call(""),)), *SHEET.zones[1:])), "sheet.empty"),
        (replace(SHEET, link="https://samspill.example/" + "x" * 300), "sheet.link"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(sheet: SafetyNetSheet, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_sheet(sheet)
    assert refused.value.code == code
    with pytest.raises(Refused):
        to_pdf(sheet)
