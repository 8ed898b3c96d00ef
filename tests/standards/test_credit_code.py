import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.standards.credit_code import (
    CHARACTERS,
    build_credit_code,
    check_character,
    is_credit_code,
    organisation_check_character,
)

BODY = st.text(CHARACTERS, min_size=17, max_size=17)


@pytest.mark.parametrize(
    "code", ["11100000000013338W", "11100000MB03271699", "11430000006122244L", "11330105002500287C"]
)
def test_the_codes_of_real_agencies_pass(code):
    assert is_credit_code(code)


@given(BODY)
def test_a_body_with_its_check_character_is_a_code(body):
    assert is_credit_code(body + check_character(body))


@given(BODY, st.integers(0, 16), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_always_noticed(body, place, other):
    code = body + check_character(body)
    wrong = code[:place] + other + code[place + 1 :]

    assert is_credit_code(wrong) == (wrong == code)


@pytest.mark.parametrize(
    "text", ["", "11100000000013338", "1110000000001333IW", "11100000000013338w", "1" * 19]
)
def test_what_has_another_form_is_no_code(text):
    assert not is_credit_code(text)


def test_the_organisation_code_inside_has_its_own_check_character():
    assert organisation_check_character("00001333") == "8"
    assert build_credit_code(category="11", area="100000", organisation="00001333") == (
        "11100000000013338W"
    )
