"""``shuzheng journal verify`` as an auditor runs it: on files, with no database."""

import json
import shutil
from importlib import import_module

import pytest
from click.testing import CliRunner

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal import models, operations, queries
from shuzheng.infrastructure.journal.queries import log
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.infrastructure.journal.rules.commitment import leaf
from shuzheng.infrastructure.keys import operations as secrets
from shuzheng.site.commands.journal import journal
from shuzheng.site.commands.keys import keys

HAPPENED = declare_entry_kind("testing.happened", "发生了一件事")


@pytest.fixture
def folder(tmp_path, monkeypatch, db, citizen, at):
    """A sealed log of 300 entries, with the checkpoint that somebody kept at 100."""
    monkeypatch.setattr(log, "_place", {})
    operations.use_folder(tmp_path / "log")
    for count in (100, 200):
        for _ in range(count):
            operations.append(actor=citizen, kind=HAPPENED, subject="case:1", at=at, case="1")
        operations.sequence()
        operations.seal_pending(at=at)
        if count == 100:
            shutil.copy(tmp_path / "log/checkpoint", tmp_path / "kept")
    return tmp_path / "log"


@pytest.fixture
def key(folder):
    return queries.list_verifier_keys()[0].to_text()


def run(*words):
    result = CliRunner().invoke(journal, [str(word) for word in words])
    return result.exit_code, result.output


def test_a_sound_log_is_said_to_be_sound(folder, key, tmp_path):
    assert run("verify", folder, "--key", key, "--since", tmp_path / "kept") == (
        0,
        f"✓ {folder}:300 条，与 3 个先前的检查点一致。\n",
    )


def test_a_key_beside_the_log_is_used_with_a_warning(folder):
    code, said = run("verify", folder)

    assert code == 0
    assert said.startswith("· 未指定 --key:使用日志旁的公钥，不能防范保管者自己改写。\n✓")


def test_the_database_can_be_held_against_the_log(folder, key):
    assert run("verify", folder, "--key", key, "--rows")[0] == 0


def test_a_changed_byte_is_reported_with_its_place(folder, key):
    path = folder / "tile/entries/000"
    path.write_bytes(path.read_bytes().replace(b'"number":7}', b'"number":8}'))

    code, said = run("verify", folder, "--key", key)
    assert code == 1
    assert said.splitlines() == [
        "✗ tile/entries/000:第 7 条的编号不连续",
        "✗ tile/entries/000:第 7 条被改动：与封存时的哈希不符",
        "✗ tile/1/000.p/1:哈希与下层重新计算的结果不符",
        "✗ checkpoint:根哈希与记录重新计算的结果不符",
        "✗ checkpoints/2026-11-23.txt[0]:与现在的日志不一致：第 1 条至第 100 条之间有记录被改写",
        "✗ checkpoints/2026-11-23.txt[1]:与现在的日志不一致：第 1 条至第 300 条之间有记录被改写",
        f"Error: {folder}：发现 6 处问题。",
    ]


def test_a_log_rewritten_by_its_keeper_is_caught_by_a_kept_checkpoint(folder, key, tmp_path, at):
    """The keeper changes an entry and seals everything again with the true key."""
    shutil.rmtree(folder)
    operations.append(actor=system("keeper"), kind=HAPPENED, subject="case:1", at=at)
    operations.sequence()
    rows = list(models.Entry.objects.order_by("number").values_list("commitment", flat=True))
    sealing = import_module("shuzheng.infrastructure.journal.operations.seal")
    place = queries.get_log_place()
    leaves = [leaf(number=n, commitment=bytes(c)) for n, c in enumerate(rows, start=1)]
    leaves[49] = leaf(number=50, commitment=b"rewritten")
    sealing._extend(place, 0, leaves)
    sealing._sign(place, len(leaves), at=at)

    assert run("verify", folder, "--key", key)[0] == 0
    code, said = run("verify", folder, "--key", key, "--since", tmp_path / "kept")
    assert code == 1
    assert "kept:与现在的日志不一致：第 1 条至第 100 条之间有记录被改写" in said


def test_a_bundle_is_made_and_verified(folder, key, tmp_path):
    code, bundle = run("prove", "1", "--by", "auditor", "--purpose", "诉讼")
    (tmp_path / "bundle.json").write_text(bundle)

    assert code == 0
    assert len(json.loads(bundle)["entries"]) == 300
    assert run("verify", tmp_path / "bundle.json", "--key", key, "--since", tmp_path / "kept") == (
        0,
        f"✓ {tmp_path / 'bundle.json'}:300 条，与 1 个先前的检查点一致。\n",
    )
    (tmp_path / "bundle.json").write_text(bundle.replace('"case:1"', '"case:2"', 1))
    code, said = run("verify", tmp_path / "bundle.json", "--key", key)
    assert code == 1
    assert "✗ entries[0]:第 1 条的内容与封存时的承诺不符" in said


def test_an_export_is_one_entry_a_line(folder):
    code, said = run("export", "1", "--by", "auditor", "--purpose", "诉讼")

    assert code == 0
    assert [json.loads(line)["number"] for line in said.splitlines()] == list(range(1, 301))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--key", "nonsense"], "Error: 不是有效的校验公钥：nonsense\n"),
        (["--key", "a+00000000+AQAA"], "Error: 不是有效的校验公钥：a+00000000+AQAA\n"),
    ],
)
def test_a_key_that_is_none_is_refused(folder, words, said):
    assert run("verify", folder, *words) == (1, said)


def test_a_file_that_is_no_bundle_is_refused(folder, key, tmp_path):
    (tmp_path / "x.json").write_text("{")

    code, said = run("verify", tmp_path / "x.json", "--key", key)
    assert code == 1
    assert str(tmp_path / "x.json") in said


def test_the_state_is_shown(folder):
    code, said = run("state")

    assert code == 0
    assert said.startswith("编号到第 300 条，封存到第 300 条。\n")


def test_the_key_to_verify_with_is_printed(folder, key):
    assert CliRunner().invoke(keys, ["checkpoint"]).output.splitlines()[0] == key


def test_rotating_a_key_leaves_an_entry(folder, tmp_path, data_folder):
    secrets.use_folder(tmp_path / "keys")
    secrets.get_signing_key("checkpoint")
    said = CliRunner().invoke(keys, ["rotate", "checkpoint", "--by", "auditor"])
    secrets.use_folder(data_folder / "keys")

    assert said.output == "密钥 checkpoint 的第 2 版已启用。\n"
    [entry] = queries.list_entries_of_subject("key:checkpoint")
    assert (entry.kind, entry.actor_account) == ("journal.key_rotated", "auditor")


def test_an_operator_erases_what_is_personal_and_the_log_stays_sound(folder, key):
    entry = models.Entry.objects.get(number=8)
    code, said = run("erase", entry.id, "--by", "steward", "--reason", "本人要求")

    assert (code, said) == (0, "已抹去其中的个人信息，封存的承诺不变。\n")
    assert queries.get_entry(entry.id).facts == {}
    assert run("verify", folder, "--key", key, "--rows")[0] == 0
    assert run("erase", entry.id, "--by", "steward", "--reason", "本人要求")[0] == 1
