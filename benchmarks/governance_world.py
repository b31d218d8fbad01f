# ruff: noqa: E501, S106, S608  statements of our own, without anything anybody typed; cut up they are not read
"""Nineteen communities, a thousand bodies and ten years of meetings, laid in row by row of each table.

Here: who there is, where they sit, and when they meet. What is treated there is `governance_cases`. Numbers of
rows say what they are (`BODY`, `MEETING` …), so that one statement can point at what another one made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.installation import database_copy

if TYPE_CHECKING:
    from samspill.config.main import Installation

DATABASE = "samspill_governance"
BODIES, BIG, PEOPLE = (
    1000,
    8,
    260,
)  # BIG bodies of a community meet every second month, the others twice a year
CALLED, SEATS, FEW = 60, 14, 6  # seats of the first body, of the other big ones, and of the rest
YEARS, APART, SELDOM = 10, 61, 182  # days between meetings
ABOUT = (
    "felles kveldspatrulje", "digital hjemmeoppfølging", "rutine for utskrivning", "legemiddelgjennomgang",
    "plan for rekruttering", "kjernejournal", "tilbud på samisk", "samhandlingsmidler", "styringsdata",
    "forebygging av fall", "dialogmøte med fastleger", "svangerskapsomsorg", "sykehjemslege", "ambulanse",
)  # fmt: skip
FIRST = ("Anne", "Bjørn", "Cecilie", "Dag", "Eli", "Frode", "Grete", "Håkon", "Inger", "Jørn", "Kari", "Liv")
LAST = ("Aas", "Berg", "Dale", "Eide", "Foss", "Grøtte", "Haug", "Lie", "Moen", "Nes", "Ødegård", "Vik")


class Layer:
    """Puts rows into tables by statements of PostgreSQL, as a role that no policy holds."""

    def __init__(self, connection: Any, today: date) -> None:
        self.connection, self.today = connection, today
        self.cursor = connection.cursor()
        # A trigger for each of two million rows would take half an hour; history is laid in by the table.
        self.run("SET session_replication_role = replica")

    def run(self, statement: str, **values: object) -> None:
        self.cursor.execute(statement, {"today": self.today, **values})

    def lay(self, model: Any, source: str, **columns: str) -> None:
        """A row of the model for each of `source`; columns not given get what the model would give them."""
        names, said, values = [], [], {}
        for field in model._meta.concrete_fields:
            if field.generated or (field.primary_key and "id" not in columns):
                continue
            names.append(f'"{field.column}"')
            if field.column in columns:
                said.append(columns[field.column])
            else:
                values[field.column] = field.get_db_prep_save(field.get_default(), self.connection)
                said.append(f"%({field.column})s")
        table = model._meta.db_table
        laid = f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(said)} FROM {source}"
        if hasattr(model, "pgh_event_model"):
            laid = f"WITH made AS ({laid} RETURNING *) {self._history(model)}"
        self.run(laid, **values)
        if "id" in columns:
            self.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")

    def _history(self, model: Any) -> str:
        """The row that the trigger would write for each new one, of those `made`."""
        event = model.pgh_event_model._meta
        own = {field.column for field in model._meta.concrete_fields}
        kept = ", ".join(f'"{one.column}"' for one in event.concrete_fields if one.column in own)
        said = (
            "INTO {0} (pgh_created_at, pgh_label, pgh_obj_id, {1}) SELECT now(), 'insert', id, {1} FROM made"
        )
        return f"INSERT {said.format(event.db_table, kept)}"


def word(words: tuple[str, ...], number: str) -> str:
    """SQL for one of the words, taken in turn."""
    listed = ", ".join(f"'{one}'" for one in words)
    return f"(ARRAY[{listed}])[1 + mod(({number})::int, {len(words)})]"


@contextmanager
def filled(runtime: "Installation", seed: int, today: date) -> Iterator[None]:
    """The demonstration and the world beside it in a copy of the database, which everything reads meanwhile."""
    from django.db import connection, connections

    from benchmarks.governance_cases import lay_cases
    from benchmarks.governance_index import lay_index
    from samspill.directory.public import sync_register

    sync_register(today=today)
    database_copy(runtime, DATABASE)
    manager = runtime.dsn("backup")
    whole = {"NAME": DATABASE, "USER": manager["user"], "PASSWORD": manager["password"]}
    connections.databases[DATABASE] = {**connections.databases["default"], **whole}
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    try:
        runtime.load_demonstration(seed, lambda _line: None)
        layer = Layer(connections[DATABASE], today)
        for lay in (lay_bodies, lay_seats, lay_meetings, lay_cases, lay_index):
            lay(layer)
        layer.run("VACUUM ANALYZE")
        connections[DATABASE].close()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def lay_bodies(layer: Layer) -> None:
    """Bodies with a mandate and a rule, and people with an account and a role for a party."""
    from samspill.directory.public import Body
    from samspill.governance.models import Mandate, RepresentationRule, SeatRule

    layer.run("CREATE TEMP TABLE w_community AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS c, "
              "count(*) OVER () AS of FROM directory_community")  # fmt: skip
    layer.run(
        "CREATE TEMP TABLE w_party AS SELECT id, community_id, kind, "
        "row_number() OVER (PARTITION BY community_id, kind ORDER BY id) - 1 AS n, "
        'count(*) OVER (PARTITION BY community_id, kind) AS of FROM directory_party WHERE "left" IS NULL'
    )
    layer.run(
        "CREATE TEMP TABLE w_body AS SELECT 1000000 + c * 100 + rank AS id, id AS community_id, c, rank, "
        f"CASE WHEN rank = 1 THEN {CALLED} WHEN rank <= {BIG} THEN {SEATS} ELSE {FEW} END AS seats "
        "FROM w_community, generate_series(1, 99) AS rank "
        f"WHERE rank <= {BODIES} / of + CASE WHEN c < mod({BODIES}, of) THEN 1 ELSE 0 END"
    )
    layer.lay(
        Body, "w_body", id="id", community_id="community_id", starts="%(today)s - 4000",
        kind=f"CASE WHEN rank <= {BIG} THEN 'professional' WHEN mod(rank, 3) = 0 THEN 'network' "
             "ELSE 'subcommittee' END",
        name=f"'Utvalg for ' || {word(ABOUT, 'rank')} || ' ' || rank", short_name="'U' || rank",
        parent_id="NULL::bigint",
    )  # fmt: skip
    own = {"id": "id", "community_id": "community_id", "body_id": "id", "from_day": "%(today)s - 4000"}
    layer.lay(
        Mandate, "w_body", **own, version="1", authority=f"CASE WHEN rank <= {BIG} THEN 'binding' ELSE 'advisory' END",
        purpose="'Finne gode løsninger sammen for dem som trenger tjenester fra begge.'",
        review_on="%(today)s + 10 * mod(rank, 70)::int",
    )  # fmt: skip
    layer.lay(RepresentationRule, "w_body", **own, decision_method="'consensus'", chair_months="24",
              chair_begins="'municipal'")  # fmt: skip
    layer.lay(
        SeatRule, "w_body, (VALUES (0, 'hospital'), (1, 'municipal')) AS side (place, bloc)",
        id="id * 10 + place", community_id="community_id", rule_id="id", represents="'bloc'", bloc="bloc",
        seats="seats / 2", order="place",
    )  # fmt: skip


def lay_seats(layer: Layer) -> None:
    """Accounts, and two terms in each seat: five years ago others sat there, without an account."""
    from samspill.directory.public import Account, Membership, Person
    from samspill.governance.models import Seat, Tenure

    layer.run(
        "CREATE TEMP TABLE w_person AS SELECT 2000000 + c * 1000 + j AS id, w.id AS community_id, j, "
        f"{word(FIRST, 'j')} || ' ' || {word(LAST, 'j / 12 + c')} AS name, party.id AS party_id "
        f"FROM w_community w CROSS JOIN generate_series(0, {PEOPLE - 1}) AS j "
        "JOIN w_party party ON party.community_id = w.id AND party.kind = 'municipality' AND party.n = mod(j, party.of)"
    )
    layer.lay(Person, "w_person", id="id", community_id="community_id", name="name",
              email="'p' || id || '@bench.example'")  # fmt: skip
    layer.lay(Account, "w_person", id="id", email="'p' || id || '@bench.example'", name="name", person_id="id",
              password="'!'", session_stamp="gen_random_uuid()", feed_token="md5(id::text)")  # fmt: skip
    layer.lay(Membership, "w_person", id="id", community_id="community_id", account_id="id", role="'member'",
              party_id="party_id", from_day="%(today)s - 900")  # fmt: skip
    layer.run(
        "CREATE TEMP TABLE w_seat AS SELECT b.id * 100 + k AS id, b.id AS body_id, b.community_id, b.rank, k, "
        "CASE WHEN k >= 12 AND b.rank > 1 THEN '' WHEN mod(k, 2) = 0 THEN 'hospital' ELSE 'municipal' END AS bloc, "
        f"2000000 + b.c * 1000 + mod(k + CASE WHEN b.rank = 1 THEN 0 ELSE b.rank * 7 END, {PEOPLE}) AS person_id "
        "FROM w_body b, generate_series(0, b.seats - 1) AS k"
    )
    seat = (
        "w_seat s LEFT JOIN w_party p ON s.bloc = 'municipal' AND p.kind = 'municipality' "
        "AND p.community_id = s.community_id AND p.n = mod(s.k / 2, p.of)"
    )
    layer.lay(
        Seat, seat, id="s.id", community_id="s.community_id", body_id="s.body_id", order="s.k", bloc="s.bloc",
        represents="CASE s.bloc WHEN '' THEN 'organisation' WHEN 'hospital' THEN 'bloc' ELSE 'party' END",
        party_id="p.id", label="CASE s.bloc WHEN '' THEN 'Observatør ' || s.k ELSE '' END",
        may_vote="s.bloc <> ''", seat_rule_id="CASE s.bloc WHEN '' THEN NULL WHEN 'hospital' THEN s.body_id * 10 "
        "ELSE s.body_id * 10 + 1 END", from_day="%(today)s - 4000",
    )  # fmt: skip
    role = ("CASE WHEN s.bloc = '' THEN 'observer' WHEN k = 0 THEN 'chair' WHEN k = 1 THEN 'deputy_chair' "
            "ELSE 'member' END")  # fmt: skip
    layer.lay(
        Tenure, "w_seat s JOIN w_person p ON p.id = s.person_id", id="s.id * 10 + 1", community_id="s.community_id",
        seat_id="s.id", person_id="p.id", name="p.name", role=role, from_day="%(today)s - 900",
    )  # fmt: skip
    layer.lay(
        Tenure, "w_seat s", id="s.id * 10", community_id="s.community_id", seat_id="s.id", role=role,
        name=f"{word(FIRST, 's.id')} || ' ' || {word(LAST, 's.id / 7')}",
        from_day="%(today)s - 4000", to_day="%(today)s - 900",
    )  # fmt: skip


def lay_meetings(layer: Layer) -> None:
    """`i` counts meetings of a body backwards: 0 is the next, 1 the last that was held."""
    from samspill.governance.models import Attendance, Meeting, MeetingPlan, Minutes

    layer.run(
        "CREATE TEMP TABLE w_meeting AS SELECT b.id * 100 + i + 2 AS id, b.id AS body_id, b.community_id, b.rank, i, "
        f"%(today)s + CASE WHEN rank <= {BIG} THEN 10 - i * {APART} ELSE 20 - i * {SELDOM} END AS day, "
        "CASE WHEN i < 0 THEN 'planned' WHEN i = 0 THEN CASE WHEN rank <= {0} THEN 'called' ELSE 'draft' END "
        "WHEN i = 1 THEN 'minutes_out' ELSE 'minutes_approved' END AS state "
        "FROM w_body b, generate_series(-2, CASE WHEN rank <= {0} THEN {1} ELSE {2} END) AS i".format(
            BIG, YEARS * 365 // APART - 1, YEARS * 365 // SELDOM - 1
        )
    )
    layer.run("CREATE INDEX ON w_meeting (id); ANALYZE w_meeting")
    numbered = (
        "(SELECT *, CASE WHEN state IN ('planned', 'draft') THEN NULL ELSE row_number() OVER "
        "(PARTITION BY body_id, extract(year FROM day) ORDER BY day) END AS number FROM w_meeting) m"
    )
    layer.lay(
        Meeting, numbered, id="id", community_id="community_id", body_id="body_id", state="state", day="day",
        starts="'12:00'::time", ends="'15:00'::time", place="'Rådhuset, møterom 2'", number="number",
        report_by="day - 28", brief_by="day - 14", notice_by="day - 7", minutes_by="day + 7",
        remarks_by="day + 21", agenda_version="CASE WHEN number IS NULL THEN 0 ELSE 1 END",
    )  # fmt: skip
    layer.lay(
        MeetingPlan, "(SELECT DISTINCT body_id, community_id, extract(year FROM day)::int AS year FROM w_meeting) m",
        community_id="community_id", body_id="body_id", year="year", place="'Rådhuset'",
    )  # fmt: skip
    layer.lay(
        Attendance,
        "w_meeting m JOIN w_seat s USING (body_id) JOIN governance_tenure t ON t.seat_id = s.id "
        "AND t.from_day <= m.day AND (t.to_day IS NULL OR t.to_day > m.day) WHERE m.state NOT IN ('planned', 'draft')",
        community_id="m.community_id", meeting_id="m.id", seat_id="s.id", tenure_id="t.id",
        answer="CASE WHEN m.i = 0 AND mod(s.k, 3) = 0 THEN 'none' WHEN mod(s.k, 7) = 5 THEN 'no' ELSE 'yes' END",
        presence="CASE WHEN m.i = 0 THEN '' WHEN mod(s.k, 7) = 5 THEN 'absent' ELSE 'present' END",
    )  # fmt: skip
    layer.lay(
        Minutes, "w_meeting m WHERE m.i >= 1", id="m.id", community_id="m.community_id", meeting_id="m.id",
        state="CASE WHEN m.i = 1 THEN 'out' ELSE 'approved' END", sent_on="m.day + 5", remarks_by="m.day + 21",
        approved_on=f"CASE WHEN m.i > 1 THEN m.day + CASE WHEN rank <= {BIG} THEN {APART} ELSE {SELDOM} END END",
        sha256="CASE WHEN m.i > 1 THEN repeat(md5(m.id::text), 2) ELSE '' END",
    )  # fmt: skip
