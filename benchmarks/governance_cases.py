# ruff: noqa: E501, S608  statements of our own, without anything anybody typed; cut up they are not read
"""Twenty thousand decided cases with three points each, and what is under way beside them.

Here: a case from its report to its last follow-up, as the acts would have left it. `n` counts decided cases, `e`
those that are open; a tenth were lifted to their body from another. Who meets when is `governance_world`.
"""

from io import BytesIO

from benchmarks.governance_world import ABOUT, BIG, Layer, word

DECIDED, OPEN, POINTS, LIFTED = 20_000, 80, 3, 10  # OPEN of each community; every LIFTED came from below
HELD = 58  # meetings of a big body that treat decided cases
DOES = ("begynner", "utvides", "prøves ut", "evalueres", "avsluttes", "videreføres", "utredes", "finansieres")
WITH = (
    "i kommunene",
    "på sykehuset",
    "for barn og unge",
    "for skrøpelige eldre",
    "på legevakta",
    "i rusomsorg",
)
STATES = ("completed", "started", "open", "delivered", "needs_help")
CARRIED = ("in_place", "started", "planned", "not_started", "evaluated", "in_place", "in_place")
PARTS = ("summary", "question", "background", "municipal_view", "hospital_view", "user_view", "administrative",
         "economic", "privacy", "recommendation")  # fmt: skip
SENTENCES = 4  # of a part of a brief
SAID = (
    f"initcap({word(ABOUT, 'x.id')}) || ' {{0}} ' || {word(DOES, 'x.id / 3')} || ' ' || {word(WITH, 'x.id / 5')} || "
    "', og de som svarer for det, sier hvert halvår hvor langt de er kommet (nr. ' || x.id || '). '"
)


def lay_cases(layer: Layer) -> None:
    _make_ready(layer)
    _lay_the_cases(layer)
    _lay_passages(layer)
    _lay_items(layer)
    _lay_decisions(layer)
    _lay_writing(layer)
    _lay_asking(layer)


def _make_ready(layer: Layer) -> None:
    """Which cases there are and how each point goes, so that a case can say that it is closed."""
    layer.run(
        "CREATE TEMP TABLE w_case AS SELECT 3000000 + n AS id, n, NULL::int AS e, m.community_id, m.body_id, m.rank, "
        f"m.id AS meeting_id, m.i, m.day, (n / w.of) / {BIG} / {HELD} AS place, "
        f"CASE WHEN mod(n, {LIFTED}) = 0 AND m.rank < {BIG} THEN below.id END AS below_meeting, below.body_id AS below, "
        "below.day AS below_day, mod(n, 19) = 7 AS is_closed "
        f"FROM generate_series(0, {DECIDED - 1}) AS n JOIN w_community w ON w.c = mod(n, w.of) "
        f"JOIN w_meeting m ON m.community_id = w.id AND m.rank = 1 + mod(n / w.of, {BIG}) "
        f"AND m.i = 1 + mod(n / w.of / {BIG}, {HELD}) "
        f"JOIN w_meeting below ON below.community_id = w.id AND below.rank = {BIG} AND below.i = m.i + 1"
    )
    layer.run(
        "INSERT INTO w_case SELECT 4000000 + w.c * 1000 + e, NULL, e, w.id, b.id, b.rank, "
        "CASE WHEN e >= 50 THEN b.id * 100 + 2 END, 0, NULL, e - 50, NULL, NULL, NULL, false "
        f"FROM w_community w CROSS JOIN generate_series(0, {OPEN - 1}) AS e "
        f"JOIN w_body b ON b.community_id = w.id AND b.rank = CASE WHEN e >= 64 THEN 1 ELSE 1 + mod(e, {BIG}) END"
    )
    layer.run("CREATE INDEX ON w_case (id); ANALYZE w_case")
    settled = "CASE WHEN c.i <= 2 THEN ARRAY[20, 30, 70, 80, 92] WHEN c.i <= 8 THEN ARRAY[85, 93, 97, 98, 99] " \
              "ELSE ARRAY[98, 99, 100, 100, 100] END"  # fmt: skip
    layer.run(
        "CREATE TEMP TABLE w_point AS SELECT *, CASE WHEN p = 3 AND mod(n, 5) = 0 THEN NULL "
        f"ELSE {_state('h', 'bounds')} END AS state FROM (SELECT c.id * 10 + p AS id, c.id AS case_id, c.n, p, "
        "c.community_id, c.body_id, c.i, c.day, mod((c.n * 3 + p) * 7919, 100) AS h, "
        f"{settled} AS bounds FROM w_case c, generate_series(1, {POINTS}) AS p WHERE c.n IS NOT NULL) x"
    )
    layer.run("CREATE INDEX ON w_point (case_id); ANALYZE w_point")


