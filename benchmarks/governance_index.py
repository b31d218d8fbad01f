# ruff: noqa: E501, S608  statements of our own, without anything anybody typed; cut up they are not read
"""What the acts of ten years have left beside the things: versions as they were sent, the log, and both indexes.

The rows of search say what `governance.actions.indexing_*` would say of the same things.
"""

from benchmarks.governance_world import Layer

LINE = (
    "jsonb_build_object('number', CASE WHEN a.number IS NULL THEN '' ELSE a.number || '/' || mod(a.year, 100) END, "
    "'kind', a.kind, 'title', a.public_title, 'minutes', 10, 'late', false)"
)
OF_MINUTES = (
    "jsonb_build_object('id', a.id, 'away', '[]'::jsonb, 'kind', 'Vedtak', 'text', coalesce(said.text, ''), "
    "'went', NULL, 'title', a.public_title, 'closed', false, 'outcome', a.outcome, 'outcome_words', 'Vedtatt', "
    "'number', a.number || '/' || mod(a.year, 100), 'conflicts', '[]'::jsonb, 'decision', CASE WHEN d.id IS NOT NULL "
    "THEN jsonb_build_object('id', d.id, 'kind', d.kind, 'plain', d.plain, 'votes', '[]'::jsonb, 'method', d.method, "
    "'method_words', 'enighet', 'dissents', '[]'::jsonb, 'authority', '', 'points', (SELECT jsonb_agg("
    "jsonb_build_object('text', p.text, 'owner', '', 'due', '', 'due_words', '', 'parties', '[]'::jsonb, "
    "'no_follow_up', p.no_follow_up) ORDER BY p.order) FROM governance_decisionpoint p WHERE p.decision_id = d.id)) END)"
)
ATTENDANCE = (
    "(SELECT jsonb_agg(jsonb_build_object('for', '', 'name', t.name, 'role', t.role, 'seat', 'Plass', 'presence', "
    "at.presence)) FROM governance_attendance at JOIN governance_tenure t ON t.id = at.tenure_id "
    "WHERE at.meeting_id = m.id)"
)
COMPOSITION = (
    "(SELECT jsonb_agg(jsonb_build_object('seat', 'Plass', 'side', seat.bloc, 'name', t.name, 'role', t.role, "
    "'votes', seat.may_vote)) FROM governance_attendance at JOIN governance_tenure t ON t.id = at.tenure_id "
    "JOIN governance_seat seat ON seat.id = at.seat_id WHERE at.meeting_id = m.id)"
)


def lay_index(layer: Layer) -> None:
    for table in ("agendaitem", "decision", "decisionpoint", "attendance", "case", "meeting", "followup"):
        layer.run(f"ANALYZE governance_{table}")
    _lay_versions(layer)
    _lay_open(layer)
    _lay_search(layer)
    _lay_log(layer)


def _lay_versions(layer: Layer) -> None:
    from samspill.governance.models import AgendaVersion, MinutesVersion

    both = "CROSS JOIN (VALUES (false), (true)) AS side (is_public)"
    layer.lay(
        AgendaVersion, "(SELECT m.id, m.community_id, m.day, (SELECT jsonb_agg("
        f"{LINE} ORDER BY a.order) FROM governance_agendaitem a WHERE a.meeting_id = m.id) AS content "
        f"FROM w_meeting m WHERE m.state NOT IN ('planned', 'draft')) m {both}",
        community_id="community_id", meeting_id="id", version="1", is_public="is_public", content="content",
        recipients="12", at="day - interval '7 days'",
    )  # fmt: skip
    layer.lay(
        MinutesVersion, "(SELECT m.id, m.community_id, m.day, jsonb_build_object('day', m.day, 'body', b.name, "
        "'starts', '12.00', 'ends', '15.00', 'place', 'Rådhuset', 'title', 'Referat', 'language', 'nb', 'community', "
        f"'Helsefellesskapet', 'attendance', {ATTENDANCE}, 'composition', {COMPOSITION}, 'items', (SELECT jsonb_agg({OF_MINUTES} ORDER BY a.order) "
        "FROM governance_agendaitem a LEFT JOIN governance_decision d ON d.item_id = a.id LEFT JOIN LATERAL "
        "(SELECT text FROM governance_minutetext x WHERE x.item_id = a.id AND part = 'minutes' LIMIT 1) said ON true "
        "WHERE a.meeting_id = m.id)) AS content FROM w_meeting m JOIN w_body w ON w.id = m.body_id "
        f"JOIN directory_body b ON b.id = w.id WHERE m.i >= 1) m {both}",
        community_id="community_id", minutes_id="id", version="1", is_public="is_public", content="content",
        sha256="repeat(md5(id::text), 2)", at="day + interval '5 days'",
    )  # fmt: skip


