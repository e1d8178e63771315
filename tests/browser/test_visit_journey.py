"""A home visit as it is done: two members of staff without signal, a review, an authorisation."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser import visit_page as visits
from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import DESK, Handset
from tests.browser.visit_hands import (
    ARRIVES_MS,
    ISSUED,
    PIN,
    PRESENT,
    STATE,
    accept,
    sets_pin,
    signed_in,
    there,
    type_pin,
    uses,
    with_signal,
    without_signal,
)
from tests.browser.visit_page import VisitPage
from tests.browser.visiting import Hand, Prepared, today
from tests.kit.link import Link
from tests.kit.photographs import photograph


def test_a_verification_without_signal_becomes_an_authorisation_that_is_used(
    branch: Branch, line: Link, handset: Handsets, tmp_path: Path
) -> None:
    """Asked for at the outlet, done by two phones in a cellar, reviewed at a desk, used once."""
    outlet = signed_in(handset, "outlet", line.url)
    visit = visits.request(outlet)
    visits.schedule(outlet.page, "何敏", "罗晴")
    first = VisitPage(signed_in(handset, "outreach", line.url), visit)
    second = VisitPage(signed_in(handset, "outreach2", line.url), visit)
    for one in (first, second):
        one.arrives()
        one.handset.controlled()

    without_signal(line, first.handset, second.handset)
    first.sign_in()
    second.sign_in()
    first.verified(photograph(tmp_path, 1))
    first.go()
    expect(first.page.locator("a.truth")).to_contain_text("仅在本机")
    expect(first.page.get_by_role("button", name="提交复核")).to_have_count(0)
    assert branch.rows(STATE, visit) == [{"state": "scheduled"}]

    with_signal(line, first.handset, second.handset)
    branch.comes_to(first.page, lambda rows: there(rows) == 2, PRESENT, visit)
    first.submit()
    branch.comes_to(first.page, lambda rows: rows == [{"state": "submitted"}], STATE, visit)

    desk = signed_in(handset, "manager", line.url, viewport=DESK)
    _accepts(desk, visit)
    branch.comes_to(desk.page, lambda rows: rows == [{"state": "accepted"}], STATE, visit)
    issued = branch.rows(ISSUED, visit)[0]
    first.page.evaluate("dispatchEvent(new Event('online'))")
    expect(first.page.get_by_role("heading", name="上门核实")).to_be_visible(timeout=ARRIVES_MS)
    expect(first.page.locator("main")).not_to_contain_text(visits.WORDS)

    uses(outlet, issued["number"], "YW-20261127-01")
    branch.comes_to(
        outlet.page, lambda rows: [row["state"] for row in rows] == ["used"], ISSUED, visit
    )
    used = json.loads(branch.rows(ISSUED, visit)[0]["uses"])
    assert [(one["business"], one["reference"]) for one in used] == [
        ("password_reset", "YW-20261127-01")
    ]
    expect(outlet.page.get_by_role("button", name="用一次")).to_have_count(0)


def test_what_a_visit_must_not_be_is_not_offered_and_is_refused(
    branch: Branch, handset: Handsets
) -> None:
    """One of two, nobody asked, nobody's no: the phone says so before, the server in any case."""
    visit = Prepared(branch).scheduled()
    phone = VisitPage(signed_in(handset, "outreach", branch.url), visit.id)
    phone.arrives()
    page = phone.go("sight")
    expect(page.get_by_text("先签到，再记录")).to_be_visible()
    phone.sign_in()
    expect(page.get_by_text("还差 1 位工作人员签到")).to_be_visible()
    phone.go("sight")
    expect(page.get_by_text("先征求客户同意，再记录")).to_be_visible()
    expect(page.get_by_role("button", name="记下")).to_have_count(0)
    branch.comes_to(page, lambda rows: there(rows) == 1, PRESENT, visit.id)
    hand = visit.staff[0]
    words = {"words": visits.WORDS}
    intention = ("visit_answer", f"{visit.id}.intention")
    _refused(hand.do("visits.record_intention", intention, words), "consent_missing")
    _refused(hand.do("visits.submit", visit.visit, {}), "presence_missing")

    phone.agree("写下您想怎么办")
    phone.go()
    expect(page.get_by_text("客户没有同意“客户的意思”，这里不能记录")).to_be_visible()
    expect(page.get_by_role("button", name="不办了")).to_be_visible()
    expect(page.get_by_role("button", name="提交复核")).to_have_count(0)


