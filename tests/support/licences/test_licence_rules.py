from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.licences.rules import (
    CANCEL,
    FORFEIT,
    REPLACE,
    REVOKE,
    WITHDRAW,
    LicenceField,
    LicenceState,
    LicenceType,
    chinese_day,
    document_number,
    mask_holder,
    may_end,
    new_code,
    read_code,
    show_code,
    split_facts,
    valid_until,
)

KIND = LicenceType(
    key="food",
    title="食品经营许可证",
    suffix="101",
    department="market",
    word="食营",
    template="licence_food",
    basis="",
    fields=(
        LicenceField("address", "地址"),
        LicenceField("number", "身份证号", is_sensitive=True, is_required=False),
    ),
)


def test_codes_carry_a_hundred_random_bits():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 20 for code in codes)
    assert len(set("".join(codes))) == 32


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=20, max_size=20))
def test_a_code_reads_back_however_it_is_typed(code):
    sloppy = show_code(code).lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert read_code(sloppy) == code


@given(st.text(max_size=40))
def test_what_is_no_code_reads_as_nothing(text):
    code = read_code(text)
    assert code == "" or (len(code) == 20 and code.isascii())


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 20))
def test_the_last_day_is_the_day_before_the_anniversary(day, years):
    last = valid_until(day, years)
    following = last + timedelta(days=1)
    assert (following.month, following.day) in {(day.month, day.day), (3, 1)}
    assert following.year == day.year + years


def test_a_licence_without_years_never_ends():
    assert valid_until(date(2026, 11, 22), 0) is None
    assert chinese_day(None) == "长期"


@given(st.text(st.characters(codec="utf-8", exclude_characters="*"), min_size=2, max_size=30))
def test_a_masked_name_hides_something_and_keeps_its_length(name):
    for holder in ("person", "organisation"):
        masked = mask_holder(name, holder)
        assert len(masked) == len(name)
        assert masked != name
        assert "*" in masked


def test_undeclared_facts_are_taken_for_sensitive():
    plain, hidden = split_facts(KIND, {"address": "水亭街", "number": "3308", "surprise": 1})
    assert plain == {"address": "水亭街"}
    assert hidden == {"number": "3308", "surprise": 1}


@pytest.mark.parametrize("end", [WITHDRAW, REVOKE, FORFEIT, REPLACE])
def test_only_a_licence_in_force_can_be_taken_or_replaced(end):
    allowed = {state for state in LicenceState if may_end(end, state)}
    assert allowed == {LicenceState.IN_FORCE}


def test_cancelling_follows_every_other_end_but_not_itself():
    allowed = {state for state in LicenceState if may_end(CANCEL, state)}
    assert allowed == set(LicenceState) - {LicenceState.CANCELLED, LicenceState.REPLACED}


def test_numbers_follow_the_custom_of_official_documents():
    assert (
        document_number(organ="衢市监", word="准", year=2026, serial=12)
        == "衢市监准\u30142026\u301512号"
    )
