"""The start for real work: where it listens."""

import pytest

from shuzheng.site.commands.serve import serve


def test_it_listens_on_the_port_of_the_environment_like_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "8116")
    assert serve.make_context("serve", []).params["port"] == 8116
    assert serve.make_context("serve", ["--port", "9000"]).params["port"] == 9000
    monkeypatch.delenv("PORT")
    assert serve.make_context("serve", []).params["port"] == 8000
