"""What saved views refuse, in words for people."""

from backend.foundation.kernel.problem import problem

view_unnamed = problem(
    422,
    "view_unnamed",
    "A saved view needs a name. Give it one.",
    "常用查询没有名称。请填写名称。",
    "needs_person",
)
view_name_long = problem(
    422,
    "view_name_long",
    "The name of a saved view has more than {limit} letters. Shorten it.",
    "常用查询的名称超过 {limit} 个字。请缩短。",
    "needs_person",
)
views_many = problem(
    409,
    "views_many",
    "You already have {limit} saved views. Delete one that you no longer use, then save this one.",
    "您已有 {limit} 个常用查询。请先删除不再用的，再保存这一个。",
    "needs_person",
)
view_gone = problem(
    410,
    "view_gone",
    "This saved view was deleted meanwhile, on another device. Save the filter anew.",
    "这个常用查询已在另一台设备上删除。请重新保存。",
    "needs_person",
)

ALL = (view_unnamed, view_name_long, views_many, view_gone)
