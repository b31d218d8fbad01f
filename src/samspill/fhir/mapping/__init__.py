"""Between what Samspill keeps and FHIR R4: tables of codes and pure functions, without HTTP or queries."""
