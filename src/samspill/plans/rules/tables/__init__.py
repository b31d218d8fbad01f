"""A plan as a table: what its columns are, what their cells may say, and what a spreadsheet would run.

Plain values in and out. Not here: files (`actions.bringing_in.spreadsheets`), and what a row does to a plan.
"""
