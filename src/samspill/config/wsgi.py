"""The door for web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from samspill.config import environment
from samspill.config.gate import gated

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.config.settings")
application = gated(get_wsgi_application(), at_once=int(environment.read("SAMSPILL_THREADS")))

# What has been loaded stays; to look through it for garbage holds a page up for a tenth of a second.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
