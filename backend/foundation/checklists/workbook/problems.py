"""What is refused in a checklist's workbook beside what any table can have wrong."""

from backend.foundation.documents.problems import cell

cell_second_checklist = cell(
    "cell_second_checklist",
    "one workbook holds one checklist. Remove this row.",
    "一个工作簿只放一张检查表。请删除这一行。",
)
cell_key_doubled = cell(
    "cell_key_doubled",
    "“{value}” stands in an earlier row already.",
    "“{value}”在前面的行里已经有了。",
)
cell_not_in_tab = cell(
    "cell_not_in_tab",
    "there is no “{value}” in its tab: write a number or key that stands there.",
    "对应的工作表里没有“{value}”：请写那里有的序号或标识。",
)
cell_code_list_unknown = cell(
    "cell_code_list_unknown",
    "there is no code list “{value}”. Write the key of one that is there, or clear the cell.",
    "没有代码表“{value}”。请写已有代码表的标识，或清空此格。",
)
cell_not_points = cell(
    "cell_not_points",
    "“{value}” are no points: 0 to 1,000, with one digit after the point at most.",
    "“{value}”不是分值：0 到 1000，最多一位小数。",
)
cell_not_condition = cell(
    "cell_not_condition",
    "“{value}” is no condition. Write like: 1.1 = fail / na.",
    "“{value}”不是条件。请写成：1.1 = 不合格 / 不适用。",
)
cell_question_type = cell(
    "cell_question_type",
    "“{value}” has no place on a checklist. Remove the row, or ask otherwise.",
    "“{value}”不能放进检查表。请删除这一行，或换一种问法。",
)
cell_expression = cell(
    "cell_expression",
    "“{value}” cannot be carried over. Remove it here and set it in the editor.",
    "“{value}”无法转换。请在这里删掉，导入后在编辑器里设置。",
)
cell_not_carried = cell(
    "cell_not_carried",
    "“{value}” would be lost: a checklist has no such thing. Remove it.",
    "“{value}”会丢失：检查表没有这一项。请删除。",
)
cell_other_tongue = cell(
    "cell_other_tongue",
    "“{value}” is neither Chinese nor English. Add a column like label::English (en).",
    "“{value}”不是中文也不是英文。请增加一列，如 label::Chinese (zh)。",
)
cell_group_deep = cell(
    "cell_group_deep",
    "“{value}”: a section holds items only, and is always shown. Take the group apart.",
    "“{value}”：模块里只能放检查项，且总是显示。请拆开这个分组。",
)
cell_number_in_form = cell(
    "cell_number_in_form",
    "an ID or card number stands here. Remove it.",
    "这里有证件号或卡号，请删除。",
)
ALL = (
    cell_second_checklist,
    cell_key_doubled,
    cell_not_in_tab,
    cell_code_list_unknown,
    cell_not_points,
    cell_not_condition,
    cell_question_type,
    cell_expression,
    cell_not_carried,
    cell_other_tongue,
    cell_group_deep,
    cell_number_in_form,
)
