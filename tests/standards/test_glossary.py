from shuzheng.standards.glossary import glossary, words_to_avoid


def test_a_chinese_word_and_an_identifier_stand_once():
    terms = glossary()

    assert len({term.chinese for term in terms}) == len(terms)
    assert len({term.identifier for term in terms}) == len(terms)


def test_no_word_to_avoid_is_itself_an_identifier():
    assert not words_to_avoid().keys() & {term.identifier for term in glossary()}


def test_the_glossary_says_case_and_not_its_pinyin():
    assert words_to_avoid()["banjian"] == "case"
