"""The page that tells how well plans are read says what is counted now."""

from scripts.reading_scores import PAGE, page


def test_the_score_table_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m scripts.reading_scores`"
