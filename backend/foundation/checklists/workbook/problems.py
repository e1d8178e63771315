"""What is refused in a checklist's workbook beside what any table can have wrong."""

from backend.foundation.kernel.problem import ProblemType, problem


def _cell(code: str, words_en: str, words_zh: str) -> ProblemType:
    en, zh = f"Row {{row}}, {{column}}: {words_en}", f"第 {{row}} 行“{{column}}”：{words_zh}"
    return problem(422, code, en, zh, "needs_person")


cell_second_checklist = _cell(
    "cell_second_checklist",
    "one workbook holds one checklist. Remove this row.",
    "一个工作簿只放一张检查表。请删除这一行。",
)
cell_key_doubled = _cell(
    "cell_key_doubled",
    "“{value}” stands in an earlier row already.",
    "“{value}”在前面的行里已经有了。",
)
cell_not_in_tab = _cell(
    "cell_not_in_tab",
    "there is no “{value}” in its tab: write a number or key that stands there.",
    "对应的工作表里没有“{value}”：请写那里有的序号或标识。",
)
cell_not_points = _cell(
    "cell_not_points",
    "“{value}” are no points: 0 to 1,000, with one digit after the point at most.",
    "“{value}”不是分值：0 到 1000，最多一位小数。",
)
cell_not_condition = _cell(
    "cell_not_condition",
    "“{value}” is no condition. Write like: 1.1 = fail / na.",
    "“{value}”不是条件。请写成：1.1 = 不合格 / 不适用。",
)
ALL = (
    cell_second_checklist,
    cell_key_doubled,
    cell_not_in_tab,
    cell_not_points,
    cell_not_condition,
)
