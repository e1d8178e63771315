"""What staff do with their phones around a visit: signing in, losing the signal, a PIN, a use."""

import json
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Handsets
from tests.browser.handset import Handset
from tests.browser.visiting import Hand, Prepared
from tests.kit.link import Link

ARRIVES_MS = 90_000
PIN = "407193"
STATE = "SELECT state FROM visit WHERE id = ?"
PRESENT = "SELECT presences FROM visit WHERE id = ?"
ISSUED = "SELECT id, number, state, uses FROM visit_authorisation WHERE visit = ?"


def sets_pin(own: Handset) -> None:
    """At home, on their own phone."""
    own.page.goto(f"{own.url}/device")
    own.page.get_by_role("button", name="PIN（在同事手机上签到用）").click()
    pad = own.page.locator("dialog[open]")
    for said in ("输入新的 6 位 PIN", "再输入一次"):
        expect(pad.get_by_text(said)).to_be_visible()
        type_pin(pad, PIN)


def type_pin(pad: Locator, digits: str) -> None:
    """On an open pad."""
    for digit in digits:
        pad.get_by_role("button", name=digit, exact=True).click()


def signed_in(handset: Handsets, username: str, url: str, **options: Any) -> Handset:
    """A phone of this person, open and signed in."""
    one = handset(username, url, **options)
    one.open()
    one.sign_in(username)
    return one


def without_signal(line: Link, *phones: Handset) -> None:
    """Into the cellar."""
    for phone in phones:
        phone.context.set_offline(True)
    line.down()


def with_signal(line: Link, *phones: Handset) -> None:
    """Up again."""
    line.up()
    for phone in phones:
        phone.context.set_offline(False)


def there(rows: list[dict[str, Any]]) -> int:
    """How many have signed in."""
    return len(json.loads(rows[0]["presences"])) if rows else 0


def accept(judge: Hand, visit: Prepared) -> None:
    """Past every screen, on what the visit is now."""
    digest = str(judge.body("visit", visit.id)["content_digest"])
    judge.must("visits.accept", visit.visit, {"content_digest": digest})


def uses(counter: Handset, number: str, reference: str, *, listed: bool = True) -> None:
    """Business is done on an authorisation at this counter."""
    page = counter.page
    if listed:
        page.goto(f"{counter.url}/authorisations")
        page.get_by_text(number).first.click(timeout=ARRIVES_MS)
    page.get_by_role("button", name="用一次").click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("业务流水号", exact=True).fill(reference)
    sheet.get_by_role("button", name="记下办理").click()
    expect(sheet).to_have_count(0)
