"""Words are the same wherever they stand."""

from shuzheng.policy.words import cut


def test_words_are_cut_the_same_way_for_text_and_question():
    assert set(cut("受理 申请")) <= set(cut("行政机关应当自受理行政许可申请之日起"))


def test_signs_are_no_words():
    assert cut(",。!?") == ()


def test_letters_are_small():
    assert cut("GB/T 36904") == ("gb", "t", "36904")
