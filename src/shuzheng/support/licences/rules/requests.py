"""What somebody who wants a licence or a document says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRequest:
    """A licence as it is asked for.

    Attributes:
        licence_type: key of its type.
        holder_reference: the holder's register reference; who holds it may open it.
        recipient: register reference of the natural person who applied, who may open it too.
        facts: what the licence states, by the names of the type's fields.
        seal: code of the issuing department's seal.
        token: names the request within the case.
    """

    licence_type: str
    holder_name: str
    holder_reference: str
    recipient: str = ""
    case: str
    token: str = ""
    facts: Mapping[str, Any]
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A notice, receipt or ruling as it is asked for.

    Attributes:
        data: what the template's schema asks for; number, date, organ and code are added.
        title: empty for the template's own.
        recipient: register reference of the person who may open it.
        recipient_name: shown masked to the public.
        token: names the request within the case; empty for what may be issued any number of times.
    """

    template: str
    data: Mapping[str, Any]
    title: str = ""
    recipient: str
    recipient_name: str = ""
    case: str
    token: str = ""
    seal: str
