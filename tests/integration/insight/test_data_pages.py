"""The pages of data: everybody reads what is in use and from where; keepers bring in, look at and take."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries, Settings

from factories.people import member
from integration.insight.data_files import FAULTY, MENDED, NOW, SAMSPILL, kept, places, version_of
from samspill.insight.models import DataPack, DataSet, DataVersion
from samspill.insight.public import take_in_use, version_in_use
from unit.analysis.intake.made_files import GOOD, HEADER, MAPPING

pytestmark = pytest.mark.django_db
LIST = "/tall/data/"


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


def signed_in(role: str) -> Client:
    account = member("ostfold", role)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def analyst() -> Client:
    return signed_in("analyst")


@pytest.fixture
def visitor() -> Iterator[Client]:
    yield Client()


def sent(client: Client, rows: tuple[str, ...], **said: str) -> str:
    """The address where the file that was sent is looked at."""
    content = "\n".join([HEADER, *rows]).encode()
    file = SimpleUploadedFile("plasser 2025.csv", content, "text/csv")
    answer = client.post("/tall/data/inn/", {"file": file, **said})
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return str(answer["Location"])


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_what_is_in_use_from_where_and_when(
    visitor: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    with django_assert_max_num_queries(10):
        page = text_of(visitor, LIST)
    for told in (
        "Plasser i kommunene",
        "I bruk",
        "2024–2025",
        "Kommunene selv, NLOD 2.0",
        "22. november 2026",
    ):
        assert told in page
    assert "Hent inn en fil" not in page
    with django_assert_max_num_queries(12):
        page = text_of(visitor, "/tall/data/places/")
    assert "Versjon 1: I bruk" in page
    assert "Samspill tok" not in page
    assert "Trekk tilbake" not in page


def test_the_pack_that_stands_is_in_the_same_list(visitor: Client, figures: DataPack) -> None:
    assert f"Datapakke: {figures.name}" in text_of(visitor, LIST)


def test_a_source_that_is_away_is_told_of(visitor: Client, tmp_path: Path) -> None:
    version_of(places(), GOOD, tmp_path)
    DataSet.objects.update(last_asked=NOW + timedelta(days=1), last_refusal="data.ssb.no did not answer")
    page = text_of(visitor, LIST)
    assert "Sist hentet 22. november 2026. Kilden svarte ikke 23. november 2026" in page


def test_a_file_is_sent_looked_at_brought_in_and_taken(analyst: Client, home: Path) -> None:
    look = sent(analyst, GOOD)
    page = text_of(analyst, look)
    assert "Slik forstås plasser 2025.csv" in page
    assert "<td>1460</td>" in page
    mapping = MAPPING.strip()
    answer = analyst.post(
        look, {"mapping": mapping, "data_set": "", "title": "Plasser", "source": "Kommunene"}
    )
    assert answer.status_code == 303, answer.content.decode()[:4000]
    version = DataVersion.objects.get()
    assert (version.state, version.file_name, str(version)) == ("checked", "plasser 2025.csv", "plasser 1")
    assert "Ta i bruk" in text_of(analyst, answer["Location"])
    act = reverse("insight:data-act", args=["plasser", 1])
    assert analyst.post(act, {"gjor": "ta-i-bruk"}).status_code == 303
    assert version_in_use("places") == version
    assert all("incoming" not in path for path in kept(home))


def test_a_faulty_file_gives_a_report_on_the_page_and_as_a_table(analyst: Client) -> None:
    look = sent(analyst, FAULTY)
    assert "Verdien er ingen av" in text_of(analyst, look)
    answer = analyst.post(
        look, {"mapping": MAPPING, "data_set": "", "title": "Plasser", "source": "Kommunene"}
    )
    page = text_of(analyst, answer["Location"])
    assert "Ingenting av filen er brukt" in page
    for told in ("Avvist: Verdien er under 0", "rad 5", "«-44»", "Kommunenr: Det er ingen kommune", "«9999»"):
        assert told in page
    report = analyst.get(reverse("insight:data-faults", args=["plasser", 1])).content.decode("utf-8-sig")
    assert "Verdien er under 0;Avvist;5;'-44;1" in report
    act = reverse("insight:data-act", args=["plasser", 1])
    refused = analyst.post(act, {"gjor": "ta-i-bruk"})
    assert refused.status_code == 422


def test_the_difference_is_on_the_page_before_it_is_taken(analyst: Client, tmp_path: Path) -> None:
    data_set = places()
    take_in_use(version_of(data_set, GOOD, tmp_path), by=SAMSPILL)
    second = version_of(data_set, MENDED, tmp_path)
    assert Client().get("/tall/data/places/2/").status_code == 404
    assert "Versjon 1: I bruk" in text_of(Client(), "/tall/data/places/")
    page = text_of(analyst, "/tall/data/places/2/")
    assert "Dette endrer den fra places 1" in page
    assert "2025, 3103, kad" in page
    take_in_use(second, by=SAMSPILL)
    assert "2025, 3103, kad" not in text_of(Client(), "/tall/data/places/2/")
    assert Client().get("/tall/data/places/2/feil.csv").status_code == 302


def test_a_mapping_can_be_changed_and_looked_at_again(analyst: Client) -> None:
    look = sent(analyst, GOOD)
    wrong = analyst.post(look, {"mapping": MAPPING.replace("table: places", "table: beds"), "se": "1"})
    assert wrong.status_code == 422
    right = analyst.post(look, {"mapping": MAPPING, "se": "1"})
    assert right.status_code == 200
    assert not DataVersion.objects.exists()
    lacks = analyst.post(look, {"mapping": MAPPING, "data_set": "", "title": "", "source": ""})
    assert lacks.status_code == 422


def test_a_file_is_looked_at_by_the_one_who_sent_it_alone(analyst: Client) -> None:
    look = sent(analyst, GOOD)
    assert signed_in("secretariat").get(look).status_code == 404
    assert analyst.get("/tall/data/inn/..%2f..%2fetc/").status_code == 404


def test_rows_about_persons_are_not_brought_in_by_a_page(analyst: Client) -> None:
    header = "year,area,sex,age,person,service,contacts,days"
    file = SimpleUploadedFile("kpr.csv", f"{header}\n2024,3101,K,80,1,kad,1,2\n".encode())
    look = analyst.post("/tall/data/inn/", {"file": file})["Location"]
    answer = analyst.get(look)
    assert answer.status_code == 422
    assert "samspill data take" in answer.content.decode()
    assert "<td>3101</td>" not in answer.content.decode()


@pytest.mark.parametrize(("name", "size"), [("plan.pdf", 10), ("stor.csv", 50_000_001)])
def test_a_file_that_cannot_be_read_here_is_refused_at_its_field(
    analyst: Client, name: str, size: int
) -> None:
    file = SimpleUploadedFile(name, b"x" * size)
    assert analyst.post("/tall/data/inn/", {"file": file}).status_code == 422


def test_who_keeps_no_data_can_neither_send_nor_take(tmp_path: Path) -> None:
    version_of(places(), GOOD, tmp_path)
    member_ = signed_in("member")
    act = reverse("insight:data-act", args=["places", 1])
    assert member_.get("/tall/data/inn/").status_code == 403
    assert member_.post(act, {"gjor": "ta-i-bruk"}).status_code == 403
    assert Client().post(act, {"gjor": "ta-i-bruk"}).status_code == 302
    assert version_in_use("places") is None


def test_a_version_is_withdrawn_with_a_reason_and_refused_without_one(
    analyst: Client, tmp_path: Path
) -> None:
    take_in_use(version_of(places(), GOOD, tmp_path), by=SAMSPILL)
    act = reverse("insight:data-act", args=["places", 1])
    assert analyst.post(act, {"gjor": "trekk", "fordi": ""}).status_code == 422
    assert analyst.post(act, {"gjor": "trekk", "fordi": "Feil kilde."}).status_code == 303
    assert "Feil kilde." in text_of(Client(), "/tall/data/places/")
    assert analyst.post(act, {"gjor": "slett"}).status_code == 404


def test_a_long_file_is_checked_in_the_background_and_the_page_waits(
    analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samspill.insight.views.data_acts.LONG_BYTES", 10)
    look = sent(analyst, GOOD)
    answer = analyst.post(
        look, {"mapping": MAPPING, "data_set": "", "title": "Plasser", "source": "Kommunene"}
    )
    assert "Hver rad blir sjekket" in text_of(analyst, answer["Location"])
    assert ProcrastinateJob.objects.filter(task_name="insight.check_data").count() == 1
    from samspill.insight.jobs_data import check_in_background

    check_in_background(version_id=DataVersion.objects.get().pk)
    assert "Det er ikke noe galt med den" in text_of(analyst, answer["Location"])


def test_a_source_is_asked_from_its_page(analyst: Client, tmp_path: Path) -> None:
    DataSet.objects.create(
        key="folk",
        table="population",
        titles={"nb": "Folk"},
        source="SSB",
        origin="connector",
        question={"a": 1},
    )
    assert "Spør kilden nå" in text_of(analyst, "/tall/data/folk/")
    assert analyst.post("/tall/data/folk/hent/").status_code == 303
    assert ProcrastinateJob.objects.filter(task_name="insight.refresh_one_data_set").count() == 1
