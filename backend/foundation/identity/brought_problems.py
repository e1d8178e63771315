"""What is refused in a list of people that somebody brings, cell by cell."""

from backend.foundation.documents.problems import cell
from backend.foundation.organisation.brought_problems import cell_unit_unknown

cell_not_username = cell(
    "cell_not_username",
    "“{value}” is no user name: 2 to 32 small letters, digits, and . _ - inside.",
    "“{value}”不能作用户名：2 至 32 位小写字母、数字，中间可有 . _ -。",
)
cell_outlet_unknown = cell(
    "cell_outlet_unknown",
    "there is no outlet with the code {value}.",
    "没有编号为 {value} 的网点。",
)
cell_line_unknown = cell(
    "cell_line_unknown", "there is no line with the code {value}.", "没有编号为 {value} 的条线。"
)
person_differs = cell(
    "person_differs",
    "row {first} has this user name with another name.",
    "与第 {first} 行用户名相同，但姓名不同。",
)
person_known_otherwise = cell(
    "person_known_otherwise",
    "this user name belongs to {name} already.",
    "该用户名已属于{name}。",
)
post_not_taken = cell("post_not_taken", "{why}", "{why_zh}")
post_in_file_twice = cell(
    "post_in_file_twice",
    "an earlier row gives this person the same post at the same time.",
    "前面已有一行在同一时间给了此人相同的岗位。",
)
ALL = (
    cell_not_username,
    cell_unit_unknown,
    cell_outlet_unknown,
    cell_line_unknown,
    person_differs,
    person_known_otherwise,
    post_not_taken,
    post_in_file_twice,
)
