"""What profiles ask for on top of FHIR R4: rules as data (`*.yaml`), and the check that reads them.

`reading` loads and compiles the files, `checking` applies a profile to a resource. Plain Python, no Django.
"""
