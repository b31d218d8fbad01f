"""Whether a resource is valid FHIR R4 (4.0.1): the tables, the walk over a resource, and what each finding
says.

`r4.json.gz` is made by `scripts/fhir_tables.py` from HL7's definitions (CC0-1.0). What a profile asks for on
top of R4 is in `samspill.fhir.profiles`. Plain Python, no Django: a finding carries a key and parameters, and
the face that shows it may say it in another language.
"""
