"""What was done at a visit without signal and is refused when it comes, hours later: told with the
words of the rule, on the phone that did it, and nothing of it is gone."""

import sqlite3

from playwright.sync_api import Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import DESK
from tests.browser.visit_hands import (
    ARRIVES_MS,
    ISSUED,
    PIN,
    STATE,
    accept,
    sets_pin,
    signed_in,
    type_pin,
    uses,
    with_signal,
    without_signal,
)
from tests.browser.visit_page import WORDS, VisitPage
from tests.browser.visiting import Hand, Prepared, today
from tests.kit.link import Link

IDENTITY, CARD = "11010519491231002X", "6222021234567890128"
KEPT = "SELECT code, payload FROM verdict WHERE code = ?"


def test_a_pin_that_was_taken_back_leaves_one_of_two(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """The colleague's PIN was reset at the desk while the phone was in the cellar."""
    own = signed_in(handset, "outreach2", line.url)
    sets_pin(own)
    branch.comes_to(own.page, lambda rows: len(rows) == 1, "SELECT id FROM pin")
    own.close()
    visit = Prepared(branch).scheduled()
    visit.staff[0].must("visits.sign_in", visit.visit, {})
    visit.agreed().answered()
    phone = VisitPage(signed_in(handset, "outreach", line.url), visit.id)
    phone.arrives()
    phone.handset.controlled()
    without_signal(line, phone.handset)
    page = phone.go("presence")
    page.get_by_role("button", name="罗晴 签到").click()
    type_pin(page.locator("dialog[open]"), PIN)
    expect(page.get_by_text("人都到齐了")).to_be_visible()
    phone.submit()
    Hand(branch, "admin").must("identity.reset_pin", ("pin", visit.staff[1].id), {})
    with_signal(line, phone.handset)
    _told(page, line, "两位员工只有 1 位在现场签到", "PIN")
    assert branch.rows(STATE, visit.id) == [{"state": "under_way"}]


def test_a_notice_that_nobody_may_read_any_more_takes_what_rests_on_it_along(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """The consent is refused, and so is what was recorded under it: the words are kept."""
    visit = Prepared(branch).at_home()
    phone = VisitPage(signed_in(handset, "outreach", line.url), visit.id)
    phone.arrives()
    phone.handset.controlled()
    without_signal(line, phone.handset)
    phone.agree()
    phone.intend()
    _set(branch, "UPDATE privacy_notice SET retired_at = '2026-01-01T00:00:00.000Z'")
    with_signal(line, phone.handset)
    _told(phone.page, line, "这份告知书已停用", "还没有就“客户的意思”征求本人同意")
    (kept,) = branch.rows(KEPT, "consent_missing")
    assert WORDS in kept["payload"]


def test_an_authorisation_that_ended_meanwhile_was_not_used(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """The counter's phone had it as good; its last day had passed when the business was done."""
    visit = Prepared(branch).submitted()
    accept(Hand(branch, "manager"), visit)
    issued = branch.rows(ISSUED, visit.id)[0]
    counter = signed_in(handset, "outlet", line.url)
    counter.page.goto(f"{line.url}/authorisations/{issued['id']}")
    expect(counter.page.get_by_role("button", name="用一次")).to_be_visible(timeout=ARRIVES_MS)
    counter.controlled()
    without_signal(line, counter)
    uses(counter, issued["number"], "YW-LATE", listed=False)
    _set(branch, "UPDATE visit_authorisation SET until = ?", today(-1))
    with_signal(line, counter)
    _told(counter.page, line, f"授权 {issued['number']} 已于", "到期")
    assert [row["state"] for row in branch.rows(ISSUED, visit.id)] == ["issued"]


def test_a_decision_of_somebody_who_turns_out_to_have_been_there_is_none(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """The desk was offline when it became known that its manager had been at the visit."""
    visit = Prepared(branch).submitted()
    desk = signed_in(handset, "manager", line.url, viewport=DESK)
    page = desk.page
    page.goto(f"{line.url}/visits/review/{visit.id}")
    button = page.get_by_role("button", name="通过并出具授权")
    expect(button).to_be_enabled(timeout=ARRIVES_MS)
    desk.controlled()
    without_signal(line, desk)
    button.click()
    expect(page.locator("header")).to_contain_text("仅在本机")
    manager = branch.rows("SELECT id FROM person WHERE username = ?", "manager")[0]["id"]
    _set(
        branch, "UPDATE visit SET presences = replace(presences, ?, ?)", visit.staff[1].id, manager
    )
    with_signal(line, desk)
    _told(page, line, "参加了这次上门，不能自己复核")
    assert branch.rows(STATE, visit.id) == [{"state": "submitted"}]


def test_a_number_is_told_where_it_is_typed_and_goes_nowhere(
    branch: Branch, handset: Handsets
) -> None:
    """Nothing is written down while it stands there; sent past the screen it is refused."""
    visit = Prepared(branch).at_home().agreed()
    phone = VisitPage(signed_in(handset, "outreach", branch.url), visit.id)
    phone.arrives()
    page = phone.go("intention")
    words = page.get_by_label("客户的原话", exact=True)
    for number in (IDENTITY, CARD):
        words.fill(f"{WORDS}，号码 {number}")
        expect(page.get_by_role("button", name="去掉号码")).to_be_visible()
        page.locator(".btn.main").filter(has_text="记下").click()
        expect(words).to_have_value(f"{WORDS}，号码 {number}")
        verdict = visit.staff[0].do(
            "visits.record_intention",
            ("visit_answer", f"{visit.id}.intention"),
            {"words": f"{WORDS} {number}"},
        )
        assert verdict["code"] == "personal_number", verdict
    page.get_by_role("button", name="去掉号码").click()
    expect(words).not_to_have_value(f"{WORDS}，号码 {CARD}")
    phone.intend()
    part = "SELECT id FROM visit_answer WHERE id = ?"
    branch.comes_to(page, lambda rows: len(rows) == 1, part, f"{visit.id}.intention")


def _told(page: Page, line: Link, *words: str) -> None:
    page.goto(f"{line.url}/device")
    for one in words:
        expect(page.get_by_text(one).first).to_be_visible(timeout=ARRIVES_MS)


def _set(branch: Branch, sql: str, *values: object) -> None:
    """What took weeks, or hands other than ours."""
    with sqlite3.connect(branch.folder / "xunfang.db", timeout=30) as database:
        database.execute(sql, values)
    database.close()
