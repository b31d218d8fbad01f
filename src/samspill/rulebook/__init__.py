"""National rules: dated, sourced tables in `norway/`, and the formulas that read them. No Django."""
