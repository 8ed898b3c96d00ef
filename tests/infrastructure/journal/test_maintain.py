import json
from copy import deepcopy
from uuid import uuid4

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal import models, operations, queries
from shuzheng.infrastructure.journal.operations import seal_pending
from shuzheng.infrastructure.journal.rules import (
    DeliveryNotFound,
    EntryNotFound,
    NotYetSealed,
    declare_subscription,
)
from shuzheng.infrastructure.journal.rules.bundles import verify_bundle
from shuzheng.infrastructure.journal.rules.notes import read_checkpoint, split_note
from shuzheng.infrastructure.journal.rules.permissions import (
    ERASE_JOURNAL,
    EXPORT_JOURNAL,
    MAINTAIN_JOURNAL,
    ROTATE_KEYS,
)
from shuzheng.infrastructure.keys import operations as keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(write, at):
    """A subscription that could not take the first of three entries until the set is emptied."""
    failing, taken = {1}, []

    def take(entry):
        if entry.number in failing:
            raise RuntimeError
        taken.append(entry.number)

    reader = declare_subscription("reader", kinds=("testing.happened",), handler=take)
    for subject in ("case:1", "case:1", "case:2"):
        write(subject)
    operations.sequence()
    operations.deliver(reader, at=at)
    models.Delivery.objects.filter(number=1).update(due_at=None, attempts=6)
    return failing, taken


def test_what_is_parked_goes_on_when_somebody_retries_it(stuck, official, at):
    failing, taken = stuck
    failing.clear()
    clerk = official(MAINTAIN_JOURNAL)
    operations.retry_delivery(subscription="reader", number=1, by=clerk, at=at)
    operations.run_pending(at=at)

    assert taken == [3, 1, 2]
    assert queries.list_failed_deliveries() == ()
    [entry] = queries.list_entries_of_subject("delivery:reader:1")
    assert (entry.kind, entry.actor_account) == ("journal.delivery_retried", clerk.account)


def test_what_is_skipped_lets_its_subject_go_on(stuck, official, at):
    _, taken = stuck
    operations.skip_delivery(
        subscription="reader", number=1, reason="收件人已不在", by=official(MAINTAIN_JOURNAL), at=at
    )
    operations.run_pending(at=at)

    assert taken == [3, 2]
    assert queries.list_failed_deliveries() == ()
    [entry] = queries.list_entries_of_subject("delivery:reader:1")
    assert (entry.kind, entry.facts) == ("journal.delivery_skipped", {"reason": "收件人已不在"})


def test_only_what_failed_can_be_retried_or_skipped(stuck, official, at):
    clerk = official(MAINTAIN_JOURNAL)
    for number in (2, 3, 99):
        with pytest.raises(DeliveryNotFound):
            operations.retry_delivery(subscription="reader", number=number, by=clerk, at=at)
        with pytest.raises(DeliveryNotFound):
            operations.skip_delivery(
                subscription="reader", number=number, reason="无", by=clerk, at=at
            )
    assert models.Delivery.objects.count() == 2


def test_who_may_not_maintain_the_journal_changes_nothing(stuck, official, citizen, at):
    for actor in (official(EXPORT_JOURNAL), citizen):
        with pytest.raises(PostLacksPermission, match="重试或跳过搁置的事件"):
            operations.retry_delivery(subscription="reader", number=1, by=actor, at=at)
        with pytest.raises(PostLacksPermission):
            operations.skip_delivery(subscription="reader", number=1, reason="无", by=actor, at=at)
    assert models.Delivery.objects.get(number=1).due_at is None
    assert queries.list_entries_of_subject("delivery:reader:1") == ()


@pytest.fixture
def sealed_case(write, log_folder, at):
    """A sealed log of 300 entries, of which three belong to case 1."""
    ids = []
    for place in range(300):
        values = {"case": "1", "facts": {"name": "王"}, "person": "p"} if place % 100 == 7 else {}
        ids.append(write(f"case:{place}", **values))
    operations.sequence()
    seal_pending(at=at)
    return [ids[place] for place in (7, 107, 207)]


