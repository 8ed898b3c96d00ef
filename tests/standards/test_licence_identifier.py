import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.standards.licence_identifier import (
    LicenceIdentifier,
    check_character,
    is_licence_identifier,
    read_identifier,
)

REAL = [
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
]
SERIALS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20)


@pytest.mark.parametrize("text", REAL)
def test_real_identifiers_pass_and_come_back_unchanged(text):
    assert str(read_identifier(text)) == text


def test_the_real_identifier_with_a_wrong_check_character_is_refused():
    text = REAL[0][:-1] + "M"

    assert not is_licence_identifier(text)
    with pytest.raises(ValueError, match="has a wrong check character"):
        read_identifier(text)


@given(SERIALS, st.integers(1, 999))
def test_what_is_written_is_read_again(serial, version):
    identifier = LicenceIdentifier(
        "11100000000013338W011", "11330105002500287C", serial, f"{version:03d}"
    )

    assert read_identifier(str(identifier)) == identifier


@given(SERIALS, st.data())
def test_one_wrong_character_is_always_noticed(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    wrong = text[:place] + other + text[place + 1 :]

    assert (check_character(wrong) == check_character(text)) == (wrong == text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "does not have the form"),
        ("x" + REAL[0], "does not have the form"),
        (REAL[0].replace(".001.", ".01."), "has the wrong length"),
        (REAL[0].replace("13338W", "13338X"), "who defined the type"),
    ],
)
def test_each_fault_has_its_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        read_identifier(text)
