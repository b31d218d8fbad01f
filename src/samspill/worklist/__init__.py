"""Worklist: what waits for whom, shared by all apps: tasks, reminders, mail with links, calendar feed."""