def test_for_a_child_a_guardian_answers(branch: Branch, handset: Handsets) -> None:
    """The child cannot; that it was the guardian is told beside what they agreed to."""
    visit = Prepared(branch).at_home()
    phone = VisitPage(signed_in(handset, "outreach", branch.url), visit.id)
    phone.arrives()
    phone.agree(answers="监护人，客户未满 14 岁")
    phone.go("consent")
    expect(phone.page.get_by_text("监护人，客户未满 14 岁")).to_be_visible()
    told = "SELECT principal, minor FROM consent WHERE parent_id = ?"
    branch.comes_to(phone.page, lambda rows: len(rows) == 1, told, visit.id)
    assert branch.rows(told, visit.id) == [{"principal": "guardian", "minor": 1}]


def test_nobody_reviews_a_visit_that_they_went_on(branch: Branch, handset: Handsets) -> None:
    """A manager who went has no button for it, and another one has."""
    visit = Prepared(branch, "manager", "outreach2").submitted()
    own = signed_in(handset, "manager", branch.url)
    own.page.goto(f"{branch.url}/visits/{visit.id}")
    expect(own.page.get_by_text("您去过这次上门。请另一位同事复核")).to_be_visible(
        timeout=ARRIVES_MS
    )
    expect(own.page.get_by_role("button", name="通过并出具授权")).to_have_count(0)
    digest = {"content_digest": "0" * 64}
    _refused(visit.staff[0].do("visits.accept", visit.visit, digest), "own_visit")
    other = signed_in(handset, "outlet", branch.url)
    other.page.goto(f"{branch.url}/visits/{visit.id}")
    expect(other.page.get_by_role("button", name="通过并出具授权")).to_be_visible(
        timeout=ARRIVES_MS
    )


