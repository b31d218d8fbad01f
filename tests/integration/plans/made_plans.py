"""Plans nobody has written, for hypothesis: all the layouts a plan may have, and words with odd signs."""

from datetime import date

from hypothesis import strategies as st

from samspill.plans.document.whole import Promise, Section, Whole

WORDS = (
    "felles", "kurs", "om", "barn", "på", "sykehuset", "og", "hjemme", "uke", "æøå", "«hva er innafor»",
    "e-helse",
    "og/eller", "#set", "$x$", "*vi*", "_du_", "@ref", "<her>", "\\", "|", "a|b", "1", "24/7", "100 %",
    "§ 6-1",
    "(ny)", "[x]", "{y}", "`kode`", "“sitat”", "'nei'", '"ja"', "…", "helse- og omsorg", "naïve",
    "2025–2027", "=",
    "&", "90+", "nr.", "kl. 08", "–", "«så»", "café", "Ås", "¤", "½", "10,5", "~", "^", "%d", "{{ x }}",
    "{% y %}",
)  # fmt: skip
BEGINNINGS = (
    "Avtale", "Lage", "Prøve ut", "Tilby", "Samle", "Vi skal", "Åpne", "Øve på", "«Trygg» skal",
    "24/7-tilbud:",
)  # fmt: skip
OWNERS = (
    "SSU", "FSU barn og unge", "Kommunene", "Sykehuset Østfold", "Halden", "Moss", "Felles", "Sekretariatet",
    "kommunelegene", "Nav", "DHO-gruppen", "Lærings- og mestringssenteret",
)  # fmt: skip
DEADLINES: tuple[tuple[str, date | None], ...] = (
    ("", None), ("30.06.2026", date(2026, 6, 30)), ("våren 2026", date(2026, 5, 31)), ("løpende", None),
    ("2027", date(2027, 12, 31)), ("1. kvartal 2026", date(2026, 3, 31)), ("", date(2027, 2, 1)),
    ("i planperioden", date(2027, 12, 31)), ("Snart", None),
)  # fmt: skip
TITLES = (
    "Barn og unge", "Psykisk helse og rus", "Eldre med skrøpelighet", "Folk, fag og ledelse", "Akuttkjeden",
    "Samhandling #1", "Digital hjemmeoppfølging", "Kvinnehelse", "Forebygging & læring", "Åpne dører",
)  # fmt: skip
GOALS = ("Trygt hjem", "Ingen faller mellom to stoler", "Hjelp der du bor: alltid", "Mer *tid* til de syke")


def texts(most: int = 60) -> st.SearchStrategy[str]:
    """A measure as somebody might word it, from a few words to most of a page."""
    rest = st.lists(st.sampled_from(WORDS), min_size=1, max_size=most).map(" ".join)
    return st.builds("{} {} sammen".format, st.sampled_from(BEGINNINGS), rest)


@st.composite
def promises(draw: st.DrawFn, goals: tuple[str, ...]) -> Promise:
    raw, day = draw(st.sampled_from(DEADLINES))
    return Promise(
        text=draw(texts()),
        label=draw(st.sampled_from(("", "", "a)", "1.1", "2"))),
        goal=draw(st.sampled_from(("", *goals))),
        responsible=tuple(draw(st.lists(st.sampled_from(OWNERS), max_size=3, unique=True))),
        deadline_raw=raw,
        deadline=day,
    )


@st.composite
def sections(draw: st.DrawFn, title: str, number: str, parent: int | None, least: int = 0) -> Section:
    goals = tuple(draw(st.lists(st.sampled_from(GOALS), max_size=3, unique=True)))
    made = draw(st.lists(promises(goals), min_size=least, max_size=7, unique_by=lambda one: one.text))
    return Section(title=title, number=number, parent=parent, goals=goals, promises=tuple(made))


@st.composite
def numbered_with_parts(draw: st.DrawFn) -> tuple[Section, ...]:
    """1, 1.1, 1.2, 2, …: some areas have parts."""
    found: list[Section] = []
    titles = draw(st.permutations(TITLES))
    for number in range(1, draw(st.integers(1, 3)) + 1):
        above = len(found)
        found.append(draw(sections(titles.pop(), str(number), None, least=1)))
        for part in range(1, draw(st.integers(0, 2)) + 1):
            found.append(draw(sections(titles.pop(), f"{number}.{part}", above, least=1)))
    return tuple(found)


@st.composite
def flat(draw: st.DrawFn) -> tuple[Section, ...]:
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=6, unique=True))
    has_numbers = draw(st.booleans())
    return tuple(
        draw(sections(title, str(place) if has_numbers else "", None, least=1))
        for place, title in enumerate(titles, 1)
    )


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    """With areas, with areas in areas, or with none at all."""
    areas = draw(st.one_of(flat(), numbered_with_parts(), st.just(())))
    loose = draw(sections("", "", None, least=0 if areas else 1))
    start, end = draw(
        st.sampled_from(((date(2025, 1, 1), date(2027, 12, 31)), (date(2025, 8, 1), date(2027, 12, 31))))
    )
    return Whole(
        title=draw(st.sampled_from(("Handlingsplan 2025–2027", "Handlingsplan for Østfold", "Strategi #1"))),
        kind="Handlingsplan",
        community="Helsefellesskapet Østfold",
        community_name="Østfold",
        language="nb",
        start=start,
        end=end,
        adoption=draw(st.sampled_from(("", "Vedtatt i Partnerskapsmøtet 5. desember 2025"))),
        slogan=draw(st.sampled_from(("", "Samme vei hjem"))),
        abbreviations=draw(st.sampled_from(({}, {"SSU": "Strategisk samarbeidsutvalg"}))),
        bodies=(("Strategisk samarbeidsutvalg, SSU", 3),),
        sections=areas,
        loose=loose,
    )