def _state(of: str, bounds: str) -> str:
    chosen = " ".join(
        f"WHEN {of} < ({bounds})[{place}] THEN '{state}'" for place, state in enumerate(STATES, 1)
    )
    return f"CASE {chosen} ELSE 'completed' END"


def _lay_the_cases(layer: Layer) -> None:
    from samspill.governance.models import Case, CaseGist

    waiting = "CASE WHEN e < 15 THEN 'reported' WHEN e < 35 THEN 'preparing' WHEN e < 50 THEN 'ready' ELSE 'on_agenda' END"
    followed = (
        "CASE WHEN EXISTS (SELECT 1 FROM w_point p WHERE p.case_id = x.id AND p.state <> 'completed') "
        "THEN 'followed_up' ELSE 'closed' END"
    )
    reported = "(coalesce(below_day, day, %(today)s + 20 - e) - 60)"
    source = (
        f"(SELECT *, extract(year FROM {reported}) AS year, row_number() OVER (PARTITION BY community_id, "
        f"extract(year FROM {reported}) ORDER BY {reported}, id) AS number, {reported} AS reported FROM w_case) x"
    )
    layer.lay(
        Case, source, id="id", community_id="community_id", year="year", number="100 + number",
        title=f"initcap({word(ABOUT, 'x.id')}) || ' ' || {word(WITH, 'x.id / 5')} || ' (nr. ' || id || ')'",
        state=f"CASE WHEN e IS NULL THEN {followed} ELSE {waiting} END", reported_at="reported + interval '9 hours'",
        asks=SAID.format("som vi trenger å bli enige om"), concerns=word(WITH, "x.id"),
        large_consequence="mod(id, 9) = 0", needs_anchoring="mod(id, 10) = 0", proposed_body_id="body_id",
        access="CASE WHEN is_closed THEN 'body' ELSE 'public' END", reporter_name="'Anne Aas'",
        law_reference="CASE WHEN is_closed THEN 'offentleglova § 13' ELSE '' END",
        public_title="CASE WHEN is_closed THEN 'Sak unntatt offentlighet' ELSE '' END",
        is_open="(e IS NULL OR e >= 50) AND NOT is_closed",
    )  # fmt: skip
    layer.lay(
        CaseGist, "w_case x", id="id", community_id="community_id", case_id="id",
        question=f"'Skal vi bli enige om ' || {word(ABOUT, 'x.id')} || '?'", summary=SAID.format("kort fortalt"),
    )  # fmt: skip


