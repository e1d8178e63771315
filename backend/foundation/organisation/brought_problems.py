"""What is refused in a list of outlets or of days that somebody brings, cell by cell."""

from backend.foundation.documents.problems import cell

cell_unit_unknown = cell(
    "cell_unit_unknown", "there is no unit with the code {value}.", "没有编号为 {value} 的机构。"
)
cell_unit_closed = cell(
    "cell_unit_closed",
    "unit {value} is closed. Choose another one.",
    "机构 {value} 已关闭，请选择其他机构。",
)
cell_outlet_closed = cell(
    "cell_outlet_closed",
    "outlet {value} is closed. Reopen it first, or leave it out.",
    "网点 {value} 已关闭。请先重新开放，或删去此行。",
)
cell_line_closed = cell(
    "cell_line_closed",
    "line {value} is closed. Choose another one.",
    "条线 {value} 已关闭，请选择其他条线。",
)
cell_not_open_days = cell(
    "cell_not_open_days",
    "“{value}” says no opening days. Write workdays, daily, or weekdays like Tue-Sat.",
    "“{value}”不是营业日。请写“工作日”“每天”，或“周二至周六”这样的星期。",
)
cell_not_calendar_year = cell(
    "cell_not_calendar_year",
    "{value} is not between {least} and {most}.",
    "{value} 不在 {least} 年至 {most} 年之间。",
)
cell_days_backwards = cell(
    "cell_days_backwards",
    "the last day {until} is before the first, {since}.",
    "截止日 {until} 早于起始日 {since}。",
)
cell_span_too_long = cell(
    "cell_span_too_long",
    "{days} days in one row; the limit is {limit}. Is the year right?",
    "一行里有 {days} 天，上限 {limit} 天。年份写对了吗？",
)
cell_day_doubled = cell(
    "cell_day_doubled",
    "{day} is already in row {first}.",
    "{day} 与第 {first} 行重复。",
)
cell_works_already = cell(
    "cell_works_already",
    "{day} is a Monday to Friday and worked anyway. Only weekends become make-up workdays.",
    "{day} 本来就是周一至周五的工作日，只有周末才会调休上班。",
)
ALL = (
    cell_unit_unknown,
    cell_unit_closed,
    cell_outlet_closed,
    cell_line_closed,
    cell_not_open_days,
    cell_not_calendar_year,
    cell_days_backwards,
    cell_span_too_long,
    cell_day_doubled,
    cell_works_already,
)
