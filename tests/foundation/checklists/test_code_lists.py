"""Choices out of a code list: those of the day of publishing, for ever."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import msgspec
import pytest

from backend.foundation.checklists.listing import choices_of, unlisted
from backend.foundation.checklists.manifest import MANIFEST
from backend.foundation.checklists.soundness import faults
from backend.foundation.checklists.template import Choice, TemplateDoc, Words
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.keys import choice_key
from backend.foundation.organisation.codes.model import CodeList, ListedCode, Purpose
from backend.foundation.organisation.manifest import MANIFEST as ORGANISATION
from backend.foundation.organisation.model import Words as Named
from tests.foundation.checklists import sheets
from tests.foundation.checklists.test_publishing import phone
from tests.kit.world import journal_on, opened

CASES: dict[str, Any] = msgspec.json.decode((sheets.CASES / "code_lists.json").read_bytes())
TODAY = date(2026, 11, 24)


def listed(*codes: str, closed_on: str | None = None) -> CodeList:
    of = tuple(ListedCode(code, Named(f"{code}号", code)) for code in codes)
    return CodeList("channel", Named("渠道", "Channel"), Purpose(), of, closed_on)


def asking(*choices: tuple[str, str, str, bool], of: str = "channel", **more: Any) -> Any:
    item = {
        "key": "how",
        "type": "single",
        "code_list": of,
        "choices": [
            {"key": key, "text": {"zh": zh, "en": en}, "fail": fail}
            for key, zh, en, fail in choices
        ],
    }
    return sheets.plain_template([item | more])


A, B = ("a", "A号", "A", False), ("c_1", "1号", "1", True)


@pytest.mark.parametrize(("code", "key"), CASES["keys"])
def test_a_code_is_answered_by_its_key(code: str, key: str) -> None:
    assert choice_key(code) == key


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_the_choices_are_the_codes_in_force_on_that_day(case: dict[str, Any]) -> None:
    codes = msgspec.convert(CASES["list"], tuple[ListedCode, ...])
    found = CodeList("channel", Named("渠道", "Channel"), Purpose(), codes)
    before = tuple(Choice(key, Words("", ""), fail=True) for key in case["fails"])
    chosen = choices_of(found, date.fromisoformat(case["day"]), before)
    told = [[one.key, one.text.zh, one.text.en, one.fail] for one in chosen]
    assert told == case["choices"]


@pytest.mark.parametrize(
    ("found", "doc", "code"),
    [
        (listed("A", "1"), asking(A, B), None),
        (None, asking(A, B), "codes_unknown"),
        (listed("A", "1", closed_on="2026-11-24"), asking(A, B), "codes_closed"),
        (listed("A", "1", closed_on="2026-11-25"), asking(A, B), None),
        (listed("A"), asking(A), "codes_too_few"),
        (listed(*(f"n{n}" for n in range(61))), asking(A, B), "codes_too_many"),
        (listed("1", "A"), asking(A, B), "codes_differ"),
        (listed("A", "1", "2"), asking(A, B), "codes_differ"),
        (listed("A", "1"), asking(A, ("c_1", "一号", "1", True)), "codes_differ"),
        (listed("A", "1"), asking(A, ("c_1", "1号", "1", False)), None),
    ],
)
def test_what_a_list_does_not_bear_out_is_told(
    found: CodeList | None, doc: Any, code: str | None
) -> None:
    lists = {} if found is None else {found.id: found}
    told = list(unlisted(msgspec.convert(doc, TemplateDoc), lists, TODAY))
    assert [(item.key, no.code) for item, no in told] == ([("how", code)] if code else [])
    assert all("{" not in no.detail + no.detail_zh for _, no in told)


def test_only_choice_items_take_choices_from_a_list() -> None:
    doc = msgspec.convert(asking(type="text"), TemplateDoc)
    assert [(one.where, one.code, one.field) for one in faults(doc)] == [
        ("how", "code_list_type", "choices")
    ]


def test_a_checklist_without_lists_is_the_same_document_as_before_there_were_any() -> None:
    doc = msgspec.convert(sheets.plain_template([{"key": "door"}]), TemplateDoc)
    assert "code_list" not in msgspec.json.encode(doc).decode()


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    manifests = (EVIDENCE, MANIFEST, ORGANISATION)
    async with opened(engine_url, manifests) as database:
        made = journal_on(database, *manifests)
        name = {"zh": "服务", "en": "Service"}
        await made.command("organisation.add_line", ("line", "service"), {"name": name})
        yield made


async def keep(journal: Journal, op: str, **args: Any) -> None:
    await journal.command(f"organisation.{op}_code_list", ("code_list", "channel"), args)


def codes(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"code": one, "text": {"zh": f"{one}号", "en": one}, **more} for one in names]


async def publish(journal: Journal, edition: str, doc: Any) -> str | None:
    args = {"code": "SQ", "edition": edition, "line": "service", "rhythm": "daily", "doc": doc}
    desk = phone(journal, "secretariat")
    answer = await desk.do("checklists.publish_template", ("template", digest(doc)), args)
    return answer.code


async def test_a_version_keeps_the_codes_of_its_day_and_the_next_one_has_to_take_the_newer(
    journal: Journal,
) -> None:
    """A code is ended and one added between the two; the first version says what it said."""
    first = asking(A, B)
    assert await publish(journal, "1", first) == "codes_unknown"
    await keep(journal, "add", name={"zh": "渠道", "en": "Channel"}, codes=codes("A"))
    assert await publish(journal, "1", first) == "codes_too_few"
    await keep(journal, "change", codes=codes("1"))
    assert await publish(journal, "1", first) is None
    await keep(journal, "change", codes=codes("A", until="2020-01-01") + codes("B"))
    later = asking(A, B, veto=True)
    newer = asking(B, ("b", "B号", "B", False), veto=True)
    assert await publish(journal, "2", later) == "codes_differ"
    assert await publish(journal, "2", newer) is None
    await keep(journal, "close", on="2020-01-01")
    assert await publish(journal, "3", asking(B, ("b", "B号", "B", False))) == "codes_closed"
    async with journal.database.reading() as tx:
        rows = await tx.tuples("SELECT rec_id, body FROM record WHERE kind = 'template'")
    kept = {id: msgspec.json.decode(body)["doc"] for id, body in rows}
    assert kept == {digest(first): first, digest(newer): newer}
