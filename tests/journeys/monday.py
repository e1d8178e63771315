"""What the branch of `test_monday` consists of: outlets, people, one checklist, and what three
inspectors put into their rounds."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.paper import Finding, Step
from tests.kit.photographs import digest

OUTLETS = [
    {
        "Code": f"{number:03}",
        "Name": f"第{number}支行",
        "English name": f"Outlet {number}",
        "Unit": "CQ" if number <= 20 else "JK",
        "Kind": "Outlet",
        "Opening days": "Tue-Sat" if number % 9 == 0 else "workdays",
    }
    for number in range(1, 41)
]
MANAGER = "lin.min"
WORKING = ("zhou.an", "wu.lei", "zheng.yi")
INSPECTORS = (*WORKING, "wang.fei", "feng.qi")
PEOPLE = [
    {"Name": "林敏", "User name": MANAGER, "Role": "Manager", "Title": "经理", "Unit": "FH"},
    *(
        {"Name": f"督导{number}", "User name": name, "Role": "Inspector", "Unit": "FH"}
        for number, name in enumerate(INSPECTORS, 1)
    ),
    *(
        {"Name": f"主任{number}", "User name": f"head.{number}", "Role": "Outlet head"}
        | {"Outlet": f"{number:03}"}
        for number in range(1, 7)
    ),
]
CODE, TITLE_ZH, TITLE_EN = "lobby", "大堂周查", "Weekly lobby check"
CHECKLIST: dict[str, list[dict[str, Any]]] = {
    "Checklist": [
        {
            "Code": CODE,
            "Edition": "2027.1",
            "Line": "operations",
            "Rhythm": "Weekly",
            "Title in Chinese": TITLE_ZH,
            "Title in English": TITLE_EN,
        }
    ],
    "Sections": [{"No.": "1", "Title in Chinese": "大堂", "Title in English": "Lobby"}],
    "Items": [
        {"Section": "1", "No.": f"1.{number}", "Chinese": zh, "English": en, "Type": kind}
        | {"Key": key, "Points": points, "Required": "Yes"}
        | more
        for number, (key, zh, en, kind, points, more) in enumerate(
            (
                ("i_door", "门前通道畅通", "The entrance is free", "Pass or fail", "20", {}),
                ("i_floor", "地面干净", "The floor is clean", "Score", "30", {}),
                ("i_desk", "填单台用品齐全", "The desk is stocked", "Pass or fail", "20", {}),
                (
                    "i_queue",
                    "等候人数",
                    "People waiting",
                    "Number",
                    None,
                    {"Least": "0", "Most": "99", "Unit in Chinese": "人"}
                    | {"Unit in English": "people"},
                ),
                ("i_said", "客户的建议", "What customers say", "Text", None, {}),
                ("i_view", "大堂全景", "The lobby as a whole", "Photo", None, {}),
            ),
            1,
        )
    ],
    "Options": [
        {"Item": "1.2", "Kind": "Deduction", "Chinese": "有纸屑", "English": "Litter"}
        | {"Points off": "10"}
    ],
    "Demands": [{"Item": "1.1", "When": "fail", "Photos": 1}],
}
ANSWERS = 5  # of six items: a photo is an answer without a register


@dataclass
class Put:
    """What went into the rounds, to be counted afterwards."""

    rounds: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def steps(self, folder: Path, who: str, number: int) -> list[Step]:
        """All six items; the first round of each phone has a finding."""
        door = Step("i_door", "pass_fail", "pass")
        if number == 0:
            text = f"门前停着电动车（{who}）"
            door = Step("i_door", "pass_fail", "fail", finding=Finding(text, [self._shot(folder)]))
            self.findings.add(text)
        return [
            door,
            Step("i_floor", "score", "full"),
            Step("i_desk", "pass_fail", "pass"),
            Step("i_queue", "number", "7"),
            Step("i_said", "text", "希望多开一个窗口。"),
            Step("i_view", "photo", photos=[self._shot(folder)]),
        ]

    def _shot(self, folder: Path) -> Path:
        path = folder / f"shot-{len(self.files)}.jpg"
        Image.effect_noise((1600, 1200), 60).save(path, quality=80)
        self.files.add(digest(path))
        return path
