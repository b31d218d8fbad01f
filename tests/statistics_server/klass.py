"""What KLASS tells of some municipalities, as it happened."""

MERGED, MERGED_AGAIN = "2020-01-01", "2024-01-01"
EVER = "9999-12-31"

CODES = [
    {"code": code, "name": name, "from": first, "to": end}
    for code, name, first, end in (
        ("0101", "Halden", "1967-01-01", MERGED),
        ("3001", "Halden", MERGED, MERGED_AGAIN),
        ("3101", "Halden", MERGED_AGAIN, EVER),
        ("0104", "Moss", "1967-01-01", MERGED),
        ("0136", "Rygge", "1967-01-01", MERGED),
        ("3002", "Moss", MERGED, MERGED_AGAIN),
        ("3103", "Moss", MERGED_AGAIN, EVER),
        ("1504", "Ålesund", "1967-01-01", MERGED),
        ("1534", "Haram", "1967-01-01", MERGED),
        ("1507", "Ålesund", MERGED, MERGED_AGAIN),
        ("1508", "Ålesund", MERGED_AGAIN, EVER),
        ("1580", "Haram", MERGED_AGAIN, EVER),
        ("0301", "Oslo", "1967-01-01", "2018-01-01"),
        ("0301", "Oslo - Oslove", "2018-01-01", EVER),
    )
]
CHANGES = [
    {"oldCode": former, "oldName": "", "newCode": later, "newName": "", "changeOccurred": day}
    for former, later, day in (
        ("3001", "3101", MERGED_AGAIN),
        ("0101", "3001", MERGED),
        ("0104", "3002", MERGED),
        ("0136", "3002", MERGED),
        ("3002", "3103", MERGED_AGAIN),
        ("1504", "1507", MERGED),
        ("1534", "1507", MERGED),
        ("1507", "1508", MERGED_AGAIN),
        ("1507", "1580", MERGED_AGAIN),
        ("0301", "0301", "2018-01-01"),
    )
]
