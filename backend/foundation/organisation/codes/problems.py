"""What is refused of a code list, whole or cell by cell of a file."""

from backend.foundation.documents.problems import cell
from backend.foundation.kernel.problem import problem

code_alike = problem(
    409,
    "code_alike",
    "Code {code} is as good as {other}: answers could not tell them apart. Choose another one.",
    "代码 {code} 与 {other} 无法区分，回答里会混在一起。请换一个。",
    "needs_person",
)
code_days = problem(
    422,
    "code_days",
    "The last day of code {code} is before its first. Change one of them.",
    "代码 {code} 的截止日早于起用日。请修改其中一个。",
    "needs_person",
)
codes_full = problem(
    409,
    "codes_full",
    "A code list holds {limit} codes at most. Begin another one.",
    "一个代码表最多 {limit} 个代码。请另建一个。",
    "needs_person",
)
cell_not_list_key = cell(
    "cell_not_list_key",
    "“{value}” is no key of a list: small letters, digits and _, a letter first, up to 32.",
    "“{value}”不是代码表标识：只能用小写字母、数字和下划线，字母开头，最多 32 位。",
)
cell_list_unnamed = cell(
    "cell_list_unnamed",
    "list {value} is new and has no name in its first row. Write one.",
    "代码表 {value} 是新的，第一行没有写名称。请填写。",
)
cell_list_closed = cell(
    "cell_list_closed",
    "list {value} is closed. Reopen it first, or leave it out.",
    "代码表 {value} 已关闭。请先重新开放，或删去此行。",
)
cell_code_alike = cell(
    "cell_code_alike",
    "{value} is as good as {other} of the same list. Choose another one.",
    "{value} 与同一代码表的 {other} 无法区分，请换一个。",
)
cell_codes_full = cell(
    "cell_codes_full",
    "list {value} would have more than {limit} codes.",
    "代码表 {value} 会超过 {limit} 个代码。",
)
ALL = (
    code_alike,
    code_days,
    codes_full,
    cell_not_list_key,
    cell_list_unnamed,
    cell_list_closed,
    cell_code_alike,
    cell_codes_full,
)
