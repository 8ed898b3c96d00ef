"""The door for everyone who makes pages: answers, guards, forms and limits."""

from shuzheng.infrastructure.web.operations.answers import answer_saved, attachment, page
from shuzheng.infrastructure.web.operations.answers_in_words import list_answers
from shuzheng.infrastructure.web.operations.binding import (
    BoundField,
    BoundForm,
    FieldError,
    Provenance,
)
from shuzheng.infrastructure.web.operations.city import CityWords, city_words, use_city
from shuzheng.infrastructure.web.operations.forms import bind_form, check_values, read_form
from shuzheng.infrastructure.web.operations.guards import (
    NotSignedIn,
    actor_of,
    public,
    requires,
    signed_in,
)
from shuzheng.infrastructure.web.operations.limits import TooManyRequests, limited

__all__ = [
    "BoundField",
    "BoundForm",
    "CityWords",
    "FieldError",
    "NotSignedIn",
    "Provenance",
    "TooManyRequests",
    "actor_of",
    "answer_saved",
    "attachment",
    "bind_form",
    "check_values",
    "city_words",
    "limited",
    "list_answers",
    "page",
    "public",
    "read_form",
    "requires",
    "signed_in",
    "use_city",
]
