"""What is refused in a table that somebody brings: first the file, then its cells."""

from backend.foundation.kernel.problem import ProblemType, problem


def _file(status: int, code: str, words_en: str, words_zh: str) -> ProblemType:
    return problem(status, code, words_en, words_zh, "needs_person")


def cell(code: str, words_en: str, words_zh: str) -> ProblemType:
    """A refusal of one cell: its words begin with where it stands."""
    en, zh = f"Row {{row}}, {{column}}: {words_en}", f"第 {{row}} 行“{{column}}”：{words_zh}"
    return problem(422, code, en, zh, "needs_person")


table_too_large = _file(
    413,
    "table_too_large",
    "The file is larger than {limit_mb} MB. Remove pictures, or split the list.",
    "文件超过 {limit_mb} MB。请去掉图片，或拆成几份。",
)
table_unreadable = _file(
    422,
    "table_unreadable",
    "This is no workbook (.xlsx) and no text table (.csv) that can be read. Save it anew as .xlsx.",
    "无法读取：不是 .xlsx 工作簿，也不是 .csv 文本表格。请另存为 .xlsx 再试。",
)
table_locked = _file(
    422,
    "table_locked",
    "The workbook has a password or the old .xls format. Save it as .xlsx without a password.",
    "工作簿带密码，或是旧的 .xls 格式。请另存为不带密码的 .xlsx。",
)
table_has_macros = _file(
    422,
    "table_has_macros",
    "The workbook holds macros. Save it as a plain .xlsx.",
    "工作簿含有宏。请另存为普通的 .xlsx。",
)
table_too_costly = _file(
    422,
    "table_too_costly",
    "The file needs more memory or time than a list does. Copy the cells into a new workbook.",
    "打开这个文件所需的内存或时间远超一份名单。请把单元格复制到新的工作簿。",
)
table_empty = _file(
    422,
    "table_empty",
    "There are no rows below the headings.",
    "标题行下面没有数据。",
)
table_too_long = _file(
    422,
    "table_too_long",
    "There are more than {limit} rows. Split the list.",
    "超过 {limit} 行。请拆成几份。",
)
heading_missing = _file(
    422,
    "heading_missing",
    "These headings are missing in the first rows: {columns_en}.",
    "前几行里缺少这些列标题：{columns_zh}。",
)
heading_doubled = _file(
    422,
    "heading_doubled",
    "Two columns both mean {column_en}: {first} and {second}. Remove one.",
    "“{first}”和“{second}”两列都表示{column_zh}。请删掉一列。",
)
tab_missing = _file(
    422,
    "tab_missing",
    "The workbook has no tab {tab_en}. Begin with the empty workbook, or rename the tab.",
    "工作簿里没有“{tab_zh}”这个工作表。请从空白模板开始，或改正工作表名称。",
)
tab_hidden = _file(
    422,
    "tab_hidden",
    "The tab {tab} is hidden. Show it, so that you see what is taken, or delete it.",
    "工作表“{tab}”已隐藏。请取消隐藏，看清要导入的内容，或将其删除。",
)
tabs_only_in_workbooks = _file(
    422,
    "tabs_only_in_workbooks",
    "A text table has one tab; this needs a workbook with several. Save it as .xlsx.",
    "文本表格只有一张表，这里需要含多个工作表的工作簿。请另存为 .xlsx。",
)
xlsform_missing = _file(
    422,
    "xlsform_missing",
    "This house cannot read XLSForm: its extra `xlsform` is not installed. Ask the administrator.",
    "本系统没有安装读取 XLSForm 的组件（xlsform）。请联系系统管理员。",
)
xlsform_unsound = _file(
    422,
    "xlsform_unsound",
    "This is no sound XLSForm: {said}",
    "这不是正确的 XLSForm：{said}",
)
export_too_long = _file(
    422,
    "export_too_long",
    "More than {limit} rows would not fit into a workbook. Narrow the choice.",
    "超过 {limit} 行，工作簿放不下。请缩小筛选范围。",
)
cell_empty = cell("cell_empty", "nothing is there. Fill it in.", "为空，请填写。")
cell_too_long = cell(
    "cell_too_long",
    "{length} characters; the limit is {limit}. Shorten it.",
    "{length} 个字，上限 {limit} 个。请缩短。",
)
cell_not_date = cell(
    "cell_not_date",
    "“{value}” is no date. Write it like 2027-02-20.",
    "“{value}”不是日期。请写成 2027-02-20。",
)
cell_not_integer = cell("cell_not_integer", "“{value}” is no whole number.", "“{value}”不是整数。")
cell_out_of_range = cell(
    "cell_out_of_range",
    "{value} is not between {least} and {most}.",
    "{value} 不在 {least} 到 {most} 之间。",
)
cell_not_code = cell(
    "cell_not_code",
    "“{value}” is no code: only letters, digits, and . _ / - inside.",
    "“{value}”不是编号：只能用字母、数字，中间可有 . _ / -。",
)
cell_not_phone = cell(
    "cell_not_phone",
    "“{value}” is no phone number of China: 11 digits, or area code and number.",
    "“{value}”不是国内电话号码：11 位手机号，或区号加号码。",
)
cell_not_choice = cell(
    "cell_not_choice",
    "“{value}” is none of: {choices_en}.",
    "“{value}”不在可选项里：{choices}。",
)
cell_digits_lost = cell(
    "cell_digits_lost",
    "Excel keeps 15 digits of a number and has lost the rest. Format the column as text.",
    "数字超过 15 位，Excel 已丢失后面的位数。请把该列设为文本格式后重填。",
)
cell_merged = cell(
    "cell_merged",
    "the cell is merged with others, down to row {until}. Unmerge and fill in each row.",
    "此单元格与其他单元格合并（到第 {until} 行）。请取消合并并逐行填写。",
)
cell_formula = cell(
    "cell_formula",
    "a formula stands here. Paste its value instead.",
    "这里是公式。请改为粘贴数值。",
)
cell_error = cell(
    "cell_error",
    "the spreadsheet could not compute this (#N/A or the like). Write the value instead.",
    "这里是表格的错误值（如 #N/A）。请改为填写数值。",
)
cell_personal_number = cell(
    "cell_personal_number",
    "an ID or card number is not kept here. Remove it.",
    "这里不保存证件号或卡号，请删除。",
)
cell_doubled = cell(
    "cell_doubled",
    "“{value}” is already in row {first}.",
    "“{value}”与第 {first} 行重复。",
)

CELLS = (
    cell_empty,
    cell_too_long,
    cell_not_date,
    cell_not_integer,
    cell_out_of_range,
    cell_not_code,
    cell_not_phone,
    cell_not_choice,
    cell_digits_lost,
    cell_merged,
    cell_formula,
    cell_error,
    cell_personal_number,
    cell_doubled,
)
FILES = (
    table_too_large,
    table_unreadable,
    table_locked,
    table_has_macros,
    table_too_costly,
    table_empty,
    table_too_long,
    heading_missing,
    heading_doubled,
    tab_missing,
    tab_hidden,
    tabs_only_in_workbooks,
    xlsform_missing,
    xlsform_unsound,
    export_too_long,
)
ALL = (*FILES, *CELLS)
