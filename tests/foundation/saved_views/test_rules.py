"""Decisions about saved views, on values alone."""

from typing import Any

import pytest

from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import SAVED_VIEW_NAME_MAX, SAVED_VIEWS_MAX
from backend.foundation.kernel.problem import Problem
from backend.foundation.saved_views import rules
from backend.foundation.saved_views.commands import Add, Change, Move, Prefer, Remove
from backend.foundation.saved_views.model import SavedViews, View

OPEN: Any = {"living": "true"}


def saved(*views: View) -> SavedViews:
    return SavedViews("me", views)


def view(id: str, list_: str = "cases", standard: bool = False) -> View:
    return View(id, f"View {id}", list_, OPEN, standard)


def order(one: SavedViews) -> str:
    return "".join(view.id for view in one.views)


def standards(one: SavedViews) -> str:
    return "".join(view.id for view in one.views if view.standard)


A, B, C = view("a"), view("b"), view("c")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My open findings", "My open findings"),
        ("  未销号\n 的问题\u3000", "未销号 的问题"),
        ("x" * SAVED_VIEW_NAME_MAX, "x" * SAVED_VIEW_NAME_MAX),
        (" " * 99 + "x", "x"),
    ],
)
def test_a_name_is_one_line(typed: str, kept: str) -> None:
    after = rules.add(saved(A), Add("b", typed, "rounds", OPEN))
    assert after == saved(A, View("b", kept, "rounds", OPEN))
    assert rules.change(saved(A), Change("a", typed)).views[0].name == kept


@pytest.mark.parametrize(
    ("typed", "code", "zh"),
    [
        ("", "view_unnamed", "常用查询没有名称。请填写名称。"),
        (" \n\t ", "view_unnamed", "常用查询没有名称。请填写名称。"),
        ("x" * 41, "view_name_long", "常用查询的名称超过 40 个字。请缩短。"),
        ("问" * 41, "view_name_long", "常用查询的名称超过 40 个字。请缩短。"),
    ],
)
def test_a_name_that_is_none_or_too_long_is_refused(typed: str, code: str, zh: str) -> None:
    for ask in (
        lambda: rules.add(saved(A), Add("b", typed, "cases", OPEN)),
        lambda: rules.change(saved(A), Change("a", typed)),
    ):
        with pytest.raises(Problem, match=code) as refused:
            ask()
        assert refused.value.detail_zh == zh
        assert (code == "view_unnamed") is ("40" not in refused.value.detail)


def test_the_twentieth_view_is_taken_and_the_next_refused() -> None:
    many = saved(*(view(str(number)) for number in range(SAVED_VIEWS_MAX - 1)))
    full = rules.add(many, Add("last", "Last", "cases", OPEN))
    assert len(full.views) == SAVED_VIEWS_MAX
    with pytest.raises(Problem, match="views_many") as refused:
        rules.add(full, Add("more", "More", "cases", OPEN))
    assert refused.value.detail.startswith("You already have 20 saved views.")
    assert refused.value.detail_zh.startswith("您已有 20 个常用查询。")
    with pytest.raises(Problem, match="id_taken"):
        rules.add(full, Add("last", "Last", "cases", OPEN))
    assert rules.add(rules.remove(full, Remove("0")), Add("more", "More", "cases", OPEN))


def test_two_devices_change_two_things_of_one_view() -> None:
    named = rules.change(saved(A, B), Change("a", "Mine"))
    after = rules.change(named, Change("a", query={}))
    assert after == saved(View("a", "Mine", "cases", {}), B)


@pytest.mark.parametrize(
    ("moved", "place", "after"),
    [("c", 0, "cab"), ("a", 1, "bac"), ("a", 2, "bca"), ("b", 1000, "acb"), ("x", 0, "abc")],
)
def test_a_moved_view_stands_where_it_was_put(moved: str, place: int, after: str) -> None:
    assert order(rules.move(saved(A, B, C), Move(moved, place))) == after


@pytest.mark.parametrize(
    ("asked", "after"),
    [
        (Prefer("b", True), "br"),
        (Prefer("a", True), "ar"),
        (Prefer("a", False), "r"),
        (Prefer("b", False), "ar"),
        (Prefer("x", True), "ar"),
    ],
)
def test_a_list_has_one_standard_at_most(asked: Prefer, after: str) -> None:
    before = saved(view("a", standard=True), B, view("r", "rounds", standard=True))
    assert standards(rules.prefer(before, asked)) == after


def test_what_was_deleted_meanwhile_is_moved_and_deleted_without_harm_and_never_renamed() -> None:
    assert rules.remove(saved(A), Remove("x")) == saved(A)
    for asked in (Change("x", "Mine"), Change("x", query=OPEN)):
        with pytest.raises(Problem, match="view_gone") as refused:
            rules.change(saved(A), asked)
        assert "deleted meanwhile" in refused.value.detail
        assert "已在另一台设备上删除" in refused.value.detail_zh


def test_they_are_ones_own() -> None:
    rules.require_own(Actor("me", "Me"), "me")
    with pytest.raises(Problem, match="forbidden"):
        rules.require_own(Actor("me", "Me"), "other")
