"""Masked values keep their length and never show the whole."""

from hypothesis import given
from hypothesis import strategies as st

from shuzheng.data.registers.rules import mask


@given(st.sampled_from(["id_number", "phone", "name", "address"]), st.text(min_size=1, max_size=40))
def test_a_masked_value_keeps_its_length(kind, text):
    assert len(mask(kind, text)) == len(text)


@given(st.text(alphabet="张王李赵钱孙", min_size=2, max_size=6))
def test_a_masked_name_of_two_or_more_hides_something(name):
    assert "*" in mask("name", name)


@given(st.sampled_from(["id_number", "phone"]), st.text(min_size=1, max_size=7))
def test_a_value_too_short_for_its_kind_is_hidden_whole(kind, text):
    assert mask(kind, text) == "*" * len(text)


@given(st.text(alphabet="0123456789", min_size=18, max_size=18))
def test_a_masked_id_number_hides_the_birthday(number):
    assert mask("id_number", number)[6:14] == "********"


def test_each_kind_shows_what_people_know_it_by():
    assert mask("phone", "13905700001") == "139****0001"
    assert mask("name", "张三") == "张*"
    assert mask("name", "欧阳小明") == "欧**明"
    assert mask("address", "浙江省衢州市柯城区水亭街198号") == "浙江省衢州市柯城区" + "*" * 7


def test_a_value_without_a_kind_is_shown_whole():
    assert mask("", "住宅") == "住宅"