def _lay_open(layer: Layer) -> None:
    """What is open, once."""
    from samspill.governance.models import OpenEntry

    own = {"community_id": "x.community_id", "thing_id": "x.id", "language": "'nb'"}
    late = "(f.state NOT IN ('completed', 'replaced', 'dropped'))"
    layer.lay(
        OpenEntry, "governance_decision x JOIN governance_agendaitem a ON a.id = x.item_id JOIN directory_body b ON "
        "b.id = x.body_id CROSS JOIN LATERAL (SELECT string_agg(p.text, ' ' ORDER BY p.order) AS text, "
        f"min(f.due) FILTER (WHERE {late}) AS due, count(f.id) AS owed, count(f.id) FILTER (WHERE {late}) AS waits "
        "FROM governance_decisionpoint p LEFT JOIN governance_followup f ON f.point_id = p.id WHERE p.decision_id = x.id) s "
        "WHERE x.is_open AND x.id >= 3000000", **own, kind="'decision'", body_id="x.body_id", case_id="x.case_id",
        meeting_id="a.meeting_id", day="x.decided_on", title="a.public_title", plain="x.plain",
        text="concat_ws(E'\\n', a.number || '/' || mod(a.year, 100), b.name, s.text)", due="s.due",
        carried="CASE WHEN s.owed = 0 THEN 'nothing' WHEN s.waits = 0 THEN 'done' WHEN s.waits < s.owed THEN 'under_way' "
                "ELSE 'not_begun' END",
        parties="ARRAY(SELECT DISTINCT party_id FROM governance_decisionparty y JOIN governance_decisionpoint p ON "
                "p.id = y.point_id WHERE p.decision_id = x.id ORDER BY 1)",
    )  # fmt: skip
    layer.lay(
        OpenEntry, "governance_case x JOIN w_case w USING (id) JOIN governance_casebrief b ON b.case_id = x.id "
        "JOIN governance_casegist g ON g.case_id = x.id WHERE x.is_open", **own, kind="'case'", body_id="w.body_id", case_id="x.id",
        day="coalesce(w.day, x.reported_at::date)", title="x.title", plain="g.question",
        text="concat_ws(E'\\n', x.year || '/' || x.number, x.concerns, g.summary, (SELECT string_agg(part->>'text', E'\\n') "
             "FROM jsonb_array_elements(b.content) AS part))",
        parties="ARRAY(SELECT DISTINCT party_id FROM governance_decisionparty y JOIN governance_decisionpoint p ON "
                "p.id = y.point_id WHERE p.decision_id = x.id ORDER BY 1)",
    )  # fmt: skip
    layer.lay(
        OpenEntry, "w_meeting x JOIN directory_body b ON b.id = x.body_id WHERE x.state NOT IN ('planned', 'draft')",
        **own, kind="'meeting'", body_id="x.body_id", meeting_id="x.id", day="x.day", title="b.name || ', ' || x.day",
        text="b.name || E'\\nRådhuset\\n' || (SELECT string_agg(a.public_title, E'\\n' ORDER BY a.order) "
             "FROM governance_agendaitem a WHERE a.meeting_id = x.id)",
    )  # fmt: skip
    layer.lay(
        OpenEntry, "w_meeting x JOIN directory_body b ON b.id = x.body_id WHERE x.i >= 1",
        **own, kind="'minutes'", body_id="x.body_id", meeting_id="x.id", day="x.day",
        title="'Referat: ' || b.name || ', ' || x.day",
        text="(SELECT string_agg(concat_ws(E'\\n', a.public_title, t.text), E'\\n') FROM governance_agendaitem a LEFT JOIN "
             "governance_minutetext t ON t.item_id = a.id AND part = 'minutes' WHERE a.meeting_id = x.id)",
    )  # fmt: skip
    layer.lay(
        OpenEntry, "governance_paper x JOIN w_case w ON w.id = x.case_id JOIN governance_case c ON c.id = x.case_id "
        "WHERE x.is_open", **own, kind="'paper'", body_id="w.body_id", case_id="x.case_id",
        day="coalesce(w.day, %(today)s) - 20", title="x.title", text="c.title",
    )  # fmt: skip


