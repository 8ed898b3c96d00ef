"""The door for everyone who makes pages: answers, guards, forms and limits."""

from shuzheng.infrastructure.web.operations.answers import answer_saved, attachment, page
from shuzheng.infrastructure.web.operations.answers_in_words import list_answers
from shuzheng.infrastructure.web.operations.binding import (
    BoundField,
    BoundForm,
    FieldError,
    Provenance,
    Seen,
)
from shuzheng.infrastructure.web.operations.city import CityWords, city_words, use_city
from shuzheng.infrastructure.web.operations.content_in_words import (
    in_english,
    length_of,
    listed,
    local,
    title_of,
    use_english,
)
from shuzheng.infrastructure.web.operations.forms import (
    bind_form,
    check_values,
    read_form,
    read_seen,
)
from shuzheng.infrastructure.web.operations.guards import (
    NotSignedIn,
    actor_of,
    public,
    requires,
    signed_in,
)
from shuzheng.infrastructure.web.operations.language import keep_language, use_language_keeper
from shuzheng.infrastructure.web.operations.limits import TooManyRequests, limited
from shuzheng.infrastructure.web.operations.navigation import navigation_of, use_navigation
from shuzheng.infrastructure.web.operations.numbers import number_in
from shuzheng.infrastructure.web.operations.readers import is_reader, last_reader
from shuzheng.infrastructure.web.operations.refusals_in_words import (
    message_of,
    remedy_of,
    say,
    say_name,
    say_purpose,
    say_sentence,
    say_words,
)
from shuzheng.infrastructure.web.operations.style_attributes import allow_style_attributes

__all__ = [
    "BoundField",
    "BoundForm",
    "CityWords",
    "FieldError",
    "NotSignedIn",
    "Provenance",
    "Seen",
    "TooManyRequests",
    "actor_of",
    "allow_style_attributes",
    "answer_saved",
    "attachment",
    "bind_form",
    "check_values",
    "city_words",
    "in_english",
    "is_reader",
    "keep_language",
    "last_reader",
    "length_of",
    "limited",
    "list_answers",
    "listed",
    "local",
    "message_of",
    "navigation_of",
    "number_in",
    "page",
    "public",
    "read_form",
    "read_seen",
    "remedy_of",
    "requires",
    "say",
    "say_name",
    "say_purpose",
    "say_sentence",
    "say_words",
    "signed_in",
    "title_of",
    "use_city",
    "use_english",
    "use_language_keeper",
    "use_navigation",
]
