"""The web process: granian serves this application."""

import os

from django.core.wsgi import get_wsgi_application

from shuzheng.site.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
end_with_parent()
application = get_wsgi_application()
