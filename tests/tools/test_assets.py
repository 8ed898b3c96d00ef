import pytest

from tools import assets


@pytest.fixture
def frontend(tmp_path, monkeypatch):
    """Make a front end whose npm only notes what it was asked."""
    folder, built = tmp_path / "frontend", tmp_path / "built"
    (folder / "src").mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    (folder / "src" / "site.js").write_text("1")
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(assets, "FRONTEND", folder)
    monkeypatch.setattr(assets, "BUILT", built)
    monkeypatch.setattr(assets, "_npm", lambda *words: asked.append(words[:2]))
    return folder, asked


def test_assets_are_built_once_for_the_same_sources(frontend):
    _, asked = frontend
    assets.provide()
    assets.provide()
    assert asked == [("ci", "--ignore-scripts"), ("run", "--silent")]


def test_a_changed_source_is_built_again_and_what_npm_put_there_does_not_count(frontend):
    folder, asked = frontend
    assets.provide()
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "x.js").write_text("1")
    assets.provide()
    assert len(asked) == 2
    (folder / "src" / "site.js").write_text("2")
    assets.provide()
    assert len(asked) == 4
