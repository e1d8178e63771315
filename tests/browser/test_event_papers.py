"""An event from the plan to the accepted result, by the people who do it, on their own screens.

Whatever a phone must not keep is looked for in the bytes of the database and of the store: the
number of a guest who was only to be counted once, and the face below a box.
"""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import event_ground as ground
from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.event_page import EventPage
from tests.browser.handset import DESK, PASSWORD, Handset

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FOUND_MS = 60_000
COUNTED_ONCE = "13900002222"
GREEN_MIN = 100  # the fake camera of Chromium shows nothing but green


def test_a_plan_is_proposed_sent_back_approved_and_opened(
    branch: Branch, handset: Handsets
) -> None:
    """A lantern festival: its day comes from the server; another person decides."""
    phone = handset("outreach", branch.url)
    phone.open()
    page = phone.sign_in("outreach")
    page.goto(f"{branch.url}/events/new")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("还有 4 处要填")).to_be_visible()
    _fill_plan(page)
    page.get_by_role("button", name="记下").click()
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("2 月 20 日").or_(page.get_by_text("2月20日")).first).to_be_visible(
        timeout=FOUND_MS
    )
    expect(page.get_by_text("等经理审批")).to_be_visible()
    expect(page.get_by_role("button", name="批准")).to_have_count(0)
    desk = handset("manager", branch.url, viewport=DESK)
    desk.open()
    at_desk = desk.sign_in("manager")
    at_desk.goto(page.url)
    at_desk.get_by_role("button", name=re.compile("退回")).click()
    asked = at_desk.get_by_role("dialog", name="退回")
    asked.get_by_label("原因").fill("灯谜要多准备二十条")
    asked.get_by_role("button", name="退回").click()
    expect(page.get_by_text("灯谜要多准备二十条")).to_be_visible(timeout=FOUND_MS)
    page.get_by_role("button", name="提交审批").click()
    expect(at_desk.get_by_role("button", name=re.compile("批准"))).to_be_visible(timeout=FOUND_MS)
    at_desk.get_by_role("button", name=re.compile("批准")).click()
    page.get_by_role("button", name="开始活动").click(timeout=FOUND_MS)
    expect(page.get_by_role("button", name="扫码签到")).to_be_visible()


def _fill_plan(page: Page) -> None:
    page.get_by_role("button", name="节日活动").click()
    page.get_by_label("主题").fill("元宵猜灯谜")
    page.get_by_label("网点").select_option(label="柳溪路支行")
    page.get_by_label("条线").select_option(label="社区")
    page.get_by_label("在哪里").fill("大堂")
    page.get_by_role("button", name="按节日").click()
    page.get_by_label("节日", exact=True).select_option(label="元宵节")
    page.get_by_label("哪一年").select_option("2027")
    expect(page.get_by_text("由服务器按农历算出")).to_contain_text("2月20日", timeout=FOUND_MS)


def test_from_a_yes_and_a_covered_face_to_an_accepted_result(
    branch: Branch, handset: Handsets, tmp_path: Path
) -> None:
    held = ground.opened(ground.approved(ground.planned(branch.port, PASSWORD, 3, minor_safe=True)))
    phone = handset("outreach", branch.url)
    phone.open()
    phone.sign_in("outreach")
    at = EventPage(phone.page, branch.url, held.id).door()
    at.walk_in(COUNTED_ONCE)
    at.shows(1)
    _ask_and_sign(at)
    _shoot_and_cover(at)
    branch.comes_to(
        phone.page,
        lambda rows: len(rows) == 1 and rows[0]["state"] == "accepted",
        "SELECT state FROM photo WHERE parent_id = ? AND purpose = 'answer'",
        held.id,
    )
    _is_black_in_the_middle(branch, held.id)
    at.door().close()
    _hand_in(at.page)
    desk = handset("manager", branch.url, viewport=DESK)
    _accept(desk, branch, held, tmp_path)
    phone.page.get_by_text("已验收").first.wait_for(timeout=FOUND_MS)
    _number_is_nowhere(branch)


