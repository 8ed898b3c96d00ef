from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.standards.area_code import AreaLevel, level_of
from shuzheng.standards.citizen_id import (
    build_synthetic,
    check_character,
    is_citizen_id,
    is_synthetic,
    mask,
    read_citizen_id,
)

BIRTHDAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))
DIGITS = "0123456789"


def test_the_example_of_the_standard_passes():
    assert is_citizen_id("11010519491231002X")
    assert read_citizen_id("11010519491231002X").born_on == date(1949, 12, 31)
    assert read_citizen_id("11010519491231002X").is_female


@given(BIRTHDAYS, st.booleans(), st.integers(0, 49))
def test_an_invented_number_passes_and_says_what_it_was_made_of(born_on, is_female, serial):
    number = build_synthetic(province="33", born_on=born_on, is_female=is_female, serial=serial)
    read = read_citizen_id(number)

    assert (read.area, read.born_on, read.is_female) == ("330000", born_on, is_female)
    assert is_synthetic(number)


@given(BIRTHDAYS, st.booleans())
def test_no_county_can_have_issued_an_invented_number(born_on, is_female):
    number = build_synthetic(province="33", born_on=born_on, is_female=is_female)

    assert level_of(number[:6]) == AreaLevel.PROVINCE


@given(BIRTHDAYS, st.integers(0, 999))
def test_a_number_of_a_county_is_never_taken_for_an_invented_one(born_on, sequence):
    body = f"330802{born_on:%Y%m%d}{sequence:03d}"
    number = body + check_character(body)

    assert is_citizen_id(number)
    assert not is_synthetic(number)


@given(BIRTHDAYS, st.integers(0, 16), st.sampled_from(DIGITS))
def test_one_wrong_digit_is_always_noticed(born_on, place, digit):
    number = build_synthetic(province="33", born_on=born_on, is_female=True)
    wrong = number[:place] + digit + number[place + 1 :]

    assert is_citizen_id(wrong) == (wrong == number)


@pytest.mark.parametrize(
    "text", ["", "X", "33080219900230001X", "330802199002300011", "33080219900101001", "3" * 17]
)
def test_what_is_no_number_is_refused(text):
    assert not is_citizen_id(text)
    with pytest.raises(ValueError, match="not a citizen's number"):
        read_citizen_id(text)


def test_a_masked_number_shows_six_characters():
    assert mask("11010519491231002X") == "1101************2X"
