"""The FHIR face over HTTP: who asks (`door`), in which form (`negotiating`), and how it is answered."""
