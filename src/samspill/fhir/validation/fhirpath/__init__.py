"""The part of FHIRPath (http://hl7.org/fhirpath/N1) that the invariants of R4 are written in, compiled to
Python.

Not here: dates with arithmetic, units, `resolve` beyond "not found", and types that JSON does not show.
"""

from samspill.fhir.validation.fhirpath.compiling import Context, compiled, holds

__all__ = ["Context", "compiled", "holds"]