def _lay_search(layer: Layer) -> None:
    from samspill.directory.public import SearchEntry

    layer.lay(
        SearchEntry, "governance_case x JOIN governance_casegist g ON g.case_id = x.id WHERE x.id >= 3000000",
        community_id="x.community_id", kind="'governance.case'", thing_id="x.id",
        title="CASE x.access WHEN 'public' THEN title ELSE public_title END", is_open="is_open",
        text="CASE x.access WHEN 'public' THEN concat_ws(E'\\n', x.year || '/' || x.number, asks, concerns, question, "
             "summary) ELSE '' END",
    )  # fmt: skip
    layer.lay(
        SearchEntry, "governance_decision x JOIN governance_case c ON c.id = x.case_id JOIN directory_body b ON "
        "b.id = x.body_id WHERE x.id >= 3000000", community_id="x.community_id", kind="'governance.decision'",
        thing_id="x.id", title="c.title", is_open="x.is_open",
        text="concat_ws(E'\\n', x.plain, (SELECT string_agg(p.text, E'\\n') FROM governance_decisionpoint p "
             "WHERE p.decision_id = x.id), b.name)",
    )  # fmt: skip
    layer.lay(
        SearchEntry, "governance_followup x JOIN governance_decisionpoint p ON p.id = x.point_id JOIN "
        "governance_decision d ON d.id = p.decision_id WHERE x.id >= 3000000", community_id="x.community_id",
        kind="'governance.follow_up'", thing_id="x.id", title="left(p.text, 500)", text="p.text", is_open="d.is_open",
    )  # fmt: skip
    # Laid in without triggers, so the words of the titles are gathered afterwards.
    layer.run("SELECT renew_open_search_words()")
    layer.run("SELECT renew_search_words(id) FROM directory_community")


def _lay_log(layer: Layer) -> None:
    """Who did what, in the order it happened: eleven acts for each decided case, three for each meeting."""
    from samspill.directory.public import AuditEvent

    acts = "(VALUES ('case.report', 60), ('case.take_up', 58), ('case.change', 57), ('case.begin', 56), " \
           "('case.ready', 30), ('case.freeze', 7)) AS acts (act, before)"  # fmt: skip
    said = {"community_id": "x.community_id", "act": "act", "by_name": "'Anne Aas'"}
    layer.run(
        "CREATE TEMP TABLE w_act AS "
        "SELECT x.community_id, act, 'governance.case' AS kind, x.id, c.title, coalesce(x.day, %(today)s) - before AS day "
        f"FROM w_case x JOIN governance_case c USING (id) CROSS JOIN {acts} UNION ALL "
        "SELECT community_id, act, 'governance.meeting', id, 'Møte', day - before FROM w_meeting x CROSS JOIN "
        "(VALUES ('meeting.call', 7), ('meeting.start', 0), ('meeting.close', 0)) AS acts (act, before) WHERE x.i >= 1 "
        "UNION ALL SELECT community_id, 'decision.make', 'governance.decision', id, plain, decided_on "
        "FROM governance_decision WHERE id >= 3000000 UNION ALL "
        "SELECT r.community_id, 'follow_up.report', 'governance.followup', follow_up_id, sentence, at::date "
        "FROM governance_followupreport r WHERE follow_up_id >= 3000000"
    )
    layer.lay(AuditEvent, "(SELECT * FROM w_act WHERE day < %(today)s ORDER BY day) x", **said, on_kind="kind",
              on_id="x.id", on_title="left(x.title, 300)", at="x.day + interval '9 hours'")  # fmt: skip
