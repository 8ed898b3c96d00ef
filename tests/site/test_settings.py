import psycopg
import pytest
from django.db import connection

from shuzheng.site.settings import database, public_address


def test_an_address_of_a_database_is_read_in_full():
    found = database("postgresql://us%40er:p%3Ass@db.example:5433/city?sslmode=require")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("city", "us@er", "p:ss")
    assert (found["HOST"], found["PORT"]) == ("db.example", "5433")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_is_an_address_too():
    found = database("postgresql://shuzheng@/shuzheng?host=/srv/city/run")
    assert (found["HOST"], found["PORT"]) == ("/srv/city/run", "")
    assert "host" not in found["OPTIONS"]


@pytest.mark.parametrize(
    ("environment", "is_secure", "address"),
    [
        ({}, True, "https://zwfw.example.gov.cn"),
        ({"SHUZHENG_ADDRESS": "https://zw.example.gov.cn/"}, True, "https://zw.example.gov.cn"),
        ({"PORT": "8116"}, False, "http://127.0.0.1:8116"),
        ({}, False, "http://127.0.0.1:8000"),
    ],
)
def test_licences_carry_an_address_that_others_reach(environment, is_secure, address):
    found = public_address(environment, host="zwfw.example.gov.cn", is_secure=is_secure)
    assert found == address


@pytest.mark.django_db(transaction=True)
def test_connections_whose_server_died_are_not_given_to_the_next_requests():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    place = connection.get_connection_params()
    connection.close()
    names = {name: place[name] for name in ("host", "port", "user", "password") if place.get(name)}
    with psycopg.connect(dbname=place["dbname"], autocommit=True, **names) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_every_page_carries_the_headers_that_protect_it(client):
    answer = client.get("/accounts/login/")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy


@pytest.mark.django_db
def test_cookies_are_kept_from_scripts_and_other_sites(client):
    client.get("/accounts/login/")
    cookies = list(client.cookies.values())
    assert [cookie.key for cookie in cookies if not cookie["httponly"]] == []
    assert {cookie["samesite"] for cookie in cookies} == {"Lax"}


def test_the_name_that_tests_ask_for_is_added_by_them_alone(settings):
    assert settings.ALLOWED_HOSTS.count("testserver") == 1
