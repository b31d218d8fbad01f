"""What follows when a version of a table is taken in use: others register here what they do then.

Called in the transaction of the act, so that a job put in the queue and the act stand or fall together. What
takes time belongs in such a job.
"""

from collections.abc import Callable

from samspill.directory.public import Actor, Registry
from samspill.insight.models import DataVersion

TAKEN: Registry[Callable[[DataVersion, Actor], None]] = Registry()
