import pytest

from shuzheng.site import secrets


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch):
    monkeypatch.delenv("SHUZHENG_SESSION_KEY", raising=False)


def test_a_session_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = secrets.make_session_key(tmp_path)
    assert len(key) >= 48
    assert secrets.make_session_key(tmp_path) == key
    assert (tmp_path / "keys" / "session-key").stat().st_mode & 0o777 == 0o600
    assert secrets.session_keys(tmp_path) == [key]


def test_a_rotated_key_stays_good_for_one_turn(tmp_path):
    first = secrets.make_session_key(tmp_path)
    secrets.rotate_session_key(tmp_path)
    second, before = secrets.session_keys(tmp_path)
    assert before == first
    assert second != first
    secrets.rotate_session_key(tmp_path)
    assert first not in secrets.session_keys(tmp_path)


def test_without_a_file_there_is_only_the_key_of_the_tests(tmp_path):
    assert secrets.session_keys(tmp_path) == [secrets.FOR_TESTS]


def test_nothing_is_served_with_the_key_of_the_tests(tmp_path):
    with pytest.raises(secrets.SessionKeyMissing, match="没有会话密钥"):
        secrets.require_session_key(secrets.session_keys(tmp_path)[0])
    secrets.require_session_key(secrets.make_session_key(tmp_path))
