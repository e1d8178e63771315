"""A list of guests brought as a file: what is right is taken by a tap, the rest told by its row."""

import io
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from backend.demo.stage import NAMESPACE
from backend.foundation.kernel.ids import derived_id
from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.kit.link import Link

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EVENT = derived_id(NAMESPACE, "event:square")
FOUND_MS = 60_000
LISTED = "SELECT name, code FROM event_entry WHERE event = ?"
HEAD = "姓名,编码,分组,类别"


def test_a_list_is_taken_in_row_by_row(
    branch: Branch, line: Link, handset: Handsets, tmp_path: Path
) -> None:
    """A text table with faults, a workbook, something else, and no signal."""
    phone = handset("outlet", line.url)
    phone.open()
    page = phone.sign_in("outlet")
    page.goto(f"{line.url}/events/{EVENT}/names")
    expect(page.get_by_role("button", name="从名单去掉黄桂兰")).to_be_visible(timeout=FOUND_MS)
    before = len(branch.rows(LISTED, EVENT))

    rows = ["钱多多,T-9001,茶话会,来宾", ",T-9002,,来宾", "证件11010519491231002X,T-9003,,来宾"]
    _bring(page, tmp_path / "guests.csv", "\n".join([HEAD, *rows]).encode())
    expect(page.get_by_text("可以加入 1 人")).to_be_visible(timeout=FOUND_MS)
    expect(page.get_by_text("2 行有问题，没有加入")).to_be_visible()
    expect(page.get_by_text("第 3 行：名单上的来宾或员工要有姓名")).to_be_visible()
    expect(page.get_by_text("第 4 行“姓名”：这里不保存证件号或卡号")).to_be_visible()
    page.get_by_role("button", name="加入这 1 人").click()
    expect(page.get_by_role("button", name="从名单去掉钱多多")).to_be_visible()
    branch.comes_to(page, lambda rows: len(rows) == before + 1, LISTED, EVENT)

    _bring(page, tmp_path / "guests.xlsx", _workbook([["钱多多", "T-9001"], ["孙小圣", "T-9004"]]))
    expect(page.get_by_text("可以加入 1 人")).to_be_visible(timeout=FOUND_MS)
    expect(page.get_by_text("T-9001")).not_to_have_count(0)
    page.get_by_role("button", name="加入这 1 人").click()
    branch.comes_to(page, lambda rows: len(rows) == before + 2, LISTED, EVENT)
    listed = {(row["name"], row["code"]) for row in branch.rows(LISTED, EVENT)}
    assert listed >= {("钱多多", "T-9001"), ("孙小圣", "T-9004")}

    _bring(page, tmp_path / "notes.xlsx", b"not a workbook")
    expect(page.get_by_text("这个文件读不了")).to_be_visible(timeout=FOUND_MS)
    expect(page.get_by_text("前几行里缺少这些列标题：姓名、编码")).to_be_visible()
    line.down()
    _bring(page, tmp_path / "guests.csv", "\n".join([HEAD, rows[0]]).encode())
    expect(page.get_by_text("读取文件要连上服务器")).to_be_visible(timeout=FOUND_MS)


def _bring(page: Page, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    page.locator("input[type=file]").set_input_files(file)


def _workbook(rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "编码"])
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    return made.getvalue()
