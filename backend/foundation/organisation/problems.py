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
    calendar_not_published,
    day_outside_year,
)
