"""Where anyone checks a document: the address that its QR code carries."""

_place = {"address": "http://127.0.0.1:8000"}


def use_public_address(address: str) -> None:
    """Say under which address citizens reach the site, without a slash at the end."""
    _place["address"] = address.rstrip("/")


def verification_url(code: str) -> str:
    """Return the address of the page that checks this code."""
    return f"{_place['address']}/verify/{code}"
