"""The FHIR R4 face of Samspill: what is checked, shown and taken in as FHIR."""
