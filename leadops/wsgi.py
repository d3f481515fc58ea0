"""The WSGI application that the web server serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from leadops import environment
from leadops.embedded.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")

if environment.switch("LEADOPS_SUPERVISED"):
    die_with_parent()  # a web process ends with its server, even when that is killed

application = get_wsgi_application()
gc.freeze()  # what is loaded stays: no request waits for the collector to walk it again
gc.set_threshold(10_000, 20, 20)  # nearly all that a page makes goes with it: look for what is left less often
