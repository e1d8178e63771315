"""The data-protection officer's place: registers, withdrawals, holds, notices, the monthly list."""

import contextlib
import json
import sqlite3

from playwright.sync_api import Page, expect

from backend.foundation.kernel.ids import new_id
from tests.browser.branch import ROUND_TO_FILL, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK

VISIT = ("visit_person", "0190a0b0-0000-7000-8000-0000000c0ffe")
AT = "2026-11-24T01:00:00.000Z"


def emptied(branch: Branch, *tables: str) -> None:
    """Without what the demo's visits and events left: here it is counted."""
    with contextlib.closing(sqlite3.connect(branch.folder / "xunfang.db")) as database:
        for table in tables:
            database.execute(f"DELETE FROM {table}")
        database.commit()


def a_consent(branch: Branch) -> str:
    """Two purposes of one visit, agreed to some days ago, as a visit leaves them."""
    emptied(branch, "consent_answer", "consent")
    consent = new_id()
    notice = branch.rows("SELECT id FROM privacy_notice")[0]["id"]
    outlet = branch.rows("SELECT id FROM outlet")[0]["id"]
    given = {
        "id": consent,
        "parent_kind": VISIT[0],
        "parent_id": VISIT[1],
        "parent": ":".join(VISIT),
        "outlet": outlet,
        "line": None,
        "buckets": "[]",
        "notice": notice,
        "late_notice": 0,
        "principal": "person",
        "minor": 0,
        "how": "signature",
        "staff": json.dumps([new_id()]),
        "by": new_id(),
        "device": "phone",
        "given_at": AT,
        "occurred_at": AT,
        "offset_ms": 0,
        "error_ms": 0,
        "received_at": AT,
    }
    answers = [
        {"id": new_id(), "consent": consent, "purpose": purpose, "given": 1}
        for purpose in ("visits.photos", "visits.address")
    ]
    written(branch, "consent", given)
    for answer in answers:
        written(branch, "consent_answer", answer)
    return consent


def a_sealed_photo(branch: Branch) -> str:
    """A photo of the demo as a hold leaves it, and the certificate that says so."""
    emptied(branch, "certificate_digest", "certificate")
    photo = branch.rows(
        "SELECT p.id FROM photo p JOIN blob b ON b.id = p.sha256 WHERE p.state = 'accepted'"
    )[0]["id"]
    certificate = {
        "id": new_id(),
        "kind": VISIT[0],
        "rec_id": VISIT[1],
        "rec": ":".join(VISIT),
        "cause": "withdrawal",
        "action": "seal",
        "rule": "visits.photos",
        "records": json.dumps([["photo", photo]]),
        "fields": 0,
        "digests": "[]",
        "by": new_id(),
        "ordered_at": AT,
        "erase_by": AT,
        "state": "done",
        "done_at": AT,
    }
    written(branch, "certificate", certificate)
    with contextlib.closing(sqlite3.connect(branch.folder / "xunfang.db")) as database:
        database.execute("UPDATE photo SET state = 'sealed' WHERE id = ?", [photo])
        database.commit()
    return photo