def _lay_passages(layer: Layer) -> None:
    """First those that were lifted, in their order; then how they went on; then where they came."""
    from samspill.governance.models import Forwarding, Treatment

    lifted = "w_case x WHERE below_meeting IS NOT NULL"
    layer.lay(
        Treatment, lifted, id="id + 5000000", community_id="community_id", case_id="id", body_id="below",
        order="1", state="'treated'", outcome="'escalated'", treated_on="below_day",
    )  # fmt: skip
    layer.lay(
        Forwarding, lifted, id="id + 5000000", community_id="community_id", treatment_id="id + 5000000",
        kind="'escalated'", to_body_id="body_id", reason="'economy'", words="'Den koster mer enn vi rår over.'",
    )  # fmt: skip
    layer.lay(
        Treatment, "w_case x WHERE e IS NULL OR e >= 15", id="id", community_id="community_id", case_id="id",
        body_id="body_id", order="CASE WHEN below_meeting IS NULL THEN 1 ELSE 2 END",
        state="CASE WHEN e IS NULL THEN 'treated' WHEN e < 35 THEN 'preparing' WHEN e < 50 THEN 'queued' "
              "ELSE 'on_agenda' END",
        outcome="CASE WHEN e IS NULL THEN 'decided' ELSE '' END", treated_on="day",
        came_by_id="CASE WHEN below_meeting IS NOT NULL THEN id + 5000000 END",
    )  # fmt: skip
    layer.run("UPDATE governance_forwarding SET answered_by_id = treatment_id - 5000000 WHERE id >= 8000000")


def _lay_items(layer: Layer) -> None:
    """Approval of the minutes before, the cases, those that were lifted, and any other business."""
    from samspill.governance.models import AgendaItem, ItemOpening

    first = "SELECT m.id * 10 AS id, m.id AS meeting_id, NULL::bigint AS treatment_id, 1 AS place, 'approval' AS kind, " \
            "CASE WHEN later.id IS NOT NULL THEN m.id + 1 END AS about_id, 'Godkjenning av referat' AS title " \
            "FROM w_meeting m LEFT JOIN w_meeting later ON later.id = m.id + 1"  # fmt: skip
    title = "c.public_title" if False else "CASE WHEN c.is_screened THEN c.public_title ELSE c.title END"
    title = title.replace("c.is_screened", "c.access <> 'public'")
    cases = (
        f"SELECT x.id, meeting_id, x.id, 2 + place, 'decision', NULL, {title} FROM w_case x "
        "JOIN governance_case c USING (id) WHERE meeting_id IS NOT NULL "
        f"UNION ALL SELECT x.id + 5000000, below_meeting, x.id + 5000000, 40 + mod(n, 40), 'decision', NULL, {title} "
        "FROM w_case x JOIN governance_case c USING (id) WHERE below_meeting IS NOT NULL"
    )
    last = "SELECT id * 10 + 9, id, NULL, 99, 'other_business', NULL, 'Eventuelt' FROM w_meeting"
    layer.run(
        f"CREATE TEMP TABLE w_item AS SELECT x.*, m.body_id, m.community_id, m.i, m.day, m.state, row_number() OVER "
        f"(PARTITION BY m.id ORDER BY place, x.id) AS ordered FROM ({first} UNION ALL {cases} UNION ALL {last}) x "
        "JOIN w_meeting m ON m.id = x.meeting_id WHERE m.state <> 'planned'"
    )
    layer.run("CREATE INDEX ON w_item (meeting_id); ANALYZE w_item")
    layer.lay(
        AgendaItem,
        "(SELECT *, row_number() OVER (PARTITION BY body_id, extract(year FROM day) ORDER BY day, ordered) AS number "
        "FROM w_item) x", id="id", community_id="community_id", meeting_id="meeting_id", body_id="body_id",
        treatment_id="treatment_id", about_id="about_id", kind="kind", order='ordered', public_title="title",
        title="CASE WHEN treatment_id IS NULL THEN title ELSE '' END",
        year="CASE WHEN state <> 'draft' THEN extract(year FROM day) END",
        number="CASE WHEN state <> 'draft' THEN number END",
        outcome="CASE WHEN i < 1 THEN '' WHEN treatment_id IS NULL THEN 'noted' WHEN id >= 8000000 THEN 'escalated' "
                "ELSE 'decided' END",
    )  # fmt: skip
    layer.lay(ItemOpening, "w_item WHERE i >= 1", community_id="community_id", meeting_id="meeting_id", item_id="id",
              at="day + interval '12 hours'")  # fmt: skip


