"""The main job, as it is done: offline, with a dying phone, over a line that breaks all the time.

An inspector opens a round where there is no signal, answers it, takes photographs, loses the
browser twice, signs and hands in. Everything travels over a thin line that is cut every ten
seconds. The outlet reports the fixes, the manager approves one and returns one, and the
inspector's phone shows both. Then it is counted on the server, past our own code.
"""

import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.branch import ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import DESK, Handset
from tests.browser.paper import Finding, Step, all_good
from tests.browser.round_page import RoundPage
from tests.kit.link import Link, link_to
from tests.kit.photographs import digest, photograph, real_photographs
from tests.kit.services.postgres import Postgres
from tests.kit.services.radosgw import RadosGateway

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KILL_SEED = 20261124
LINE_BYTES_PER_SECOND = 1_024_000
CUT_SECONDS = 10
BIKES, LETTERS, CABLES = "门前停着两辆电动车", "风险提示函缺页", "柜台下线缆散落"


@pytest.fixture(params=["sqlite and folder", "postgresql and radosgw"])
def branch(request: pytest.FixtureRequest, dist: Path, tmp_path: Path) -> Iterator[Branch]:
    """The demo branch on both pairs of database and store."""
    if request.param == "sqlite and folder":
        played: Path = request.getfixturevalue("played")
        one = Branch(Path(shutil.copytree(played, tmp_path / "branch")))
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        gateway: RadosGateway = request.getfixturevalue("radosgw")
        bucket = gateway.new_bucket()
        one = Branch(
            tmp_path / "branch",
            bucket,
            XUNFANG_DATABASE_URL=postgres.new_database(),
            XUNFANG_STORE_URL=bucket.store_url,
            **bucket.environment,
        )
        one.run("demo")
    one.start()
    yield one
    one.stop()
    one.stays_without_numbers()


@dataclass
class Put:
    """What the inspector and the outlet put in, to be counted afterwards."""

    answers: int = 0
    files: dict[str, Path] = field(default_factory=dict)

    def take(self, *photos: Path) -> list[Path]:
        self.files |= {digest(photo): photo for photo in photos}
        return list(photos)


def planned(folder: Path, put: Put) -> list[Step]:
    """Twelve files of twelve megapixels, one shot of the page's own camera, three findings."""
    assert real_photographs(), "the photographs could not be fetched"
    twelve = put.take(*(photograph(folder, number, real=number < 8) for number in range(12)))
    steps = all_good("service_quality")
    found = (
        ("i_front", Finding(BIKES, twelve[0:2])),
        ("i_cables", Finding(CABLES, twelve[2:3], after=twelve[3:4])),
        ("i_letter", Finding(LETTERS, twelve[4:6])),
    )
    for key, finding in found:
        steps[key].value, steps[key].finding = "fail", finding
    steps["i_hall"].photos = twelve[6:8]
    steps["i_shelf"].photos = twelve[8:9]
    steps["i_exit"].photos = twelve[9:10]
    steps["i_view"].photos = twelve[10:12]
    steps["i_ext"].shots = 1
    return list(steps.values())


def test_an_offline_round_becomes_an_approved_and_a_returned_rectification(
    branch: Branch, handset: Handsets, tmp_path: Path
) -> None:
    put = Put()
    (tmp_path / "photos").mkdir()
    steps = planned(tmp_path / "photos", put)
    with link_to(branch.port) as line:
        phone = handset("inspector", line.url)
        phone.open()
        phone.sign_in("inspector")
        phone.ready()
        phone.close()
        _without_signal(branch, line, phone, steps, put)
        _everything_arrives(branch, line, phone)
        outlet = handset("outlet", line.url)
        _the_outlet_reports(outlet, tmp_path / "photos", put)
        _leaves(outlet, branch, {BIKES: "reported", LETTERS: "reported"})
        desk = handset("manager", line.url, viewport=DESK)
        _the_manager_decides(desk)
        _leaves(desk, branch, {BIKES: "closed", LETTERS: "returned"})
        _the_phone_shows_both(phone)
        phone.close()
    _counted(branch, put)


def _without_signal(
    branch: Branch, line: Link, phone: Handset, steps: list[Step], put: Put
) -> None:
    """No server, no line, and a browser that knows it; the icon is tapped after that."""
    line.down()
    branch.stop()
    phone.open(offline=True)
    phone.page.get_by_text("柳溪路支行").first.click()
    chance = random.Random(KILL_SEED)
    deadly = set(chance.sample(range(3, len(steps) - 6), 2))
    seen = 0
    for number, step in enumerate(steps):
        if number in deadly:
            _kill_within(phone, chance.uniform(0.0, 1.2))
            seen = _done_despite_the_kill(phone, line, step, seen)
        else:
            seen = _done(phone.page, step, seen)
    answered, of = RoundPage(phone.page).answered
    assert of >= 40
    assert answered == of - 1, "all but the signature"
    put.answers = of - 2  # a photo and a signature are answers without a register
    RoundPage(phone.page).sign_and_submit(f"{line.url}/rounds/{ROUND_TO_FILL}")
    expect(phone.page.locator("a.truth")).to_contain_text("仅在本机")
    assert not branch.rows("SELECT id FROM photo WHERE parent_id = ?", ROUND_TO_FILL)


def _done(page: Page, step: Step, seen: int) -> int:
    round_ = RoundPage(page)
    if round_.has(step):
        round_.do(step)
    return max(seen, round_.answered[0])


def _kill_within(phone: Handset, seconds: float) -> None:
    threading.Timer(seconds, phone.kill).start()


