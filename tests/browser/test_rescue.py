"""A phone whose database the app cannot open any more gives up what was not sent."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.branch import ROUND_AT_MACHINES, Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import Handset
from tests.browser.paper import Finding, all_good
from tests.browser.round_page import RoundPage
from tests.kit.photographs import digest, photograph

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# A schema of the future: the app that is installed can never open it.
MAKE_NEWER = """async () => {
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('xunfang-')) continue;
    const asked = indexedDB.open(name, 999);
    await new Promise((done, failed) => { asked.onsuccess = done; asked.onerror = failed; });
    asked.result.close();
  }
}"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return photograph(tmp_path, 0)


@pytest.fixture
def phone(branch: Branch, handset: Handsets, photo: Path) -> Handset:
    """The inspector's: two answers and a finding with its photo lie on it, unsent, and the app
    does not open its database any more."""
    phone = handset("phone", branch.url)
    phone.open()
    page = phone.sign_in("inspector")
    phone.ready()
    branch.stop()
    page.goto(f"{branch.url}/rounds/{ROUND_AT_MACHINES}")
    steps = all_good("self_service")
    steps["s_light"].value, steps["s_light"].finding = "fail", Finding("灯不亮", [photo])
    for key in ("s_door", "s_clean", "s_light"):
        RoundPage(page).do(steps[key])
    page.goto(f"{branch.url}/rescue.html")
    page.evaluate(MAKE_NEWER)
    page.goto(branch.url, wait_until="commit")  # it is left again before it has loaded
    expect(page).to_have_url(re.compile("/rescue.html$"))
    return phone


def test_its_sealed_file_is_taken_in_by_the_server_and_doubles_nothing(
    branch: Branch, phone: Handset, photo: Path, tmp_path: Path
):
    """The file is delivered by hand; later the page finds the network after all and sends, too."""
    page = phone.page
    with page.expect_download() as carried:
        page.get_by_role("button", name=re.compile("存成加密文件")).click()
    file = tmp_path / "carried.xfex"
    carried.value.save_as(file)
    assert "灯不亮".encode() not in file.read_bytes()
    branch.run("deliver", str(file))
    _arrived(branch, photo)
    branch.start()
    _sent(page)
    _arrived(branch, photo)


def test_it_sends_by_itself_and_keeps_what_it_has(branch: Branch, phone: Handset, photo: Path):
    branch.start()
    _sent(phone.page)
    _arrived(branch, photo)
    phone.page.reload()
    expect(phone.page.get_by_role("status")).to_contain_text("条记录和照片")


def _sent(page: Page) -> None:
    page.get_by_role("button", name=re.compile("发送到服务器")).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^已收到"), timeout=20_000)


def _arrived(branch: Branch, photo: Path) -> None:
    answers = branch.rows("SELECT item FROM answer_register WHERE record = ?", ROUND_AT_MACHINES)
    assert sorted(row["item"] for row in answers) == ["s_clean", "s_door", "s_light"]
    photos = branch.rows("SELECT sha256 FROM photo WHERE parent_id = ?", ROUND_AT_MACHINES)
    assert [row["sha256"] for row in photos] == [digest(photo)]
    assert branch.objects()[digest(photo)] == digest(photo)
    assert "BAD" not in branch.run("check")