def test_a_withdrawal_that_a_phone_has_not_heard_of_is_told_when_it_comes_back(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """Two hours in a cellar: the customer's daughter called the outlet meanwhile."""
    visit = Prepared(branch).at_home().agreed()
    phone = VisitPage(signed_in(handset, "outreach", line.url), visit.id)
    phone.arrives()
    phone.handset.controlled()
    page = phone.go("intention")
    expect(page.get_by_label("客户的原话", exact=True)).to_be_visible(timeout=ARRIVES_MS)
    without_signal(line, phone.handset)
    phone.intend()
    told = {"channel": "phone", "asked_by": "person", "purposes": ["visits.intention"]}
    visit.head.must("privacy.withdraw", ("consent", visit.consent), told)
    with_signal(line, phone.handset)
    page.goto(f"{line.url}/device")
    expect(page.get_by_text("这条记录已按规定删除")).to_be_visible(timeout=ARRIVES_MS)
    page.goto(f"{line.url}/visits/{visit.id}")
    expect(page.get_by_text("客户撤回同意").first).to_be_visible(timeout=ARRIVES_MS)
    expect(page.get_by_text("给客户的办法：到网点办")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(visits.WORDS)
    assert branch.rows(STATE, visit.id) == [{"state": "declined"}]


def test_a_use_that_came_second_is_refused_with_its_words_hours_later(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """Two counters, one of them without signal: the second use does not count and is kept."""
    visit = Prepared(branch).submitted()
    judge = Hand(branch, "manager")
    accept(judge, visit)
    issued = branch.rows(ISSUED, visit.id)[0]
    counter = signed_in(handset, "outlet", line.url)
    counter.page.goto(f"{line.url}/authorisations/{issued['id']}")
    expect(counter.page.get_by_role("button", name="用一次")).to_be_visible(timeout=ARRIVES_MS)
    counter.controlled()
    without_signal(line, counter)
    uses(counter, issued["number"], "YW-LATE", listed=False)
    expect(counter.page.get_by_text("还在本机").first).to_be_visible()
    first = {"business": "password_reset", "reference": "YW-FIRST"}
    visit.staff[0].must("visits.use", ("authorisation", str(issued["id"])), first)
    with_signal(line, counter)
    expect(counter.page.get_by_text("没有算数的使用")).to_be_visible(timeout=ARRIVES_MS)
    expect(counter.page.get_by_text("已经用过，不能再用").first).to_be_visible()
    counter.page.goto(f"{line.url}/device")
    expect(counter.page.get_by_text("已经用过").first).to_be_visible(timeout=ARRIVES_MS)


def test_an_authorisation_ends_with_its_last_day_and_with_being_revoked(
    branch: Branch, handset: Handsets
) -> None:
    """Looked at after its time, it says so and offers nothing; a revoked one does at once."""
    visit = Prepared(branch).submitted()
    judge = Hand(branch, "manager")
    accept(judge, visit)
    issued = str(branch.rows(ISSUED, visit.id)[0]["id"])
    counter = signed_in(handset, "outlet", branch.url)
    page = counter.page
    page.goto(f"{branch.url}/authorisations/{issued}")
    expect(page.get_by_role("button", name="用一次")).to_be_visible(timeout=ARRIVES_MS)
    page.clock.set_fixed_time(f"{today(31)}T02:00:00Z")
    page.reload()
    expect(page.get_by_text("已过期，不能再用").first).to_be_visible(timeout=ARRIVES_MS)
    expect(page.get_by_role("button", name="用一次")).to_have_count(0)
    judge.must("visits.revoke", ("authorisation", issued), {"reason": "customer_asked"})
    use = {"business": "password_reset", "reference": "YW-1"}
    head = visit.head.do("visits.use", ("authorisation", issued), use)
    _refused(head, "authorisation_revoked", "conflict")


def test_the_second_of_two_signs_in_by_pin_on_the_first_ones_phone(
    branch: Branch, line: Link, handset: Handsets
) -> None:
    """Without signal a slip of the finger is told at the pad; with signal the server has it."""
    own = signed_in(handset, "outreach2", line.url)
    sets_pin(own)
    branch.comes_to(own.page, lambda rows: len(rows) == 1, "SELECT id FROM pin")
    own.close()
    visit = Prepared(branch).scheduled()
    phone = VisitPage(signed_in(handset, "outreach", line.url), visit.id)
    phone.arrives()
    phone.handset.controlled()
    without_signal(line, phone.handset)
    phone.sign_in()
    page = phone.page
    page.get_by_role("button", name="罗晴 签到").click()
    pad = page.locator("dialog[open]")
    type_pin(pad, "730265")
    expect(pad.get_by_text("PIN 不对，还可以试 4 次")).to_be_visible()
    type_pin(pad, PIN)
    expect(pad).to_have_count(0)
    expect(page.get_by_text("人都到齐了")).to_be_visible()
    with_signal(line, phone.handset)
    branch.comes_to(page, lambda rows: there(rows) == 2, PRESENT, visit.id)
    told = json.loads(branch.rows(PRESENT, visit.id)[0]["presences"])
    assert [one["how"] for one in told] == ["own_device", "pin"]


def _refused(verdict: dict[str, Any], code: str, status: str = "rejected") -> None:
    assert (verdict["s"], verdict["code"]) == (status, code), verdict
    assert verdict["detail_zh"], verdict


def _accepts(desk: Handset, visit: str) -> None:
    page = desk.page
    page.goto(f"{desk.url}/visits/review/{visit}")
    detail = page.locator(".case")
    expect(detail).to_contain_text(visits.WORDS, timeout=ARRIVES_MS)
    expect(detail.get_by_text("身份证，相符").first).to_be_visible()
    accept = page.get_by_role("button", name="通过并出具授权")
    expect(accept).to_be_enabled(timeout=ARRIVES_MS)
    accept.click()
