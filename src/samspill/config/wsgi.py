"""The door for web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.config.settings")
application = get_wsgi_application()

# What has been loaded stays; to look through it for garbage holds a page up for a tenth of a second.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