def _ask_and_sign(at: EventPage) -> None:
    """The customer's side first; name and number only after the yes."""
    page = at.page
    page.goto(f"{at.url}/follow-up")
    page.get_by_role("button", name="新的约定").click()
    page.get_by_role("heading", name="活动之后，我们可以打电话联系您吗？").wait_for()
    page.wait_for_timeout(700)  # a hand that trembles is given that long
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_role("heading", name="这是您的回答，对吗？").wait_for()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="都对，确认").click()
    page.get_by_label("怎么称呼").fill("郑奶奶")
    page.get_by_label("联系电话").fill("138 0000 1111")
    glass = page.locator("canvas").bounding_box()
    assert glass is not None
    page.mouse.move(glass["x"] + 30, glass["y"] + 50)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(glass["x"] + 30 + step * 25, glass["y"] + 50 + step % 2 * 30)
    page.mouse.up()
    page.get_by_role("button", name="用这个签名").click()
    expect(page.get_by_text("郑奶奶")).to_be_visible()


def _shoot_and_cover(at: EventPage) -> None:
    """Where children come nothing is kept before it is covered, or a guardian has signed."""
    page = at.page
    page.goto(f"{at.url}/photos")
    expect(page.get_by_text("未成年人保护已开启")).to_be_visible()
    page.get_by_role("button", name="拍一张").click()
    page.locator("video").wait_for()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="拍照").click()
    page.get_by_role("button", name="能认出", exact=True).click()
    expect(page.get_by_role("button", name="留下照片")).to_be_disabled()
    expect(page.get_by_text("要有监护人同意")).to_be_visible()
    page.get_by_role("button", name="盖住脸或号码").click()
    page.get_by_role("button", name="加一块").click()
    page.get_by_role("button", name="就这样遮盖").click()
    page.get_by_role("button", name="留下照片").click()
    expect(page.get_by_role("group", name="活动照片").locator("figure")).to_have_count(1)


def _is_black_in_the_middle(branch: Branch, event: str) -> None:
    """The original itself, as it lies in the store: below a box there is nothing."""
    [row] = branch.rows(
        "SELECT sha256 FROM photo WHERE parent_id = ? AND purpose = 'answer'", event
    )
    [path] = (branch.folder / "objects" / "objects").rglob(row["sha256"])
    picture = Image.open(io.BytesIO(path.read_bytes())).convert("RGB")
    width, height = picture.size
    red, green, blue = picture.getpixel((width // 2, height // 2))  # type: ignore[misc]
    assert max(red, green, blue) < 10
    assert picture.getpixel((width // 10, height // 2))[1] > GREEN_MIN  # type: ignore[index]


def _hand_in(page: Page) -> None:
    page.get_by_role("button", name="填写结果").click()
    page.get_by_label("花费").fill("礼品 580 元，茶水 60 元")
    page.get_by_label("经验和改进").fill("老人多，字要大")
    page.locator(".tiles button").first.click()
    page.get_by_role("button", name="提交结果").click()
    expect(page.get_by_text("结果等经理验收")).to_be_visible()


def _accept(desk: Handset, branch: Branch, held: ground.Held, folder: Path) -> None:
    desk.open()
    page = desk.sign_in("manager")
    page.goto(f"{branch.url}/events/{held.id}")
    expect(page.get_by_text("礼品 580 元，茶水 60 元")).to_be_visible(timeout=FOUND_MS)
    expect(page.locator("[data-persons]")).to_have_text("1")
    for name, begins in (("一页报告", b"%PDF"), ("签到表 Excel", b"PK"), ("签到表 CSV", b"\xef")):
        with page.expect_download(timeout=FOUND_MS) as told:
            page.get_by_role("button", name=name).click()
        told.value.save_as(folder / told.value.suggested_filename)
        assert (folder / told.value.suggested_filename).read_bytes().startswith(begins)
    page.get_by_role("button", name="验收结果").click()
    expect(page.get_by_text("已验收").first).to_be_visible()


def _number_is_nowhere(branch: Branch) -> None:
    """Not in the database, its log, the store or the server's own log, in no spelling."""
    for path in branch.folder.rglob("*"):
        if path.is_file():
            assert COUNTED_ONCE.encode() not in path.read_bytes(), path
