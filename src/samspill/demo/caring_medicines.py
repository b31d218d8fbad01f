"""The medication list of a patient of the demonstration: gone through at discharge, and signed."""

from dataclasses import replace
from datetime import timedelta

from samspill.care.public import (
    AboutMedication,
    MedicineLine,
    Patient,
    begin_list,
    lines_of,
    save_list,
    sign_list,
)
from samspill.demo.caring_plans import signed_in
from samspill.demo.patients_facts import MedicationFact, MedicineFact
from samspill.demo.stage import Stage
from samspill.directory.public import scope

AS_BEFORE = "continued"


def sign_medication(fact: MedicationFact, patient: Patient, stage: Stage) -> None:
    nurse = signed_in(fact.by, stage)
    at = stage.now + timedelta(days=fact.signed)
    with scope(nurse):
        row = begin_list(patient.pk, by=nurse, now=at)
        about = AboutMedication(place=row.place, sources=fact.sources)
        save_list(row.pk, patient.pk, [_line(one) for one in fact.lines], about=about, by=nurse)
        sign_list(row.pk, patient.pk, by=nurse, now=at)


def _line(fact: MedicineFact) -> MedicineLine:
    (read,) = lines_of(fact.said)
    purpose, atc = fact.purpose or read.purpose, fact.atc or read.atc
    decided = fact.decision or read.decision or AS_BEFORE
    return replace(read, decision=decided, reason=fact.reason, purpose=purpose, atc=atc)
