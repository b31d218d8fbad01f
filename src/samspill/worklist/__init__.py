"""Worklist: what waits for whom, shared by all apps: tasks, reminders, mail with signed links, calendar feed."""
