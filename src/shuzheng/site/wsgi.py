"""The web process: granian serves this application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
application = get_wsgi_application()
