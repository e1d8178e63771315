"""What the server may say, the phone can say in both tongues."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import backend
from backend.app import catalogue
from backend.foundation.kernel.limits import TABLE_BYTES_MAX
from backend.foundation.kernel.problem import ProblemType
from backend.generate.words import all_problems
from media.photo.findings import REASONS

ROOT = Path(__file__).parents[2]
NOTICE = re.compile(r'"([a-z]+(?:_[a-z]+)+)"')
TOLD = re.compile(r'Told\([^"]*"([a-z_]+)"')
SENDERS = (
    *ROOT.glob("backend/features/*/notices.py"),
    # The journal's file keeps lines and words none.
    *(
        set(ROOT.glob("backend/foundation/*/notices.py"))
        - {ROOT / "backend/foundation/journal/notices.py"}
    ),
)
JOURNAL = ROOT / "backend/foundation/journal/carrying.py"
SPEAKERS = (
    *ROOT.glob("pwa/src/features/*/notices.ts"),
    ROOT / "pwa/src/shell/news/own.ts",
)
OUTCOMES = tuple(
    ROOT / "backend" / part
    for part in (
        "foundation/notices/outcomes.py",
        "worker/mailing.py",
        "worker/posting.py",
        "worker/sending.py",
    )
)
TROUBLES = (
    *ROOT.glob("pwa/src/shell/targets/words.*.ts"),
    ROOT / "pwa/src/shell/news/mail.ts",
)
TYPES = sorted(
    {name for path in SENDERS for name in NOTICE.findall(path.read_text())}
    | set(TOLD.findall(JOURNAL.read_text()))
)


@pytest.mark.parametrize("name", TYPES)
def test_every_notice_has_words_in_both_tongues(name: str) -> None:
    said = sum(len(re.findall(rf"\b{name}:", path.read_text())) for path in SPEAKERS)
    assert said == 2, f"{name} needs one line in zh and one in en"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_to_refuse_a_photo_has_words(reason: str) -> None:
    words = (ROOT / "pwa/src/shell/news/own.ts").read_text()
    assert re.search(rf"\b{reason}: \['[^']+', '[^']+'\]", words)


def test_notices_were_found() -> None:
    """Guards the pattern above: a renamed file must not make these tests pass for no reason."""
    assert {"case_assigned", "round_assigned", "photo_refused", "reaction_refused"} <= set(TYPES)


def _texts(node: ast.AST) -> set[str]:
    parts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    return {part for part in parts if isinstance(part, str)}


def troubles() -> set[str]:
    """Every code that says why something did not leave the house."""
    found = {"too_old", "removed", "no_address"}  # which end what waits without a try
    for path in OUTCOMES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Outcome":
                found |= {text for part in node.args[1:2] for text in _texts(part)}
            elif isinstance(node, ast.FunctionDef) and node.name == "_word":
                found |= {text for part in node.body for text in _texts(part)}
    return found


def test_every_reason_why_a_message_did_not_arrive_has_words_in_both_tongues() -> None:
    """A dead receiver, a full mailbox: a code without words would read as "not delivered"."""
    found = troubles()
    assert {"mailbox_full", "their_error", "unreachable", "robot_gone"} <= found
    words = "".join(path.read_text() for path in TROUBLES)
    assert {code for code in found if len(re.findall(rf"\b{code}:\s+['\"]", words)) != 2} == set()


def declared() -> dict[str, ProblemType]:
    """Every refusal that any module of the server declares, by its code."""
    names = [one.name for one in pkgutil.walk_packages(backend.__path__, "backend.")]
    modules = [importlib.import_module(name) for name in names if "__main__" not in name]
    values = [value for module in modules for value in vars(module).values()]
    return {one.code: one for one in values if isinstance(one, ProblemType)}


def test_every_refusal_that_is_declared_has_its_words_on_the_phone() -> None:
    """One that no manifest lists is never generated: the phone would show its code."""
    found, told = declared(), all_problems(catalogue())
    assert len(found) > 250
    assert {code for code, kind in found.items() if told.get(code) != kind} == set()


def test_every_refusal_says_the_same_in_both_tongues() -> None:
    """Chinese in the one, none in the other, and the same facts in both."""
    wrong = []
    for code, kind in all_problems(catalogue()).items():
        names = [
            {re.sub("_(zh|en)$", "", name) for name in re.findall(r"\{(\w+)\}", words)}
            for words in (kind.words_zh, kind.words_en)
        ]
        zh, en = (re.sub(r"\{\w+\}", "", words) for words in (kind.words_zh, kind.words_en))
        has_han = [re.search(r"[\u4e00-\u9fff]", words) is not None for words in (zh, en)]
        if names[0] != names[1] or has_han != [True, False]:
            wrong.append(code)
    assert wrong == []


def test_the_phone_knows_how_large_a_list_may_be() -> None:
    """It refuses a larger file before it reads it."""
    limits = (ROOT / "pwa/src/foundation/limits.ts").read_text()
    assert f"TABLE_BYTES_MAX = {TABLE_BYTES_MAX:_};" in limits