def _lay_decisions(layer: Layer) -> None:
    """Points, who carries them out, what each party says, and the votes of a few."""
    from samspill.governance.models import (
        Decision,
        DecisionParty,
        DecisionPoint,
        FollowUp,
        FollowUpReport,
        Vote,
    )

    layer.lay(
        Decision, "w_case x WHERE n IS NOT NULL", id="id", community_id="community_id", item_id="id", body_id="body_id",
        case_id="id", kind="'decision'", state="'adopted'", decided_on="day", effective_from="day",
        method="CASE WHEN mod(n, 20) = 0 THEN 'majority_per_bloc' ELSE 'consensus' END", is_open="NOT is_closed",
        plain=f"'Vi er enige om ' || {word(ABOUT, 'x.id')} || '.'",
    )  # fmt: skip
    layer.lay(
        DecisionPoint, "w_point x", id="id", community_id="community_id", decision_id="case_id", order="p",
        text=SAID.format("før utgangen av året"), no_follow_up="state IS NULL",
    )  # fmt: skip
    party = (
        "JOIN w_party party ON party.community_id = x.community_id AND party.kind = 'municipality' "
        "AND (p = 1 OR party.n IN (mod(x.n + p, party.of), mod(x.n + p + 1, party.of)))"
    )
    layer.lay(
        DecisionParty, f"w_point x {party}", community_id="x.community_id", point_id="x.id", party_id="party.id",
        state=f"CASE WHEN x.i > 12 THEN 'in_place' ELSE {word(CARRIED, 'x.h + party.n')} END",
        told_at="CASE WHEN x.i > 2 THEN day + interval '80 days' END",
    )  # fmt: skip
    one = "JOIN w_party party ON party.community_id = x.community_id AND party.kind = 'municipality' AND party.n = mod(x.n + p, party.of)"
    layer.lay(
        FollowUp, f"w_point x {one} WHERE state IS NOT NULL", id="x.id", community_id="x.community_id",
        point_id="x.id", accountable_party_id="CASE WHEN p < 3 THEN party.id END",
        accountable_body_id="CASE WHEN p = 3 THEN x.body_id END", due="day + 60 + x.h * 3", state="x.state",
    )  # fmt: skip
    layer.lay(
        FollowUpReport, "w_point x, generate_series(1, CASE x.state WHEN 'completed' THEN 2 ELSE 1 END) AS turn "
        "WHERE state IS NOT NULL AND state <> 'open'", community_id="community_id", follow_up_id="id",
        state="CASE WHEN turn = 1 AND state = 'completed' THEN 'started' ELSE state END", by_name="'Anne Aas'",
        sentence="'Vi er i gang, og kommunene er med.'", at="day + turn * 30 + interval '10 hours'",
    )  # fmt: skip
    layer.lay(
        Vote, "w_case x JOIN governance_attendance a USING (meeting_id) JOIN governance_seat s ON s.id = a.seat_id "
        "WHERE mod(n, 20) = 0 AND s.may_vote AND a.presence = 'present'", community_id="x.community_id",
        decision_id="x.id", seat_id="s.id", tenure_id="a.tenure_id", bloc="s.bloc", choice="'for'",
    )  # fmt: skip


