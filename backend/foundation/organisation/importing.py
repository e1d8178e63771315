"""Outlets that somebody brings as a file: its columns, and what only the house knows of them. Pure.

A row is an outlet, known by its code. Its id follows from the code, so that a file that is read
again finds what was taken, and two who bring it at once collide. Nothing is kept: what is taken in
are commands like any other.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from backend.foundation.documents.sheet import (
    CellProblem,
    Choice,
    Code,
    Field,
    Imported,
    Row,
    Sheet,
    Text,
    Value,
)
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import SYSTEM_ID
from backend.foundation.kernel.ids import derived_id
from backend.foundation.organisation import brought_problems as problems
from backend.foundation.organisation import rules
from backend.foundation.organisation.model import (
    OpenDays,
    Outlet,
    OutletKind,
    OwnDays,
    Place,
    Unit,
    Words,
)
from backend.foundation.organisation.opening import opening
from backend.foundation.organisation.taking import Change, Refused, taken

KINDS: dict[str, tuple[str, ...]] = {
    "outlet": ("营业网点", "网点", "Outlet"),
    "self_service": ("自助网点", "自助银行", "自助", "Self-service point", "Self-service"),
}
OUTLETS = Sheet(
    (
        Field(
            "code", "网点号", "Code", Code(), required=True, unique=True, also=("编号", "机构号")
        ),
        Field("name", "名称", "Name", Text(), required=True, also=("网点名称", "网点")),
        Field("name_en", "英文名称", "English name", Text(), also=("Name in English",)),
        Field("unit", "上级机构", "Unit", Code(), required=True, also=("上级机构号", "隶属")),
        Field("kind", "类型", "Kind", Choice(KINDS)),
        Field("address", "地址", "Address", Text(limits.NAME_MAX * 2)),
        Field("address_en", "英文地址", "English address", Text(limits.NAME_MAX * 2)),
        Field("open_days", "营业日", "Opening days", Text(), also=("营业时间",)),
    ),
    zh="网点",
    en="Outlets",
)


class BroughtOutlet(msgspec.Struct, frozen=True):
    """An outlet of the file, whole, and whether it is there already. What the file leaves empty
    is as the house has it."""

    row: int
    id: str
    change: Change
    code: str
    name: Words
    unit: str
    kind: OutletKind
    address: Place
    open_days: OpenDays
    own_days: OwnDays | None


class OutletImport(msgspec.Struct, frozen=True):
    """Outlets that can be taken in, and every problem by row and column. A row with a problem is
    left out; the mended file brings it later. `is_cut`: there are more problems than are told."""

    outlets: list[BroughtOutlet]
    problems: list[CellProblem]
    ignored: list[str]
    tab: str
    is_cut: bool


def brought(
    imported: Imported, units: Iterable[Unit], outlets: Iterable[Outlet], today: date
) -> OutletImport:
    """What the file holds, judged by what the house knows."""
    by_code = {unit.code: unit for unit in units}
    there = {outlet.code: outlet for outlet in outlets}
    found, wrong = taken(
        imported,
        OUTLETS,
        lambda row: _outlet(row, by_code, there.get(str(row.values["code"])), today),
    )
    return OutletImport(
        outlets=found,
        problems=wrong,
        ignored=imported.ignored,
        tab=imported.tab,
        is_cut=imported.is_cut,
    )


def _outlet(
    row: Row, units: Mapping[str, Unit], there: Outlet | None, today: date
) -> BroughtOutlet:
    values = row.values
    code = str(values["code"])
    if there is not None and rules.is_closed(there, today):
        raise Refused("code", problems.cell_outlet_closed, value=code)
    base = there or _blank(code, values)
    open_days, own_days = _opening(values["open_days"], base)
    outlet = msgspec.structs.replace(
        base,
        name=Words(str(values["name"]), _or(values["name_en"], base.name.en)),
        unit=_unit(str(values["unit"]), units, base, today).id,
        kind=msgspec.convert(values["kind"] or base.kind, OutletKind),
        address=Place(
            _or(values["address"], base.address.zh), _or(values["address_en"], base.address.en)
        ),
        open_days=open_days,
        own_days=own_days,
    )
    change: Change = "new" if there is None else "same" if outlet == there else "changed"
    return BroughtOutlet(
        row=row.number,
        id=outlet.id,
        change=change,
        code=outlet.code,
        name=outlet.name,
        unit=outlet.unit,
        kind=outlet.kind,
        address=outlet.address,
        open_days=outlet.open_days,
        own_days=outlet.own_days,
    )


def _blank(code: str, values: Mapping[str, Value]) -> Outlet:
    name = str(values["name"])
    id = derived_id(SYSTEM_ID, f"outlet:{code}")
    return Outlet(id, code, Words(name, name), "outlet", "", Place(), "workdays")


def _unit(code: str, units: Mapping[str, Unit], base: Outlet, today: date) -> Unit:
    unit = units.get(code)
    if unit is None:
        raise Refused("unit", problems.cell_unit_unknown, value=code)
    if unit.id != base.unit and rules.is_closed(unit, today):
        raise Refused("unit", problems.cell_unit_closed, value=code)
    return unit


def _opening(written: Value, base: Outlet) -> tuple[OpenDays, OwnDays | None]:
    if written is None:
        return base.open_days, base.own_days
    said = opening(str(written))
    if said is None:
        raise Refused("open_days", problems.cell_not_open_days, value=str(written))
    rule, week = said
    dates = base.own_days.days if base.own_days else {}
    return rule, OwnDays(week, dates) if week or dates else None


def _or(written: Value, known: str) -> str:
    return known if written is None else str(written)
