import pytest

from tools import checks


@pytest.mark.parametrize(
    ("closing", "status", "counts"),
    [
        ("===== 12 passed, 3 warnings in 1.2s =====", 0, (12, 0, 0)),
        ("= 1 failed, 11 passed, 2 skipped, 1 error in 1.2s =", 1, (11, 2, 2)),
        ("= no tests ran in 0.1s =", 5, (0, 0, 0)),
        ("Killed", 137, (0, 1, 0)),
    ],
)
def test_a_run_is_counted_by_its_closing_line(monkeypatch, tmp_path, closing, status, counts):
    pytest_here = tmp_path / "pytest"
    pytest_here.write_text(f"#!/bin/sh\necho some words\necho '{closing}'\nexit {status}\n")
    pytest_here.chmod(0o755)
    monkeypatch.setattr(checks, "program", lambda name: str(pytest_here))
    found = checks._pytest()
    assert (found["passed"], found["failed"], found["skipped"]) == counts


def test_a_check_that_fails_shows_its_words(capsys):
    assert not checks._passes("拼写", ["sh", "-c", "echo banjian; exit 1"])
    assert checks._passes("格式", ["true"])
    said = capsys.readouterr().out
    assert "✗ 拼写" in said
    assert "banjian\n" in said
    assert "✓ 格式" in said
