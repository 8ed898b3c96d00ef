import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shuzheng.site.proxy import BehindProxy


@pytest.fixture
def address_of():
    """Send a request with a forwarding header and return the address that pages see."""
    middleware = BehindProxy(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))

    def address_of(**headers: str) -> str:
        request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **headers)
        return middleware(request).content.decode()

    return address_of


def test_readers_behind_a_web_server_keep_their_own_addresses(address_of):
    assert address_of(HTTP_X_FORWARDED_FOR="192.0.2.7") == "192.0.2.7"
    assert address_of(HTTP_X_FORWARDED_FOR="2001:db8::7") == "2001:db8::7"


def test_what_a_reader_wrote_into_the_header_counts_for_nothing(address_of):
    assert address_of(HTTP_X_FORWARDED_FOR="10.0.0.1, 192.0.2.7") == "192.0.2.7"


@pytest.mark.parametrize("header", ["", "unknown", "192.0.2.7, ", "x" * 500])
def test_what_is_no_address_leaves_the_connections_own(address_of, header):
    assert address_of(HTTP_X_FORWARDED_FOR=header) == "127.0.0.1"
