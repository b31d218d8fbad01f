"""What a worker does by the clock."""

from procrastinate.contrib.django import app


def test_mail_goes_every_quarter_what_cannot_wait_every_minute_and_cleaning_at_night() -> None:
    timetable = {name: one.cron for (name, _id), one in app.periodic_registry.periodic_tasks.items()}
    ours = {name: cron for name, cron in timetable.items() if name.startswith("worklist.")}
    assert ours == {
        "worklist.send_due_mail": "*/15 * * * *",
        "worklist.send_at_once": "* * * * *",
        "worklist.remind": "0 * * * *",
        "worklist.sweep_stalled": "* * * * *",
        "worklist.erase": "40 2 * * *",
        "worklist.renew_words": "20 3 * * *",
    }
