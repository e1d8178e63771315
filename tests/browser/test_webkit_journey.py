"""The main job in WebKit, the engine of every browser on an iPhone, where most silent losses of
other apps were reported.

Shown: a service worker that serves the app when server and line are gone; answers, a finding and
photos through the file input, kept over a SIGKILL of the whole browser, of the page's process
(memory pressure: Safari loads the page again) and of the network process, which holds IndexedDB
("Connection to Indexed Database server lost"), without loading the page again. The last one also
while a photo is being kept: then it is kept, or the person is told that it was not. One round at a
time as long as the browser may clear the site by itself. Then everything on the server, once.

Not shown, because WebKitGTK on a desk is no iPhone: eviction after seven days, the home screen,
`navigator.storage.persist`, the camera, a system that suspends the page. A killed process is no
power cut: what the kernel had taken is written.
"""

import time
from collections import Counter
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.browser.branch import ROUND_AT_MACHINES, ROUND_TO_FILL, Branch
from tests.browser.handset import HELD
from tests.browser.paper import Finding, Step, all_good
from tests.browser.webkit_page import WebKitPage, WebKitRound
from tests.kit.link import Link
from tests.kit.photographs import digest, photograph
from tests.kit.services.webkit import Window

pytestmark = [pytest.mark.slow, pytest.mark.browser]

POSTER = "防诈骗提示褪色，看不清"
ARRIVED_SECONDS = 60
LIFE = "window.livesOn"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two photographs of twelve megapixels."""
    return [photograph(tmp_path, number) for number in (0, 1)]


def _planned(files: list[Path]) -> list[Step]:
    steps = all_good("self_service")
    steps["s_poster"].value = "fail"
    steps["s_poster"].finding = Finding(POSTER, files[:1])
    return list(steps.values())


def test_an_offline_round_in_webkit_outlives_its_processes_and_arrives_whole(
    branch: Branch, line: Link, webkit: Window, files: list[Path]
) -> None:
    url = f"{line.url}/rounds/{ROUND_AT_MACHINES}"
    page = WebKitPage(webkit.open())
    page.driver.get(line.url)
    page.sign_in("inspector")
    page.until("ready", lambda: page.driver.find_elements(By.CSS_SELECTOR, HELD))
    page.see("浏览器可能清理本机内容")
    line.down()
    branch.stop()
    page.driver.get(line.url)
    page.tap("a", "大学城自助银行")
    steps = _planned(files)
    seen = _do(page, steps[:5])
    _only_one_round_at_a_time(page, line.url)

    webkit.kill()
    page = WebKitPage(webkit.open())
    page.driver.get(url)
    assert WebKitRound(page.driver).answered == seen, "an answer that was shown is gone"
    seen = _do(page, steps[5:8])

    webkit.kill_page()
    page = WebKitPage(webkit.take_hold())
    assert WebKitRound(page.driver).answered == seen, "an answer that was shown is gone"

    page.driver.execute_script(f"{LIFE} = true")
    page = _loses_its_database_while_a_photo_is_written(webkit, page, steps, files[1])
    _do(page, steps[8:])
    assert page.driver.execute_script(f"return {LIFE}"), "the page was loaded again"
    WebKitRound(page.driver).sign_and_submit(url)
    page.see("仅在本机", "a.truth")
    assert not branch.rows("SELECT id FROM photo WHERE parent_id = ?", ROUND_AT_MACHINES)

    branch.start()
    line.up()
    _arrived(branch, page)
    _counted(branch, files)


def _do(page: WebKitPage, steps: list[Step]) -> int:
    for step in steps:
        WebKitRound(page.driver).do(step)
    return WebKitRound(page.driver).answered


def _only_one_round_at_a_time(page: WebKitPage, url: str) -> None:
    """The browser may clear the site, so a second one waits for the first."""
    page.driver.get(f"{url}/rounds/{ROUND_TO_FILL}")
    page.see("先把手上的一轮做完")
    assert not page.count("li[aria-current=step]")
    page.tap("a.note", "大学城自助银行")
    WebKitRound(page.driver)


def _loses_its_database_while_a_photo_is_written(
    webkit: Window, page: WebKitPage, steps: list[Step], photo: Path
) -> WebKitPage:
    step = next(step for step in steps if step.type == "photo")
    strip = f"#item-{step.key} .strip"
    round_ = WebKitRound(page.driver)
    round_.take(step)
    round_.hand_over(strip, photo)
    webkit.kill_network()
    round_ = WebKitRound(webkit.take_hold())
    # The file lies in the process that died: what was not read by then can only be taken again.
    kept, told = f"{strip} figure", "没有拿到照片。请重拍。"
    round_.until("kept or told", lambda: round_.count(kept) or told in round_.text())
    step.photos = [photo]
    round_.do(step)
    assert round_.count(kept) == 1
    return round_


def _arrived(branch: Branch, page: WebKitPage) -> None:
    sql = "SELECT state FROM photo WHERE parent_id = ?"
    until, states = time.monotonic() + ARRIVED_SECONDS, []
    while time.monotonic() < until and states != ["accepted"] * 3:
        time.sleep(0.2)
        states = [row["state"] for row in branch.rows(sql, ROUND_AT_MACHINES)]
    assert states == ["accepted"] * 3, page.text()
    page.until("nothing left", lambda: "仅在本机" not in page.text("a.truth"))


def _counted(branch: Branch, files: list[Path]) -> None:
    """Nothing lost, nothing doubled, every digest equal to the file that was put in."""
    round_ = branch.rows("SELECT * FROM round WHERE id = ?", ROUND_AT_MACHINES)[0]
    assert round_["state"] == "submitted"
    assert round_["hash_equal"]
    answers = branch.rows("SELECT item FROM answer_register WHERE record = ?", ROUND_AT_MACHINES)
    assert len(answers) == len({row["item"] for row in answers}) == 13, "all but the photo"
    cases = branch.rows("SELECT text FROM rectification WHERE round = ?", ROUND_AT_MACHINES)
    assert [row["text"] for row in cases] == [POSTER]
    photos = branch.rows("SELECT * FROM photo WHERE parent_id = ?", ROUND_AT_MACHINES)
    times = Counter(row["sha256"] for row in photos)
    drawn = {row["sha256"] for row in photos if row["purpose"] == "signature"}
    assert set(times.values()) == {1}, "a photo is there twice"
    assert len(drawn) == 1
    assert set(times) - drawn == {digest(file) for file in files}
    stored = branch.objects()
    assert {name: stored.get(name) for name in times} == {name: name for name in times}
    said = branch.run("check")
    assert "BAD" not in said, said
