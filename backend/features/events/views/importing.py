"""A roster that somebody brings as a file: its columns, and what only the event knows. Pure."""

from collections.abc import Collection

from backend.features.events.problems import entry_code_taken, entry_name_missing
from backend.features.events.rules.duplicates import plain
from backend.foundation.documents.sheet import (
    CellProblem,
    Choice,
    Code,
    Field,
    Imported,
    Row,
    Sheet,
    Text,
    cell_problem,
)
from backend.foundation.kernel.problem import ProblemType

NAME, CODE = ("姓名", "Name"), ("编码", "Code")
ROSTER = Sheet(
    (
        Field("name", *NAME, Text(60), also=("称呼", "来宾")),
        Field("code", *CODE, Code(40), unique=True, also=("编号", "签到码")),
        Field("group", "分组", "Group", Text(60), also=("单位", "小区", "部门")),
        Field(
            "kind",
            "类别",
            "Kind",
            Choice(
                {
                    "guest": ("来宾", "Guest"),
                    "staff": ("员工", "Staff"),
                    "child": ("儿童", "Child"),
                }
            ),
        ),
    )
)


def checked(imported: Imported, codes: Collection[str]) -> Imported:
    """The file with what only the event knows: codes that its roster has, guests without a name. A
    child's name is dropped here, so that it goes no further than this file."""
    taken = {plain(code) for code in codes}
    rows: list[Row] = []
    problems: list[CellProblem] = list(imported.problems)
    for row in imported.rows:
        kind, code = row.values["kind"] or "guest", row.values["code"]
        if code is not None and plain(str(code)) in taken:
            problems.append(_problem(entry_code_taken, row, "code", CODE, code=str(code)))
        elif kind != "child" and row.values["name"] is None:
            problems.append(_problem(entry_name_missing, row, "name", NAME))
        else:
            name = None if kind == "child" else row.values["name"]
            rows.append(Row(row.number, row.values | {"kind": kind, "name": name}))
    problems.sort(key=lambda one: one.row)
    return Imported(rows, problems, imported.ignored, imported.tab, imported.is_cut)


def _problem(
    kind: ProblemType, row: Row, column: str, headings: tuple[str, str], **facts: str
) -> CellProblem:
    return cell_problem(kind, row.number, column, " / ".join(headings), **facts)