def _done_despite_the_kill(phone: Handset, line: Link, step: Step, seen: int) -> int:
    """The step goes on until the browser is gone; what it had shown is there when it is back."""
    until = time.monotonic() + 10
    try:
        seen = _done(phone.page, step, seen)
        while phone.pids() and time.monotonic() < until:
            seen = max(seen, RoundPage(phone.page).answered[0])
    except (Error, AssertionError):
        phone.context  # noqa: B018  it was open: nothing but the kill can have ended it
    while phone.pids() and time.monotonic() < until:
        time.sleep(0.05)
    assert not phone.pids(), "the browser outlived its kill"
    phone.forget_killed()
    page = phone.open(f"/rounds/{ROUND_TO_FILL}", offline=True)
    assert RoundPage(page).answered[0] >= seen, "an answer that was shown is gone"
    return _done(page, step, seen)


def _everything_arrives(branch: Branch, line: Link, phone: Handset) -> None:
    branch.start()
    line.up()
    with line.thin(LINE_BYTES_PER_SECOND, CUT_SECONDS):
        phone.context.set_offline(False)
        branch.comes_to(
            phone.page,
            lambda rows: rows == [{"state": "accepted"}] * 14,
            "SELECT state FROM photo WHERE parent_id = ?",
            ROUND_TO_FILL,
        )
    assert line.cuts >= 2
    expect(phone.page.locator("a.truth")).not_to_contain_text("仅在本机", timeout=60_000)


def _the_outlet_reports(phone: Handset, folder: Path, put: Put) -> None:
    phone.open()
    page = phone.sign_in("outlet")
    for number, text in ((20, BIKES), (21, LETTERS)):
        page.goto(f"{phone.url}/findings")
        page.get_by_text(text).first.click()
        page.get_by_role("button", name="接收整改").click()
        page.get_by_role("button", name="报告已整改").click()
        page.get_by_role("button", name="拍整改后").click()
        chooser = page.locator("dialog[open] input[type=file][capture]")
        chooser.set_input_files(put.take(photograph(folder, number))[0])
        expect(page.locator("dialog[open] figure")).to_have_count(1, timeout=30_000)
        page.locator("dialog[open] textarea").first.fill("已按要求整改。")
        page.locator("dialog[open]").get_by_role("button", name="报告已整改").click()
        expect(page.locator("dialog[open]")).to_have_count(0)


def _leaves(handset: Handset, branch: Branch, states: dict[str, str]) -> None:
    """Puts the device away once the server has what was done on it. The truth line alone does not
    say so: in the moment after a tap it still tells of the time before."""
    branch.comes_to(
        handset.page,
        lambda rows: states.items() <= {row["text"]: row["state"] for row in rows}.items(),
        "SELECT text, state FROM rectification WHERE round = ?",
        ROUND_TO_FILL,
    )
    expect(handset.page.locator("a.truth")).not_to_contain_text("仅在本机", timeout=60_000)
    handset.close()


def _the_manager_decides(desk: Handset) -> None:
    desk.open()
    page = desk.sign_in("manager")
    page.goto(f"{desk.url}/approvals")
    _choose(page, BIKES)
    approve = page.get_by_role("button", name="审批通过并销号")
    expect(approve).to_be_enabled(timeout=60_000)
    approve.click()
    expect(page.locator(".list").get_by_text(BIKES)).to_have_count(0)
    _choose(page, LETTERS)
    page.get_by_role("button", name="退回").click()
    page.locator("dialog[open] textarea").fill("第三页还是缺的。")
    page.locator("dialog[open]").get_by_role("button", name="退回").click()
    expect(page.locator(".list").get_by_text(LETTERS)).to_have_count(0)


def _choose(page: Page, text: str) -> None:
    page.locator(".list").get_by_text(text).first.click()
    expect(page.get_by_role("heading", name=text)).to_be_visible()


def _the_phone_shows_both(phone: Handset) -> None:
    page = phone.page
    page.goto(f"{phone.url}/findings")
    returned = page.locator(".list a").filter(has_text=LETTERS)
    expect(returned).to_contain_text("已退回", timeout=90_000)
    page.get_by_role("button", name="已销号").click()
    closed = page.locator(".list a").filter(has_text=BIKES)
    expect(closed).to_contain_text("已销号")
    returned_or_spot = page.locator(".list a").filter(has_text=CABLES)
    expect(returned_or_spot).to_contain_text("已销号")


def _counted(branch: Branch, put: Put) -> None:
    """Nothing lost, nothing doubled, every digest equal to the file that was put in."""
    round_ = branch.rows("SELECT * FROM round WHERE id = ?", ROUND_TO_FILL)[0]
    assert round_["state"] == "submitted"
    assert round_["hash_equal"]
    answers = branch.rows("SELECT item FROM answer_register WHERE record = ?", ROUND_TO_FILL)
    assert len(answers) == len({row["item"] for row in answers}) == put.answers
    photos = branch.rows("SELECT * FROM photo WHERE parent_id = ?", ROUND_TO_FILL)
    cases = branch.rows("SELECT * FROM rectification WHERE round = ?", ROUND_TO_FILL)
    for case in cases:
        photos += branch.rows("SELECT * FROM photo WHERE parent_id = ?", case["id"])
    assert {row["text"]: row["state"] for row in cases} == {
        BIKES: "closed",
        LETTERS: "returned",
        CABLES: "closed",
    }
    assert len(cases) == 3
    times = Counter(row["sha256"] for row in photos)
    assert set(times.values()) == {1}, "a photo is there twice"
    drawn = {row["sha256"] for row in photos if row["purpose"] == "signature"}
    shot = {row["sha256"] for row in photos if row["item"] == "i_ext"}
    assert len(drawn) == len(shot) == 1
    assert set(times) - drawn - shot == set(put.files)
    stored = branch.objects()
    assert {name: stored.get(name) for name in times} == {name: name for name in times}
    said = branch.run("check")
    assert "BAD" not in said, said