@pytest.fixture
def bundle(sealed_case, official, at):
    """The bundle that proves case 1, as it comes back from a file."""
    bundle = operations.prove_case(case="1", purpose="诉讼", by=official(EXPORT_JOURNAL), at=at)
    return json.loads(json.dumps(bundle))


def check(bundle, **more):
    found = verify_bundle(bundle, keys=queries.list_verifier_keys(), **more)
    return [str(each) for each in found.findings]


def test_a_bundle_proves_the_entries_of_a_case_and_nothing_else(bundle):
    assert [row["entry"]["number"] for row in bundle["entries"]] == [8, 108, 208]
    assert check(bundle) == []


def test_handing_out_a_bundle_leaves_an_entry(bundle):
    entry = queries.list_entries_of_case("1")[-1]

    assert (entry.kind, entry.purpose, entry.facts) == (
        "journal.case_exported",
        "诉讼",
        {"entries": 3},
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row["entry"]["facts"].update(name="李"), "第 8 条的内容与封存时的承诺不符"),
        (lambda row: row["entry"].update(at="2026-11-24T00:00:00+00:00"), "承诺不符"),
        (lambda row: row.update(salt=""), "承诺不符"),
        (lambda row: row["entry"].update(number=9), "第 9 条不在检查点所封存的日志中"),
        (lambda row: row["proof"].pop(), "第 8 条不在检查点所封存的日志中"),
        (lambda row: row["entry"].update(case="2"), "第 8 条不属于办件 1"),
        (lambda row: row.pop("blind"), "格式有误"),
        (lambda row: row["entry"].pop("kind"), "格式有误"),
        (lambda row: row.update(proof=["!"]), "格式有误"),
    ],
)
def test_a_bundle_with_a_changed_entry_is_refused(bundle, change, words):
    change(bundle["entries"][0])

    [finding] = check(bundle)
    assert finding.startswith("entries[0]:")
    assert words in finding


def test_a_bundle_under_another_checkpoint_is_refused(bundle):
    bundle["checkpoint"] = bundle["checkpoint"].replace("\n300\n", "\n301\n")

    assert check(bundle) == ["checkpoint:检查点上 example.org/journal 的签名不正确"]


def test_a_bundle_is_held_against_an_older_checkpoint(bundle):
    head = read_checkpoint(split_note(bundle["checkpoint"])[0])
    shorter, longer = deepcopy(head), deepcopy(head)
    object.__setattr__(shorter, "size", 299)
    object.__setattr__(longer, "size", 301)

    assert check(bundle, olders=[head, shorter]) == []
    assert check(bundle, olders=[longer]) == ["checkpoint:与先前的检查点(第 301 条)矛盾"]


def test_nothing_is_proved_before_anything_is_sealed(write, log_folder, official, at):
    write(case="1")

    with pytest.raises(NotYetSealed, match="还没有封存"), transaction.atomic():
        operations.prove_case(case="1", purpose="诉讼", by=official(EXPORT_JOURNAL), at=at)


def test_a_case_written_since_the_last_seal_is_told_to_come_back(write, log_folder, official, at):
    write(case="1")
    operations.run_pending(at=at)
    operations.seal_pending(at=at)
    write(case="2")

    with pytest.raises(NotYetSealed) as refused, transaction.atomic():
        operations.prove_case(case="2", purpose="诉讼", by=official(EXPORT_JOURNAL), at=at)
    assert refused.value.facts == {"seconds": 10}
    bundle = operations.prove_case(case="3", purpose="诉讼", by=official(EXPORT_JOURNAL), at=at)
    assert bundle["entries"] == []


def test_a_case_is_exported_as_it_stands(sealed_case, official, at):
    exported = operations.export_case(case="1", purpose="诉讼", by=official(EXPORT_JOURNAL), at=at)

    assert [row["id"] for row in exported] == [str(entry) for entry in sealed_case]
    assert exported[0]["facts"] == {"name": "王"}
    assert queries.list_entries_of_case("1")[-1].kind == "journal.case_exported"


