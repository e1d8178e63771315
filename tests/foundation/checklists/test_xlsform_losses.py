"""What a form says beside its questions, or in a language of its own: nothing of it goes unsaid."""

import pytest

from backend.foundation.checklists.template import Condition, Words
from backend.foundation.checklists.workbook.headings import tongue_of
from tests.foundation.checklists.test_xlsform import CHOICES, STATE, Rows, form, read, told


@pytest.mark.parametrize(
    ("heading", "tongue"),
    [
        ("label::English (en)", "en"),
        ("label::en", "en"),
        ("label:English", "en"),
        ("label::British English (en-GB)", "en"),
        ("Label :: ENGLISH", "en"),
        ("label::中文 (zh)", "zh"),
        ("label::简体中文", "zh"),
        ("label::Chinese_simplified", "zh"),
        ("label::Chinese (zh-Hans)", "zh"),
        ("label::French (fr)", None),
        ("label::French", None),
        ("label::Bengali (bn)", None),
        ("label::Armenian", None),
        ("label", ""),
    ],
)
def test_a_language_is_known_by_its_tag_or_its_name(heading: str, tongue: str | None) -> None:
    """There is an "en" in French and in Armenian."""
    assert tongue_of(heading) == ("label", tongue)


def test_a_label_in_neither_language_is_told_and_not_left_empty() -> None:
    head = ("type", "name", "label::French (fr)", "hint::Swahili (sw)")
    found = read(form(("text", "a", "La porte", "Mlango"), head=head, choices=CHOICES[:1]))
    assert sorted(told(found)) == [
        (2, "hint::Swahili (sw)", "cell_other_tongue"),
        (2, "label::French (fr)", "cell_other_tongue"),
    ]


def test_what_is_computed_in_a_label_or_a_demand_is_told() -> None:
    """The words would show ${floor} to the inspector, and nobody would have to answer."""
    again = ("text", "why", "Why is ${floor} bad?", "原因", "${floor} = 'bad'")
    assert told(read(form(STATE, again))) == [
        (3, "label::English (en)", "cell_expression"),
        (3, "required", "cell_expression"),
    ]


def test_a_picture_of_a_choice_would_be_lost_and_is_told() -> None:
    choices: Rows = [(*CHOICES[0], "media::image"), (*CHOICES[1], "good.jpg"), CHOICES[2]]
    found = read(form(STATE, choices=choices))
    assert [(one.tab, *place) for one, place in zip(found.problems, told(found), strict=True)] == [
        ("choices", 2, "media::image", "cell_not_carried")
    ]


def test_the_number_of_an_identity_card_is_not_repeated_by_what_refuses_it() -> None:
    head = ("type", "name", "label", "default")
    found = read(form(("text", "a", "甲", "11010519491231002X"), head=head))
    assert told(found) == [(2, "default", "cell_number_in_form")]
    assert "1101" not in str(found)


def test_a_form_of_the_older_names_is_read_like_one_of_today() -> None:
    """They are in public forms that were made ten years ago, and pyxform still takes them."""
    head = (
        "command",
        "tag",
        "caption::English",
        "bind:relevant",
        "Required",
        "bind:jr:constraintMsg",
    )
    choices: Rows = [("list name", "value", "caption"), ("yn", "y", "Yes"), ("yn", "n", "No")]
    found = read(
        form(
            ("select one from yn", "clean", "Clean?", "", "yes"),
            ("add select multiple prompt using yn", "both", "Which?", "${clean} = 'n'"),
            ("select all that apply from yn", "all", "All?", "", "no", "Never seen"),
            ("gps", "where", "Where?"),
            head=head,
            choices=choices,
        )
    )
    assert found.problems == []
    assert found.doc is not None
    (section,) = found.doc.sections
    assert [(one.type, one.key, one.required) for one in section.items] == [
        ("single", "clean", True),
        ("multiple", "both", False),
        ("multiple", "all", False),
        ("location", "where", False),
    ]
    assert section.items[0].text == Words("", "Clean?")
    assert section.items[1].show_when == Condition(item="clean", in_=("n",))


def test_a_group_that_is_shown_at_times_is_told_once() -> None:
    rows = [STATE, ("begin group", "g", "G", "组", "", "${floor} = 'bad'"), ("end group",)]
    assert told(read(form(*rows))) == [(3, "relevant", "cell_group_deep")]
