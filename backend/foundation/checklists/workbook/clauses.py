"""The clauses of a standard as a table that somebody brings. Pure."""

import msgspec

from backend.foundation.checklists.commands import EditionClause
from backend.foundation.checklists.template import Words
from backend.foundation.checklists.workbook import problems, sheets, spoken
from backend.foundation.documents.sheet import (
    CellProblem,
    Choice,
    Field,
    Imported,
    Sheet,
    Text,
    cell_problem,
)
from backend.foundation.kernel import limits

_LONG = Text(limits.TEXT_MAX, lines=True)
CLAUSES = Sheet(
    (
        Field("no", "条款号", "Clause", Text(limits.CODE_MAX), required=True, unique=True),
        Field("kind", "类别", "Kind", Choice(sheets.CLAUSE_KINDS)),
        Field("text_zh", "中文", "Chinese", _LONG, required=True),
        Field("text_en", "英文", "English", _LONG, required=True),
        Field("points", "分值", "Points", Text(limits.CODE_MAX)),
    ),
    rows_max=limits.CLAUSES_MAX,
)


class ReadClauses(msgspec.Struct, frozen=True):
    """Clauses that can be taken, and every problem by row and column."""

    clauses: list[EditionClause]
    problems: list[CellProblem]
    ignored: list[str]
    is_cut: bool


def read(imported: Imported) -> ReadClauses:
    """What the table holds."""
    found: list[EditionClause] = []
    wrong = list(imported.problems)
    for row in imported.rows:
        values = {name: "" if value is None else str(value) for name, value in row.values.items()}
        try:
            points = spoken.tenths(values["points"] or "0")
        except spoken.Unreadable:
            facts = {"value": values["points"][:40]}
            kind = problems.cell_not_points
            wrong.append(cell_problem(kind, row.number, "points", "分值 / Points", **facts))
            continue
        text = Words(values["text_zh"], values["text_en"])
        found.append(
            EditionClause(
                values["no"], "soft" if values["kind"] == "soft" else "hard", text, points
            )
        )
    return ReadClauses(
        found, sorted(wrong, key=lambda one: one.row), imported.ignored, imported.is_cut
    )
