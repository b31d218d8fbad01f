"""One file per thing; the models by name."""

from samspill.worklist.models.mail_link import MailLink
from samspill.worklist.models.notice import Notice
from samspill.worklist.models.task import Task

__all__ = ["MailLink", "Notice", "Task"]