def test_who_may_not_export_gets_nothing(sealed_case, official, citizen, at):
    before = models.Entry.objects.count()
    for actor in (official(MAINTAIN_JOURNAL), citizen):
        with pytest.raises(PostLacksPermission, match="导出办件的日志及其证明"):
            operations.export_case(case="1", purpose="好奇", by=actor, at=at)
        with pytest.raises(PostLacksPermission):
            operations.prove_case(case="1", purpose="好奇", by=actor, at=at)
    assert models.Entry.objects.count() == before


def test_an_erased_entry_says_no_more_who_and_what_and_is_still_proved(sealed_case, official, at):
    erased = sealed_case[0]
    operations.erase_entry(entry=erased, reason="本人要求", by=official(ERASE_JOURNAL), at=at)

    entry = queries.get_entry(erased)
    assert (entry.actor_name, entry.facts, entry.person, entry.purpose) == ("", {}, "", "")
    assert (entry.number, entry.actor_account) == (8, "citizen-1")
    assert models.Entry.objects.get(id=erased).salt is None
    assert queries.get_inclusion(erased).is_erased is True
    assert queries.list_entries_of_person("p") == queries.list_entries_of_case("1")[1:]
    bundle = operations.prove_case(case="1", purpose="诉讼", by=system("tests"), at=at)
    assert check(bundle) == []
    assert list(queries.compare_rows()) == []
    [note] = queries.list_entries_of_subject(f"entry:{erased}")
    assert (note.kind, note.facts) == ("journal.entry_erased", {"reason": "本人要求"})


def test_nothing_can_be_put_where_something_was_erased(sealed_case, official, at):
    operations.erase_entry(
        entry=sealed_case[0], reason="本人要求", by=official(ERASE_JOURNAL), at=at
    )
    bundle = operations.prove_case(case="1", purpose="诉讼", by=system("tests"), at=at)
    bundle["entries"][0]["entry"]["facts"] = {"name": "别人"}

    assert check(bundle) == ["entries[0]:第 8 条的内容与封存时的承诺不符"]


def test_an_entry_is_erased_once(sealed_case, official, at):
    clerk = official(ERASE_JOURNAL)
    operations.erase_entry(entry=sealed_case[0], reason="本人要求", by=clerk, at=at)

    for entry in (sealed_case[0], uuid4()):
        with pytest.raises(EntryNotFound):
            operations.erase_entry(entry=entry, reason="本人要求", by=clerk, at=at)
    assert len(queries.list_entries_of_subject(f"entry:{sealed_case[0]}")) == 1


def test_who_may_not_erase_erases_nothing(sealed_case, official, citizen, at):
    for actor in (official(EXPORT_JOURNAL), citizen):
        with pytest.raises(PostLacksPermission, match="抹除日志中的个人信息"):
            operations.erase_entry(entry=sealed_case[0], reason="好奇", by=actor, at=at)
    assert queries.get_entry(sealed_case[0]).facts == {"name": "王"}


@pytest.fixture
def own_keys(tmp_path, data_folder):
    keys.use_folder(tmp_path / "keys")
    yield tmp_path / "keys"
    keys.use_folder(data_folder / "keys")


def test_rotating_a_key_leaves_an_entry(own_keys, official, at):
    keys.get_secret("session")

    assert operations.rotate_key(name="session", by=official(ROTATE_KEYS), at=at) == 2
    [entry] = queries.list_entries_of_subject("key:session")
    assert (entry.kind, entry.facts) == ("journal.key_rotated", {"version": 2})


def test_who_may_not_rotate_keys_rotates_none(own_keys, official, citizen, at):
    keys.get_secret("session")
    for actor in (official(ERASE_JOURNAL), citizen):
        with pytest.raises(PostLacksPermission, match="轮换密钥"):
            operations.rotate_key(name="session", by=actor, at=at)

    assert [path.name for path in own_keys.iterdir()] == ["session.1.key"]
    assert queries.list_entries_of_subject("key:session") == ()
