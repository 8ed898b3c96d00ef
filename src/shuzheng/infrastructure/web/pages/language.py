"""The reader chooses a language: this browser remembers it, and so does who keeps accounts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.i18n import set_language

from shuzheng.infrastructure.web.operations import actor_of, keep_language, public


@public("the reader chooses the language of public pages too")
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Speak the chosen language from now on, and come back to where one was."""
    answer = set_language(request)
    chosen = request.POST.get("language", "")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        keep_language(language=chosen, by=actor_of(request), at=timezone.now())
    return answer
