"""How often a view may be used."""

from hashlib import sha256

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.infrastructure.web.models import RequestCount
from shuzheng.infrastructure.web.operations import TooManyRequests, limited
from shuzheng.infrastructure.web.operations.limits import count_request
from shuzheng.infrastructure.web.rules.limits import Rate, read_rate


@limited("2/d")
def send(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sent")


def ask(address: str, actor: Actor = VISITOR, method: str = "POST") -> HttpResponse:
    request = RequestFactory().generic(method, "/", REMOTE_ADDR=address)
    request.actor = actor  # type: ignore[attr-defined]
    answer = send(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_rate_is_read_as_it_is_said() -> None:
    assert read_rate("10/m") == Rate(10, 60)
    assert read_rate("5/15m") == Rate(5, 900)
    for wrong in ("", "0/m", "m/10", "10/w", "10 / m"):
        with pytest.raises(ValueError, match="not a rate"):
            read_rate(wrong)


@pytest.mark.django_db
def test_the_third_of_two_is_refused_and_told_when_to_come_back() -> None:
    ask("10.0.0.1")
    ask("10.0.0.1")
    with pytest.raises(TooManyRequests) as refused:
        ask("10.0.0.1")
    assert 0 < int(str(refused.value.facts["seconds"])) <= 86400


@pytest.mark.django_db
def test_another_address_has_its_own_share() -> None:
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        assert ask(address).status_code == 200


@pytest.mark.django_db
def test_an_account_has_one_share_whatever_its_address(citizen: Actor) -> None:
    ask("10.0.0.1", citizen)
    ask("10.0.0.2", citizen)
    with pytest.raises(TooManyRequests):
        ask("10.0.0.3", citizen)


@pytest.mark.django_db
def test_reading_is_not_counted() -> None:
    for _ in range(3):
        ask("10.0.0.1", method="GET")
    assert RequestCount.objects.count() == 0


@pytest.mark.django_db
def test_who_asked_cannot_be_read_from_the_table() -> None:
    ask("10.0.0.1")
    assert all("10.0.0.1" not in row.key for row in RequestCount.objects.all())


@pytest.mark.django_db
def test_counts_older_than_a_day_are_swept_out_by_some_new_windows() -> None:
    RequestCount.objects.create(key="old", window=1, count=5)
    digests = {key: sha256(key.encode()).hexdigest() for key in map(str, range(1000))}
    sweeping = next(key for key, digest in digests.items() if digest.startswith("00"))
    other = next(key for key, digest in digests.items() if not digest.startswith("00"))

    count_request(keys=[other], rate=Rate(2, 60))
    assert RequestCount.objects.filter(key="old").count() == 1

    count_request(keys=[other, sweeping], rate=Rate(2, 60))
    assert RequestCount.objects.filter(key="old").count() == 0


@pytest.mark.django_db
def test_the_longest_wait_is_told() -> None:
    for _ in range(2):
        count_request(keys=["account", "address"], rate=Rate(2, 60))
    with pytest.raises(TooManyRequests) as refused:
        count_request(keys=["account", "address"], rate=Rate(2, 60))
    assert 1 <= refused.value.facts["seconds"] <= 60
