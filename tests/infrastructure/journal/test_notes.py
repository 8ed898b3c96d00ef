import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shuzheng.infrastructure.journal.rules.notes import (
    Checkpoint,
    NoteError,
    open_note,
    read_checkpoint,
    read_verifier_key,
    sign_note,
    verifier_key,
)

# The example of Go's golang.org/x/mod/sumdb/note, whose form this is.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

NAME = "example.org/journal"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = verifier_key(NAME, KEY)
CHECKPOINT = Checkpoint(NAME, 1234, b"r" * 32)
NOTE = sign_note(CHECKPOINT.to_text(), name=NAME, key=KEY)


def test_a_note_signed_by_the_reference_implementation_opens():
    assert open_note(GO_NOTE, keys=[read_verifier_key(GO_KEY)]) == GO_TEXT


def test_a_key_keeps_its_form():
    assert read_verifier_key(GO_KEY).to_text() == GO_KEY


def test_a_checkpoint_comes_back_as_it_was_signed():
    assert read_checkpoint(open_note(NOTE, keys=[PUBLIC])) == CHECKPOINT


def test_a_witness_may_add_a_signature_that_we_do_not_know():
    witnessed = f"{NOTE}— witness.example {'A' * 40}\n"

    assert read_checkpoint(open_note(witnessed, keys=[PUBLIC])) == CHECKPOINT


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (NOTE.replace("1234", "1235"), "签名不正确"),
        (NOTE.replace("— example.org/journal ", "— example.com/journal "), "没有可信密钥的签名"),
        (NOTE.rstrip("\n"), "不是签名的检查点"),
        (NOTE.split("\n\n", maxsplit=1)[0], "不是签名的检查点"),
        ("", "不是签名的检查点"),
        (NOTE + "— \n", "签名行有误"),
        (NOTE + "— a !!!\n", "编码有误"),
    ],
)
def test_a_changed_note_does_not_open(note, words):
    with pytest.raises(NoteError, match=words):
        open_note(note, keys=[PUBLIC])


def test_a_note_by_another_key_of_the_same_name_does_not_open():
    forged = sign_note(
        CHECKPOINT.to_text(), name=NAME, key=Ed25519PrivateKey.from_private_bytes(b"f" * 32)
    )

    with pytest.raises(NoteError, match="没有可信密钥的签名"):
        open_note(forged, keys=[PUBLIC])


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n", "a\nx\n" + "A" * 44 + "\n"],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteError):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "text", ["", "a+b+c", GO_KEY.replace("c74f20a3", "c74f20a4"), GO_KEY.replace("+AR", "+BR")]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NoteError):
        read_verifier_key(text)
