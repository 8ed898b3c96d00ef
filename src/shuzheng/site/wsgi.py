"""The web process: granian serves this application."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from shuzheng.site.processes import end_with_parent
from shuzheng.site.secrets import require_session_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
end_with_parent()
require_session_key(settings.SECRET_KEY)
application = get_wsgi_application()
