import pytest

from shuzheng.infrastructure.web.operations import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("", None),
        ("-1", None),
        ("1.5", None),
        (" 1", None),
        ("1e3", None),
        ("9" * 5000, 10**18 - 1),
    ],
)
def test_what_was_sent_is_a_whole_number_or_none(text, number):
    assert number_in(text) == number


def test_a_number_is_cut_to_what_its_column_holds():
    assert number_in("1234567", digits=4) == 1234