def _lay_writing(layer: Layer) -> None:
    """Briefs part by part and as they were sent, what was said in the room, and a paper of each case."""
    from samspill.governance.actions.papers import store
    from samspill.governance.models import CaseBrief, CaseText, MinuteText, Paper, PaperVersion

    text = " || ".join(SAID.format(f"i avsnitt {number}") for number in range(1, SENTENCES + 1))
    parts = ", ".join(f"'{part}'" for part in PARTS)
    layer.lay(
        CaseText, f"w_case x, unnest(ARRAY[{parts}]) AS part WHERE e IS NULL OR e >= 15", community_id="community_id",
        case_id="id", part="part", text=text, by_name="'Anne Aas'", at="coalesce(day, %(today)s) - interval '30 days'",
    )  # fmt: skip
    layer.lay(
        CaseBrief, "w_case x WHERE meeting_id IS NOT NULL", community_id="community_id", case_id="id", version="1",
        content=f"(SELECT jsonb_agg(jsonb_build_object('part', part, 'heading', part, 'text', {text})) "
                f"FROM unnest(ARRAY[{parts}]) AS part)", by_name="'Anne Aas'",
        at="coalesce(day, %(today)s) - interval '7 days'", access="CASE WHEN is_closed THEN 'body' ELSE 'public' END",
        law_reference="CASE WHEN is_closed THEN 'offentleglova § 13' ELSE '' END",
        public_title="CASE WHEN is_closed THEN 'Sak unntatt offentlighet' ELSE '' END",
    )  # fmt: skip
    layer.lay(
        MinuteText, "w_item x, unnest(ARRAY['minutes', 'decision']) AS part WHERE i >= 1 AND treatment_id IS NOT NULL",
        community_id="community_id", item_id="id", part="part", text=text, by_name="'Anne Aas'",
        at="day + interval '13 hours'",
    )  # fmt: skip
    own = {"id": "id", "community_id": "community_id"}
    file = store(BytesIO(b"%PDF-1.4\n" + bytes(48_000)))
    layer.lay(Paper, "w_case x WHERE e IS NULL OR e >= 15", **own, case_id="id", title="'Notat om ' || " + word(ABOUT, "x.id"),
              is_open="(e IS NULL OR e >= 50) AND NOT is_closed")  # fmt: skip
    layer.lay(
        PaperVersion, "w_case x WHERE e IS NULL OR e >= 15", **own, paper_id="id", version="1", name="'notat.pdf'",
        content_type="'application/pdf'", size_bytes="48000", sha256=f"'{file}'", scan="'clean'",
        uploaded_at="coalesce(day, %(today)s) - interval '20 days'",
    )  # fmt: skip


def _lay_asking(layer: Layer) -> None:
    """Every third case has a statement; every tenth was anchored, and half of those to come are being anchored."""
    from samspill.governance.models import AnchoringAnswer, AnchoringRound, Statement, StatementRequest

    who = "JOIN w_party party ON party.community_id = x.community_id AND party.kind = 'municipality'"
    layer.lay(
        Statement, f"w_case x {who} AND party.n = 0 WHERE mod(x.id, 3) = 0", community_id="x.community_id",
        case_id="x.id", party_id="party.id", stance="'supports'", text=SAID.format("etter vårt syn"),
        by_name="'Anne Aas'", at="coalesce(day, %(today)s) - interval '20 days'",
    )  # fmt: skip
    layer.lay(
        StatementRequest, f"w_case x {who} AND party.n < 3 WHERE e BETWEEN 15 AND 34", community_id="x.community_id",
        case_id="x.id", party_id="party.id", due="%(today)s + e - 20",
    )  # fmt: skip
    anchored = "(mod(x.n, 10) = 0 OR x.e BETWEEN 25 AND 45)"
    layer.lay(
        AnchoringRound, f"w_case x WHERE {anchored}", id="id", community_id="community_id", case_id="id",
        begun_for_id="body_id", question="'Kan dere gå inn for dette?'", due="coalesce(day - 14, %(today)s + 5)",
        state="CASE WHEN e IS NULL THEN 'closed' ELSE 'open' END", asked_at="coalesce(day, %(today)s) - interval '40 days'",
    )  # fmt: skip
    layer.lay(
        AnchoringAnswer, f"w_case x {who} WHERE {anchored} AND (e IS NULL OR mod(party.n, 2) = 0)",
        community_id="x.community_id", round_id="x.id", party_id="party.id", by_name="'Anne Aas'",
        stance="CASE mod(party.n, 5) WHEN 3 THEN 'with_remark' WHEN 4 THEN 'opposes' ELSE 'supports' END",
        remark="CASE WHEN mod(party.n, 5) > 2 THEN 'Vi må få dekket det det koster.' ELSE '' END",
        at="coalesce(day, %(today)s) - interval '20 days'",
    )  # fmt: skip
