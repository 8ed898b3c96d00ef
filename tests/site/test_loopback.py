import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shuzheng.site.loopback import FORWARDING_HEADERS, LoopbackOnly


@pytest.fixture
def ask():
    """Ask a demonstration for a page and return the status."""
    answer = LoopbackOnly(lambda request: HttpResponse("inside"))

    def ask(host: str = "127.0.0.1:8000", address: str = "127.0.0.1", **headers: str) -> int:
        extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        request = RequestFactory().get("/", HTTP_HOST=host, REMOTE_ADDR=address, **extra)
        return answer(request).status_code

    return ask


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]:8000"])
def test_this_machine_is_answered(ask, host):
    assert ask(host) == 200


@pytest.mark.parametrize(
    "host", ["city.example", "127.0.0.1.city.example", "localhost.city.example:8000", "", "[::2]"]
)
def test_another_name_is_refused(ask, host):
    assert ask(host) == 403


def test_another_machine_is_refused(ask):
    assert ask(address="192.0.2.7") == 403


@pytest.mark.parametrize("header", FORWARDING_HEADERS)
def test_a_proxy_is_refused(ask, header):
    assert ask(**{header: "192.0.2.7"}) == 403
