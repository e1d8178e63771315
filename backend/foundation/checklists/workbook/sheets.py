"""The tabs of a checklist's workbook and what may stand in their columns. Pure data."""

from backend.foundation.documents.sheet import Choice, Field, Integer, Kind, Sheet, Text
from backend.foundation.kernel import limits

YES_NO = {"yes": ("是", "Yes", "y", "true", "1"), "no": ("否", "No", "n", "false", "0")}
RHYTHMS: dict[str, tuple[str, ...]] = {
    "daily": ("每日", "Daily"),
    "weekly": ("每周", "Weekly"),
    "monthly": ("每月", "Monthly"),
    "quarterly": ("每季", "Quarterly"),
    "self_check": ("自查", "Self-check"),
    "leader": ("领导带查", "Leader check"),
    "unscheduled": ("不定期", "Unscheduled"),
}
TYPES: dict[str, tuple[str, ...]] = {
    "pass_fail": ("合格判定", "Pass or fail"),
    "score": ("评分", "Score"),
    "number": ("数字", "Number"),
    "single": ("单选", "One choice"),
    "multiple": ("多选", "Several choices"),
    "text": ("文字", "Text"),
    "photo": ("照片", "Photo"),
    "signature": ("签名", "Signature"),
    "location": ("位置", "Location"),
    "datetime": ("时间", "Date and time"),
}
CLAUSE_KINDS = {"hard": ("硬件", "Hard"), "soft": ("软件", "Soft", "行为")}
OPTION_KINDS = {"choice": ("选项", "Choice"), "deduction": ("扣分原因", "Deduction")}

_SHORT = Text(limits.CODE_MAX)
_LONG = Text(limits.TEXT_MAX, lines=True)
_YES = Choice(YES_NO)


def _field(name: str, zh: str, en: str, kind: Kind, *also: str, required: bool = False) -> Field:
    return Field(name, zh, en, kind, required=required, also=also)


def _tab(zh: str, en: str, *fields: Field, may_lack: bool = False) -> Sheet:
    return Sheet(fields, zh=zh, en=en, may_lack=may_lack, formulas=False)


CHECKLIST = _tab(
    "检查表",
    "Checklist",
    _field("code", "编号", "Code", _SHORT),
    _field("edition", "版次", "Edition", _SHORT),
    _field("line", "条线", "Line", _SHORT),
    _field("rhythm", "检查频次", "Rhythm", Choice(RHYTHMS)),
    _field("title_zh", "中文名称", "Title in Chinese", _LONG, required=True),
    _field("title_en", "英文名称", "Title in English", _LONG),
    _field("persons", "上门访问个人", "Visit of a person", _YES),
    _field("assessment", "影响评估编号", "Impact assessment", _SHORT),
)
SECTIONS = _tab(
    "模块",
    "Sections",
    _field("key", "标识", "Key", _SHORT),
    _field("no", "序号", "No.", _SHORT, "No", required=True),
    _field("title_zh", "中文名称", "Title in Chinese", _LONG, required=True),
    _field("title_en", "英文名称", "Title in English", _LONG),
)
ITEMS = _tab(
    "检查项",
    "Items",
    _field("section", "模块", "Section", _SHORT, required=True),
    _field("no", "序号", "No.", _SHORT, "No", required=True),
    _field("text_zh", "中文", "Chinese", _LONG, "检查内容", required=True),
    _field("text_en", "英文", "English", _LONG),
    _field("type", "类型", "Type", Choice(TYPES)),
    _field("points", "分值", "Points", _SHORT),
    _field("veto", "一票否决", "Veto", _YES),
    _field("required", "必答", "Required", _YES),
    _field("hint_zh", "中文提示", "Hint in Chinese", _LONG),
    _field("hint_en", "英文提示", "Hint in English", _LONG),
    _field("camera_only", "只能现场拍照", "Camera only", _YES),
    _field("min", "最小值", "Least", _SHORT),
    _field("max", "最大值", "Most", _SHORT),
    _field("unit_zh", "中文单位", "Unit in Chinese", _LONG),
    _field("unit_en", "英文单位", "Unit in English", _LONG),
    _field("decimals", "小数位数", "Decimals", Integer(0, 4)),
    _field("code_list", "选项代码表", "Code list", _SHORT),
    _field("show_when", "显示条件", "Shown when", Text(limits.TEXT_MAX)),
    _field("standard", "标准", "Standard", Text(limits.TEXT_MAX)),
    _field("clause", "条款", "Clause", Text(limits.TEXT_MAX)),
    _field("clause_kind", "条款类别", "Kind of clause", Choice(CLAUSE_KINDS)),
    _field("clause_edition", "标准版本标识", "Edition key", _SHORT),
    _field("clause_text_zh", "条款原文", "Clause in Chinese", _LONG),
    _field("clause_text_en", "条款英文", "Clause in English", _LONG),
    _field("clause_points", "条款分值", "Points of the clause", _SHORT),
    _field("reference", "参考图", "Reference pictures", Text(limits.TEXT_MAX)),
    _field("key", "标识", "Key", _SHORT),
)
OPTIONS = _tab(
    "选项与扣分",
    "Options",
    _field("item", "检查项", "Item", _SHORT, required=True),
    _field("kind", "种类", "Kind", Choice(OPTION_KINDS), required=True),
    _field("text_zh", "中文", "Chinese", _LONG, required=True),
    _field("text_en", "英文", "English", _LONG),
    _field("points", "扣分", "Points off", _SHORT),
    _field("fail", "判为不合格", "Fails", _YES),
    _field("key", "标识", "Key", _SHORT),
    may_lack=True,
)
DEMANDS = _tab(
    "佐证要求",
    "Demands",
    _field("item", "检查项", "Item", _SHORT, required=True),
    _field("when", "何种结果", "When", Text(limits.TEXT_MAX), required=True),
    _field("photos", "照片张数", "Photos", Integer(0, limits.PHOTOS_PER_ITEM_MAX)),
    _field("note", "须写说明", "Note", _YES),
    may_lack=True,
)
SHEETS = (CHECKLIST, SECTIONS, ITEMS, OPTIONS, DEMANDS)
