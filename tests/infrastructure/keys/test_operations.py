import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.keys import operations as keys
from shuzheng.infrastructure.keys.rules import (
    KeyDamaged,
    KeyNameInvalid,
    KeyNotFound,
    KeyNotRotatable,
    KeyTooOpen,
    TextNotDecryptable,
)


@pytest.fixture
def folder(tmp_path, data_folder):
    keys.use_folder(tmp_path / "keys")
    yield tmp_path / "keys"
    keys.use_folder(data_folder / "keys")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_was_encrypted_comes_back(folder):
    hidden = keys.encrypt("330802199001011234", context="person.number")

    assert "330802" not in hidden
    assert keys.decrypt(hidden, context="person.number") == "330802199001011234"


def test_the_same_text_is_hidden_differently_each_time(folder):
    assert keys.encrypt("王", context="name") != keys.encrypt("王", context="name")


def test_a_text_of_one_column_cannot_be_read_in_another(folder):
    hidden = keys.encrypt("王小明", context="person.name")

    with pytest.raises(TextNotDecryptable) as refusal:
        keys.decrypt(hidden, context="person.address")

    assert str(refusal.value).startswith("加密内容（person.address）无法解密")


@pytest.mark.parametrize("place", [5, -3])
def test_a_changed_text_is_refused(folder, place):
    hidden = list(keys.encrypt("王小明", context="person.name"))
    hidden[place] = "A" if hidden[place] != "A" else "B"

    with pytest.raises(TextNotDecryptable):
        keys.decrypt("".join(hidden), context="person.name")


@pytest.mark.parametrize("text", ["", "王小明", "k1.1.", "k2.1.AAAA", "k1.0.AAAA", "k1.1.A"])
def test_what_never_was_encrypted_is_refused(folder, text):
    with pytest.raises(TextNotDecryptable):
        keys.decrypt(text, context="person.name")


def test_keys_are_made_at_first_use_for_the_owner_alone(folder):
    keys.get_secret("session")

    assert mode_of(folder) == 0o700
    assert {path.name: mode_of(path) for path in folder.iterdir()} == {"session.1.key": 0o600}


def test_a_key_stays_the_same(folder):
    assert keys.get_secret("session") == keys.get_secret("session")
    assert len(keys.get_secret("session")) == 32


def make_key(folder: Path) -> bytes:
    keys.use_folder(folder)
    return keys.get_secret("contested")


def test_processes_that_begin_together_get_the_same_key(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        made = list(pool.map(make_key, [tmp_path / "keys"] * 16))

    assert len(set(made)) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["contested.1.key"]


def test_a_rotated_key_hides_new_texts_and_still_reads_old_ones(folder):
    old = keys.encrypt("旧", context="name")
    assert keys.rotate("column") == 2
    new = keys.encrypt("新", context="name")

    assert (old.split(".")[1], new.split(".")[1]) == ("1", "2")
    assert keys.decrypt(old, context="name") == "旧"
    assert keys.decrypt(new, context="name") == "新"


def test_a_text_whose_key_is_gone_says_which(folder):
    hidden = keys.encrypt("王", context="name")
    (folder / "column.1.key").unlink()

    with pytest.raises(KeyNotFound, match="没有密钥“column”的第 1 版"):
        keys.decrypt(hidden, context="name")


def test_old_signatures_stay_verifiable_after_a_rotation(folder):
    before = keys.get_signing_key("checkpoint").public_key()
    keys.rotate("checkpoint")
    after = keys.get_signing_key("checkpoint").public_key()

    assert [key.public_key() for key in keys.list_signing_keys("checkpoint")] == [after, before]
    assert before != after


def test_the_key_of_the_references_is_not_rotated(folder):
    before = keys.blind_index("330802199001011234", context="person")

    with pytest.raises(KeyNotRotatable):
        keys.rotate("blind-index")

    assert keys.blind_index("330802199001011234", context="person") == before


def test_a_key_that_was_never_made_is_not_rotated(folder):
    with pytest.raises(KeyNotFound):
        keys.rotate("session")

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../column", "Column", "", "a" * 64, "列"])
def test_a_name_that_is_no_name_is_refused(folder, name):
    with pytest.raises(KeyNameInvalid):
        keys.get_secret(name)


def test_a_key_that_others_can_read_is_not_used(folder):
    keys.get_secret("open")
    path = folder / "open.1.key"
    path.chmod(0o640)

    with pytest.raises(KeyTooOpen) as refusal:
        keys.get_secret("open")

    assert str(refusal.value) == (
        f"密钥“{path}”的权限是 640，其他用户可以读取；须为 600。请用 chmod 收紧权限后重新启动。"
    )


def test_keys_in_a_folder_that_others_can_enter_are_not_used(folder):
    keys.get_secret("session")
    folder.chmod(0o755)

    with pytest.raises(KeyTooOpen, match=r"权限是 755.*须为 700"):
        keys.get_secret("session")


@pytest.mark.parametrize("content", [b"", b"not base64!", b"c2hvcnQ=\n"])
def test_a_file_that_holds_no_key_is_named(folder, content):
    keys.get_secret("session")
    (folder / "session.1.key").write_bytes(content)

    with pytest.raises(KeyDamaged, match=r"session\.1\.key"):
        keys.get_secret("session")


def test_secret_material_of_any_form_is_made_once(folder):
    first = keys.keep_secret("authority", lambda: b"first")
    second = keys.keep_secret("authority", lambda: b"second")

    assert (first, second) == (b"first", b"first")
    assert mode_of(folder / "authority") == 0o600


def test_equal_values_have_equal_indexes_only_in_one_context(folder):
    index = keys.blind_index("330802", context="person")

    assert len(index) == 32
    assert set(index) <= set("0123456789abcdef")
    assert keys.blind_index("330802", context="person") == index
    assert keys.blind_index("330802", context="premises") != index
    assert keys.blind_index("330803", context="person") != index


@given(text=st.text(), context=st.text(max_size=20))
def test_any_text_survives(data_folder, text, context):
    assert keys.decrypt(keys.encrypt(text, context=context), context=context) == text
