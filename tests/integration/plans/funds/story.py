"""A fund call step by step, so that each test begins where its own question does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from factories.people import TODAY, member
from samspill.directory.public import (
    Actor,
    Body,
    Community,
    Membership,
    Party,
    PartyKind,
    acting_as,
    add_body,
    machine,
    scope,
)
from samspill.plans.actions.funds.applications import begin, save, submit
from samspill.plans.actions.funds.awarding import accept, decide
from samspill.plans.actions.funds.calls import announce, appoint, close_call, save_call, save_scheme
from samspill.plans.actions.funds.checking import check_formally
from samspill.plans.actions.funds.consents import answer_consent, ask_consent
from samspill.plans.actions.funds.reviewing import recommend, save_scores
from samspill.plans.actions.funds.starting import start
from samspill.plans.models import Application, Award, Call, Endorsement, FundScheme, Plan
from samspill.plans.queries.funds.reviews import scored_criteria
from samspill.plans.rules.funds.budget import Line

CRITERIA = [
    {"kind": "formal", "name": "Innen formålet", "explanation": "", "points": 0, "weight": 0},
    {"kind": "scored", "name": "Behov", "explanation": "", "points": 5, "weight": 2},
    {"kind": "scored", "name": "Overføringsverdi", "explanation": "", "points": 5, "weight": 1},
]
TITLE = "Kveldspatrulje på tvers"
TEXTS = {
    "title": TITLE,
    "contact_name": "Eva Lind",
    "contact_email": "eva@example.no",
    "need": "Åtte av ti skrøpelige eldre legges inn om kvelden.",
    "work": "Halden og sykehuset kjører ut sammen fire kvelder i uken.",
    "patient_groups": ["eldre_skropelig"],
    "effect": "Færre innleggelser om kvelden.",
    "transfer_value": "Vaktplanen og opplæringen kan brukes av alle.",
    "starts": date(2027, 1, 1),
    "ends": date(2028, 6, 30),
}


class Story:
    """Who takes part, and a call to apply for."""

    def __init__(self, secretariat: Actor) -> None:
        self.secretariat = secretariat
        community = Community.objects.get(pk=secretariat.community_id)
        with scope(machine(community.pk, TODAY)):
            self.body = Body.objects.filter(community=community, short_name="SSU").first() or add_body(
                community=community,
                kind="strategic",
                name="Strategisk samarbeidsutvalg",
                short_name="SSU",
                by=machine(community.pk, TODAY),
            )
            parties = Party.objects.filter(community=community, left__isnull=True)
            self.halden = parties.get(name__startswith="Halden")
            self.moss = parties.get(name__startswith="Moss")
            self.hospital = parties.filter(kind=PartyKind.HEALTH_TRUST)[0]
        self.eva = self.person("Eva Lind", "director", self.halden)
        self.jon = self.person("Jon Berg", "director", self.hospital)
        self.mona = self.person("Mona Strand", "director", self.moss)
        self.reviewer = self.person("Pål Vik", "observer", None)
        self.scheme = self.make_scheme()
        self.call = self.make_call()

    def person(self, name: str, role: str, party: Party | None) -> Actor:
        email = f"{name.split()[0].lower().replace('å', 'a')}@example.no"
        account = member("ostfold", role, name=name, email=email)
        with scope(machine(self.secretariat.community_id, TODAY)):
            Membership.objects.filter(account=account).update(party=party)
        return acting_as(account, today=TODAY)

    def make_scheme(self) -> FundScheme:
        with scope(self.secretariat):
            return save_scheme(
                None,
                name="Samhandlingsmidler",
                purpose="Prøve ut noe nytt sammen.",
                decided_by=self.body,
                municipalities_needed=1,
                criteria=CRITERIA,
                by=self.secretariat,
            )

    def make_call(self, frame: int = 2_000_000) -> Call:
        with scope(self.secretariat):
            call = save_call(
                None,
                scheme=self.scheme,
                title="Samhandlingsmidler 2027",
                text="Til dere som vil prøve noe sammen.",
                frame_nok=frame,
                opens=TODAY,
                closes=TODAY + timedelta(days=60),
                decides_by=TODAY + timedelta(days=120),
                by=self.secretariat,
            )
            return announce(call, by=self.secretariat)

    def budget(self, grant: int = 800_000, halden: int = 150_000, hospital: int = 50_000) -> list[Line]:
        """All in 2027."""
        return [
            Line(2027, "cost", grant + halden + hospital, label="Lønn"),
            Line(2027, "grant", grant),
            *([Line(2027, "party", halden, self.halden.pk)] if halden else []),
            *([Line(2027, "party", hospital, self.hospital.pk)] if hospital else []),
        ]

    def draft(
        self, title: str = "Kveldspatrulje på tvers", lines: Iterable[Line] | None = None
    ) -> Application:
        """Written whole by Halden, with its budget; nobody is asked yet."""
        with scope(self.eva):
            made = begin(self.call, applicant=self.halden, title=title, by=self.eva)
            return save(
                made,
                values={**TEXTS, "title": title},
                lines=self.budget() if lines is None else lines,
                version=made.version,
                by=self.eva,
            )

    def ask(self, application: Application, *parties: Party) -> dict[int, Endorsement]:
        """Halden and the hospital are asked, or those given; by party."""
        wanted = parties or (self.halden, self.hospital)
        with scope(self.eva):
            asked = ask_consent(application, parties=[one.pk for one in wanted], by=self.eva)
        return {one.party_id: one for one in asked}

    def answer(self, endorsement: Endorsement, who: Actor, answer: str = "yes", words: str = "") -> None:
        with scope(who):
            answer_consent(endorsement, answer=answer, words=words, by=who)

    def endorsed(self, **kwargs: object) -> Application:
        application = self.draft(**kwargs)  # type: ignore[arg-type]
        asked = self.ask(application)
        self.answer(asked[self.halden.pk], self.eva)
        self.answer(asked[self.hospital.pk], self.jon)
        return self.fresh(application)

    def submitted(self, **kwargs: object) -> Application:
        application = self.endorsed(**kwargs)
        with scope(self.eva):
            return submit(application, by=self.eva)

    def in_review(self, **kwargs: object) -> Application:
        application = self.submitted(**kwargs)
        with scope(self.secretariat):
            appoint(self.call, account_id=self.reviewer.account_id or 0, by=self.secretariat)
            criteria = self.call.criteria.filter(kind="formal")
            check_formally(
                application,
                met={one.pk: True for one in criteria},
                words={},
                missing="",
                correct_by=None,
                by=self.secretariat,
            )
        return self.fresh(application)

    def scores(self, application: Application, points: int = 4, who: Actor | None = None) -> None:
        by = who or self.reviewer
        with scope(by):
            given = {one.pk: (points, "Godt begrunnet.") for one in scored_criteria(self.call.pk)}
            save_scores(application, given=given, by=by)

    def recommended(self, kind: str = "whole", nok: int = 0, **kwargs: object) -> Application:
        application = self.in_review(**kwargs)
        self.scores(application)
        with scope(self.secretariat):
            left_out = "Ett årsverk mindre." if kind == "part" else ""
            recommend(
                application, kind=kind, nok=nok, words="God plan.", left_out=left_out, by=self.secretariat
            )
        return self.fresh(application)

    def close(self) -> None:
        with scope(self.secretariat):
            self.call = close_call(self.call, by=self.secretariat)

    def decide(self, application: Application, kind: str = "whole", nok: int = 0, **words: str) -> Award:
        said = {"words": "", "left_out": "", **words}
        with scope(self.secretariat):
            return decide(
                self.fresh(application), kind=kind, nok=nok, decided_on=TODAY, by=self.secretariat, **said
            )

    def awarded(self, **kwargs: object) -> Award:
        application = self.recommended(**kwargs)
        self.close()
        return self.decide(application)

    def started(self, plan: Plan, award: Award | None = None) -> Award:
        award = award or self.awarded()
        with scope(self.eva):
            award = accept(award, by=self.eva)
        with scope(self.secretariat):
            start(
                award,
                plan=plan,
                area=plan.focusarea_set.first(),
                payments=[(date(2027, 1, 15), 500_000, ""), (date(2027, 9, 1), 300_000, "")],
                interim=[date(2027, 10, 1)],
                final=date(2028, 10, 1),
                by=self.secretariat,
            )
        return award

    def fresh(self, application: Application) -> Application:
        with scope(self.secretariat):
            return Application.objects.select_related("call__scheme", "applicant").get(pk=application.pk)

    def state(self, application: Application) -> str:
        return self.fresh(application).state


def later(who: Actor, day: date) -> Actor:
    """The same person on another day."""
    return replace(who, today=day)
