"""Addresses of data sets: the demonstration has brought in no data of its own."""

ELSEWHERE = {
    # Østfold, whose figures come along, has no city districts.
    "insight:district": "test_district_pages",
    "insight:data-look": "test_data_pages",
    "insight:data-set": "test_data_pages",
    "insight:data-version": "test_data_pages",
    "insight:data-faults": "test_data_pages",
    "insight:data-refresh": "test_data_pages",
    "insight:data-act": "test_data_pages",
}
