"""What is a word, so that Chinese is found as people type it."""

import pytest

from backend.foundation.kernel.limits import SEARCH_TERMS_MAX, SEARCH_WORD_MAX
from backend.foundation.kernel.words import asked, excerpt, folded, matches, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("灭火器", ["灭火", "火器", "器"]),
        ("火", ["火"]),
        ("ATM机坏了", ["atm", "机坏", "坏了", "了"]),
        ("ＡＴＭ　２号", ["atm", "2", "号"]),
        ("Ramp blocked, ramp!", ["ramp", "blocked"]),
        ("3.2.1 灯", ["3", "2", "1", "灯"]),
        ("snake_case", ["snake", "case"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("' & | ! : * ( ) \\ \"", []),
        ("a" * 99, ["a" * SEARCH_WORD_MAX]),
        ("", []),
    ],
)
def test_a_text_gives_pairs_of_characters_and_the_words_of_other_writings(
    text: str, words: list[str]
) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("question", "whole", "begun"),
    [
        ("灭火器", [("灭火", "火器")], [()]),
        ("火", [()], [("火",)]),
        ("Ra", [()], [("ra",)]),
        ("atm 灭火", [(), ("灭火",)], [("atm",), ()]),
        ("atm机", [()], [("atm", "机")]),
    ],
)
def test_a_question_asks_for_pairs_and_for_beginnings(
    question: str, whole: list[tuple[str, ...]], begun: list[tuple[str, ...]]
) -> None:
    terms = asked(question)
    assert [term.whole for term in terms] == whole
    assert [term.begun for term in terms] == begun


@pytest.mark.parametrize("question", ["", "  ", "!? …", "' OR 1=1 --"[:1]])
def test_a_question_without_a_word_asks_for_nothing(question: str) -> None:
    assert asked(question) == ()


def test_a_question_has_so_many_parts_and_no_more() -> None:
    assert len(asked(" ".join(f"w{n}" for n in range(20)))) == SEARCH_TERMS_MAX


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("灭火器", "二楼灭火器过期", True),
        ("灭火器", "灭火的火器", False),
        ("3.2.1", "见 3.2.1 条", True),
        ("3.2.1", "1, 2, 3", False),
        ("gate door", "The door of gate 4", True),
        ("gate window", "The door of gate 4", False),
        ("ＡＴＭ", "atm", True),
    ],
)
def test_what_the_index_leads_to_must_say_it_in_that_order(
    question: str, text: str, found: bool
) -> None:
    assert matches(asked(question), folded(text)) is found


@pytest.mark.parametrize("text", ["灭火器过期", "ATM 机器灭火器坏了", "Ｒamp 灭火器"])
def test_every_part_of_a_text_is_found_by_its_words(text: str) -> None:
    """The index holds the words of the text; a question may begin at any character of it."""
    words = words_of(text)
    flat = folded(text)
    for start in range(len(flat)):
        for end in range(start + 1, len(flat) + 1):
            for term in asked(flat[start:end]):
                missing = [one for one in term.whole if one not in words]
                lost = [one for one in term.begun if not any(w.startswith(one) for w in words)]
                # A part may begin in the middle of a word of letters; nobody looks for "tm".
                inner = start > 0 and flat[start - 1].isascii() and flat[start - 1].isalnum()
                assert not missing, (flat[start:end], missing)
                assert not lost or inner, (flat[start:end], lost)


def test_an_excerpt_shows_the_place_as_it_was_written() -> None:
    text = "前面有很多字。\nATM 旁边的灭火器过期了，后面还有很多字。"
    assert excerpt(asked("灭火器"), text, 4) == "… 旁边的灭火器过期了，…"
    assert excerpt(asked("前面"), "前面", 4) == "前面"