def written(branch: Branch, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    with contextlib.closing(sqlite3.connect(branch.folder / "xunfang.db")) as database:
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", [*row.values()])
        database.commit()


def opened(branch: Branch, handset: Handsets, who: str = "dpo", **options: object) -> Page:
    held = handset(who, branch.url, locale="en-GB", **options)
    page = held.open()
    held.sign_in(who)
    page.locator("#main").wait_for()
    return page


def part(page: Page, name: str) -> None:
    page.get_by_role("group", name="Part").get_by_role("button", name=name, exact=True).click()


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_a_withdrawal_is_recorded_with_channel_and_asker(branch: Branch, handset: Handsets):
    consent = a_consent(branch)
    page = opened(branch, handset)
    page.get_by_role("link", name="Privacy").click()
    expect(page.locator(".list .tag")).to_have_text(["Agreed", "Agreed"])
    page.get_by_label("State").select_option("refused")
    expect(page.get_by_text("No consents yet")).to_be_visible()
    page.get_by_label("State").select_option("")
    page.locator(".list button").first.click()
    page.get_by_role("dialog").get_by_text("Signed on glass").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Record a withdrawal").click()
    sheet = page.get_by_role("dialog", name="Record a withdrawal")
    sheet.get_by_role("button", name="By phone").click()
    sheet.get_by_role("button", name="A guardian").click()
    looks_right(page)
    sheet.get_by_role("button", name="Record a withdrawal").click()
    expect(page.get_by_text("Recorded on this device")).to_be_visible()
    branch.comes_to(
        page,
        lambda rows: [(row["channel"], row["asked_by"]) for row in rows] == [("phone", "guardian")],
        "SELECT channel, asked_by FROM consent_answer WHERE withdrawn_at IS NOT NULL "
        "AND consent = ?",
        consent,
    )
    expect(page.locator(".list .tag").filter(has_text="Withdrawn")).to_have_count(1)
    part(page, "Withdrawals")
    expect(page.locator(".list .tag")).to_have_text(["Not answered"])


def test_a_hold_says_why_and_is_released_again(branch: Branch, handset: Handsets):
    page = opened(branch, handset, viewport=DESK)
    page.get_by_role("link", name="Privacy").click()
    part(page, "Holds")
    page.get_by_role("button", name="Hold another record").click()
    sheet = page.get_by_role("dialog", name="Stop erasing")
    sheet.get_by_role("button", name="Stop erasing").click()
    expect(sheet.get_by_text("Fill this in")).to_have_count(2)
    sheet.get_by_label("Kind of record").fill("round")
    sheet.get_by_label("Id of the record").fill(ROUND_TO_FILL)
    sheet.get_by_label("Why").fill("A court asks for it")
    looks_right(page)
    sheet.get_by_role("button", name="Stop erasing").click()
    row = page.locator(".list button")
    expect(row).to_contain_text("Held", timeout=30_000)
    row.click()
    expect(page.get_by_role("dialog").get_by_text("A court asks for it")).to_be_visible()
    page.get_by_role("button", name="Release").click()
    sheet = page.get_by_role("dialog", name="Release")
    sheet.get_by_label("Why").fill("The court is done")
    sheet.get_by_role("button", name="Release").click()
    expect(row).to_contain_text("Released", timeout=30_000)


def test_a_sealed_photo_is_opened_with_a_reason_that_is_kept(branch: Branch, handset: Handsets):
    photo = a_sealed_photo(branch)
    page = opened(branch, handset)
    page.get_by_role("link", name="Privacy").click()
    part(page, "Certificates")
    page.locator(".list button").first.click()
    page.get_by_role("button", name="Open the sealed photo").click()
    sheet = page.get_by_role("dialog", name="Open the sealed photo")
    sheet.get_by_label("Why").fill("The customer asks what it shows")
    sheet.get_by_role("button", name="Open the sealed photo").click()
    shown = page.get_by_role("img", name="Sealed photo")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") > 0
    kept = branch.rows(
        "SELECT p.payload FROM fact f JOIN fact_personal p ON p.id = f.id WHERE f.rec_id = ?", photo
    )
    assert any("The customer asks" in row["payload"] for row in kept)


def test_a_new_edition_of_a_notice_is_published_and_the_old_one_retired(
    branch: Branch, handset: Handsets
):
    page = opened(branch, handset)
    page.get_by_role("link", name="Privacy").click()
    part(page, "Notices")
    rows = page.locator(".list button")
    expect(rows).to_have_count(2)
    rows.first.click()
    page.get_by_role("button", name="Write a new edition from it").click()
    sheet = page.get_by_role("dialog", name="Write a new edition from it")
    sheet.get_by_role("button", name="Publish").click()
    expect(sheet.get_by_text("Give it a new name").first).to_be_visible()
    sheet.get_by_label("Name of the edition").fill("2026-9")
    sheet.get_by_label("English").first.fill("Your information at our events, once more")
    looks_right(page)
    sheet.get_by_role("button", name="Publish").click()
    expect(rows).to_have_count(3, timeout=30_000)
    expect(rows.first).to_contain_text("Edition 2026-9")
    rows.nth(1).click()
    page.get_by_role("button", name="Retire", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Retire", exact=True).click()
    expect(page.locator(".list .tag")).to_have_text(["Retired"], timeout=30_000)


def test_without_signal_the_registers_say_so_and_the_notices_are_there(
    branch: Branch, handset: Handsets
):
    page = opened(branch, handset)
    page.get_by_role("link", name="Privacy").click()
    part(page, "Monthly list")
    expect(page.get_by_role("heading", name="Due next month")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("button", name="Download the whole list").click()
    assert file.value.suggested_filename.startswith("privacy-20")
    page.context.set_offline(True)
    part(page, "Due dates")
    expect(page.get_by_text("the register is on the server alone")).to_be_visible()
    looks_right(page)
    part(page, "Notices")
    expect(page.locator(".list button")).to_have_count(2)


def test_nobody_else_is_shown_any_of_it(branch: Branch, handset: Handsets):
    page = opened(branch, handset, "manager", viewport=DESK)
    expect(page.get_by_role("link", name="Privacy")).to_have_count(0)
    page.goto(f"{branch.url}/privacy/holds")
    expect(page.get_by_text("For the data-protection officer alone")).to_be_visible()
    expect(page.get_by_role("button", name="Hold another record")).to_have_count(0)
