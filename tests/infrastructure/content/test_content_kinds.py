"""Kinds of content: each once, after those it names, with a schema."""

import pytest

from shuzheng.infrastructure.content.rules import (
    KindsInCircle,
    Library,
    in_order,
    register_check,
    register_kind,
    schema_files,
)
from tests.infrastructure.content.shops import SHOPS, kind


def test_kinds_are_applied_after_those_they_name():
    kinds = (kind("a", "b"), kind("b", "c"), kind("c"), kind("d", "unknown"))

    assert [each.name for each in in_order(kinds)] == ["c", "d", "b", "a"]


def test_kinds_that_wait_for_each_other_are_refused():
    with pytest.raises(KindsInCircle, match="内容类型互相等待: a、b"):
        in_order((kind("a", "b"), kind("b", "a"), kind("c")))


def test_a_name_or_folder_is_registered_once():
    with pytest.raises(ValueError, match="collides with 'department'"):
        register_kind(kind("department"))
    with pytest.raises(ValueError, match="registered twice"):
        register_check("citations", lambda _library: ())


def test_a_schema_allows_one_item_or_a_list():
    text = schema_files((SHOPS,))["shop.json"]

    assert '"additionalProperties": false' in text
    assert '"type": "array"' in text


def test_an_empty_library_has_nothing():
    assert Library().list("shop") == ()
    assert Library().get("shop", "a") is None
