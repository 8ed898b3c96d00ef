"""Whatever is done to the files of a log, somebody with an old checkpoint and the key sees it."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuzheng.infrastructure.journal.rules.merkle import leaf_hash, root_at, root_of
from shuzheng.infrastructure.journal.rules.notes import Checkpoint, sign_note, verifier_key
from shuzheng.infrastructure.journal.rules.tiles import (
    cut_hashes,
    node_reader,
    pack_leaves,
    tiles_of,
    unpack_leaves,
)
from shuzheng.infrastructure.journal.rules.verification import KeptNote, verify_log

NAME = "example.org/journal"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
KEYS = (verifier_key(NAME, KEY),)
SIZE = 600


def leaves_of(count, *, salt=""):
    return [
        json.dumps({"commitment": f"{salt}{place}", "number": place + 1}).encode()
        for place in range(count)
    ]


def make_log(leaves, *, key=KEY, name=NAME):
    """Write a log from the standard, without the code that seals."""
    log = {
        tile.path: pack_leaves(leaves[tile.index * 256 :][: tile.width])
        for tile in tiles_of("entries", len(leaves))
    }
    hashes = [leaf_hash(leaf) for leaf in leaves]
    level = 0
    while hashes:
        for tile in tiles_of(level, len(hashes)):
            log[tile.path] = b"".join(hashes[tile.index * 256 :][: tile.width])
        full = len(hashes) // 256
        hashes = [root_of(hashes[place * 256 : place * 256 + 256]) for place in range(full)]
        level += 1
    log["checkpoint"] = note_of(log, len(leaves), key=key, name=name).encode()
    return log


def note_of(log, size, *, key=KEY, name=NAME):
    root = root_at(size, node_reader(size, log.get))
    return sign_note(Checkpoint(name, size, root).to_text(), name=name, key=key)


def verify(log, *, kept=()):
    notes = [KeptNote(f"kept-{place}", note) for place, note in enumerate(kept)]
    return verify_log(log.get, keys=KEYS, kept=notes)


def findings(log, *, kept=()):
    return [str(each) for each in verify(log, kept=kept).findings]


@pytest.fixture
def log():
    return make_log(leaves_of(SIZE))


OLD = make_log(leaves_of(300))["checkpoint"].decode()


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 600])
def test_a_sound_log_is_sound_at_any_size(size):
    found = verify(make_log(leaves_of(size)))

    assert (found.size, found.findings, found.is_sound) == (size, (), True)


def test_a_log_agrees_with_each_checkpoint_it_had(log):
    kept = [make_log(leaves_of(size))["checkpoint"].decode() for size in (0, 1, 256, 300, 600)]

    assert verify(log, kept=kept).checkpoints == 5
    assert findings(log, kept=kept) == []


def test_a_changed_entry_is_named(log):
    path = "tile/entries/001"
    leaves = unpack_leaves(log[path])
    leaves[44] = b'{"commitment":"forged","number":301}'
    log[path] = pack_leaves(leaves)

    assert findings(log) == [
        "tile/entries/001:第 301 条被改动：与封存时的哈希不符",
        "tile/1/000.p/2:哈希与下层重新计算的结果不符",
        "checkpoint:根哈希与记录重新计算的结果不符",
    ]


def test_a_dropped_entry_is_noticed(log):
    path = "tile/entries/001"
    leaves = unpack_leaves(log[path])
    log[path] = pack_leaves(leaves[:44] + leaves[45:])

    assert findings(log) == ["tile/entries/001:第 257 至 512 条缺失或残缺(读到 255 条)"]


def test_an_entry_that_closes_the_gap_of_a_dropped_one_is_noticed():
    leaves = leaves_of(SIZE)
    log = make_log([*leaves[:300], *leaves[301:], leaves[300]])

    assert "tile/entries/001:第 301 条的编号不连续" in findings(log)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("tile/entries/000", "第 1 至 256 条缺失或残缺(读到 0 条)"),
        ("tile/0/001", "缺失或残缺"),
        ("tile/1/000.p/2", "缺失或残缺"),
        ("checkpoint", "不是签名的检查点"),
    ],
)
def test_a_missing_file_is_named(log, path, words):
    del log[path]

    assert f"{path}:{words}" in findings(log)


def test_a_changed_tile_is_named_at_each_level(log):
    for path in ("tile/0/000", "tile/1/000.p/2"):
        log[path] = bytes(32) + log[path][32:]

    assert findings(log) == [
        "tile/entries/000:第 1 条被改动：与封存时的哈希不符",
        "tile/1/000.p/2:哈希与下层重新计算的结果不符",
    ]
    assert cut_hashes(log["tile/0/000"])[0] == bytes(32)


def test_a_checkpoint_signed_by_somebody_else_is_refused():
    forged = make_log(leaves_of(SIZE), key=OTHER)

    assert findings(forged) == ["checkpoint:检查点没有可信密钥的签名"]


def test_a_checkpoint_with_a_changed_size_is_refused(log):
    log["checkpoint"] = log["checkpoint"].replace(b"\n600\n", b"\n500\n")

    assert findings(log) == ["checkpoint:检查点上 example.org/journal 的签名不正确"]


def test_a_history_rewritten_by_the_keeper_shows_against_an_older_checkpoint():
    leaves = leaves_of(SIZE)
    leaves[99] = b'{"commitment":"rewritten","number":100}'
    rewritten = make_log(leaves)

    assert findings(rewritten) == []
    assert findings(rewritten, kept=[OLD]) == [
        "kept-0:与现在的日志不一致：第 1 条至第 300 条之间有记录被改写"
    ]


def test_more_checkpoints_say_closer_where_history_was_rewritten():
    honest = [make_log(leaves_of(size))["checkpoint"].decode() for size in (50, 90, 200, 300)]
    leaves = leaves_of(SIZE)
    leaves[99] = b'{"commitment":"rewritten","number":100}'

    assert findings(make_log(leaves), kept=honest)[0] == (
        "kept-2:与现在的日志不一致：第 91 条至第 200 条之间有记录被改写"
    )


def test_a_log_cut_short_shows_against_an_older_checkpoint():
    assert findings(make_log(leaves_of(200)), kept=[OLD]) == [
        "kept-0:当时已有 300 条，现在只有 200 条：日志被截短"
    ]


def test_a_checkpoint_of_another_log_is_no_evidence(log):
    other = make_log(leaves_of(300), name="other.example/journal")["checkpoint"].decode()
    keys = (*KEYS, verifier_key("other.example/journal", KEY))
    found = verify_log(log.get, keys=keys, kept=[KeptNote("kept", other)])

    assert [str(each) for each in found.findings] == [
        "kept:是另一个日志(other.example/journal)的检查点"
    ]


def test_an_older_checkpoint_nobody_signed_is_no_evidence(log):
    unsigned = OLD.replace("\n300\n", "\n299\n")

    assert findings(log, kept=[unsigned]) == ["kept-0:检查点上 example.org/journal 的签名不正确"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_byte_of_the_log_can_be_changed_unseen(data):
    log = make_log(leaves_of(300))
    path = data.draw(st.sampled_from(sorted(log)))
    place = data.draw(st.integers(0, len(log[path]) - 1))
    spoiled = bytearray(log[path])
    spoiled[place] ^= 1 << data.draw(st.integers(0, 6))
    log[path] = bytes(spoiled)

    assert not verify(log).is_sound
