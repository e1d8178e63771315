"""What the organisation refuses, in words for people."""

from backend.foundation.kernel.problem import problem

code_taken = problem(
    409,
    "code_taken",
    "The code {code} is already used. Choose another one.",
    "编号 {code} 已被使用，请换一个。",
    "needs_person",
)
unit_unknown = problem(
    422,
    "unit_unknown",
    "There is no such unit. Choose one from the list.",
    "没有这个机构，请从列表中选择。",
    "after_pull",
)
unit_circle = problem(
    422,
    "unit_circle",
    "{unit} cannot stand below itself. Choose another parent.",
    "{unit} 不能隶属于自己，请选择其他上级机构。",
    "needs_person",
)
outlet_unknown = problem(
    422,
    "outlet_unknown",
    "There is no such outlet. Choose one from the list.",
    "没有这个网点，请从列表中选择。",
    "after_pull",
)
line_unknown = problem(
    422,
    "line_unknown",
    "There is no line {line}. Choose one from the list.",
    "没有条线 {line}，请从列表中选择。",
    "after_pull",
)
unit_closed = problem(
    409,
    "unit_closed",
    "Unit {code} is closed from {on} on. Choose another one.",
    "机构 {code} 自 {on} 起已关闭，请选择其他机构。",
    "needs_person",
)
outlet_closed = problem(
    409,
    "outlet_closed",
    "Outlet {code} is closed from {on} on. Choose another one.",
    "网点 {code} 自 {on} 起已关闭，请选择其他网点。",
    "needs_person",
)
line_closed = problem(
    409,
    "line_closed",
    "Line {code} is closed from {on} on. Choose another one.",
    "条线 {code} 自 {on} 起已关闭，请选择其他条线。",
    "needs_person",
)
still_open_work = problem(
    409,
    "still_open_work",
    "Still under way there: {what_en}. End or cancel it first, or close from a later day on.",
    "还有未办结的事项：{what_zh}。请先办结或取消，或选择以后的日期关闭。",
    "needs_person",
)
unit_not_empty = problem(
    409,
    "unit_not_empty",
    "Not closed below it: units {units}, outlets {outlets}. Close or move them first.",
    "下面还有 {units} 个机构、{outlets} 个网点没有关闭。请先关闭或调整其隶属。",
    "needs_person",
)
week_empty = problem(
    422,
    "week_empty",
    "The outlet opens on weekdays of its own, but none is chosen. Choose at least one.",
    "网点按自定营业日开门，但一天也没有选。请至少选一天。",
    "needs_person",
)
day_works_already = problem(
    422,
    "day_works_already",
    "{day} is a Monday to Friday and worked anyway. Only weekends become make-up workdays.",
    "{day} 本来就是周一至周五的工作日，只有周末才会调休上班。",
    "needs_person",
)
calendar_not_published = problem(
    409,
    "calendar_not_published",
    "The official calendar of {year} is not published yet. Monday to Friday count until then.",
    "{year} 年的放假安排尚未公布。公布前按周一至周五计算工作日。",
    "needs_person",
)
day_outside_year = problem(
    422,
    "day_outside_year",
    "{day} is not a day of {year}.",
    "{day} 不是 {year} 年的日期。",
    "needs_person",
)
ALL = (
    code_taken,
    unit_unknown,
    unit_circle,
    outlet_unknown,
    line_unknown,
    unit_closed,
    outlet_closed,
    line_closed,
    still_open_work,
    unit_not_empty,
    week_empty,
    day_works_already,
    calendar_not_published,
    day_outside_year,
)
