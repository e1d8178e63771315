"""What was refused can be put right where it is told, and nothing of it is typed twice."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.branch import ROUND_BEGUN, Branch
from tests.browser.conftest import Handsets
from tests.kit.photographs import digest, photograph

NUMBER = "930106199602288885"
# An app from before the phone looked for such numbers by itself.
BLIND = """() => {
  const normalize = String.prototype.normalize;
  String.prototype.normalize = function (form) {
    return this.includes("930106") ? "" : normalize.call(this, form);
  };
  window.seeing = () => {
    String.prototype.normalize = normalize;
  };
}"""


def test_a_refused_note_is_changed_where_it_is_told(branch: Branch, handset: Handsets):
    """The words come back for change, with the place they belong to; sent again they stand."""
    phone = handset("phone", branch.url, locale="en-GB")
    page = phone.open(f"/rounds/{ROUND_BEGUN}")
    phone.sign_in("inspector")
    page.evaluate(BLIND)
    page.locator("#item-i_sign button.it").click(force=True)
    page.get_by_label("Note").click()
    page.locator("dialog[open] textarea").fill(f"Two bicycles, owner {NUMBER}")
    page.get_by_role("button", name="Keep it").click()
    page.evaluate("window.seeing()")
    page.locator("a.truth").click()
    row = page.get_by_role("button", name="There is an ID or card number in the note")
    expect(row).to_contain_text("Riverside, Weekly spot check 1.1")
    row.click()
    words = page.get_by_role("dialog").get_by_label("Note")
    expect(words).to_have_value(f"Two bicycles, owner {NUMBER}")
    page.get_by_role("button", name="Send again", exact=True).click()
    expect(words).to_be_focused()
    words.fill("Two bicycles")
    page.get_by_role("button", name="Send again", exact=True).click()
    expect(row).to_have_count(0)
    kept = "SELECT note FROM answer_register WHERE record = ?"
    branch.comes_to(page, lambda rows: {"note": "Two bicycles"} in rows, kept, ROUND_BEGUN)
    expect(page.locator("a.truth")).not_to_contain_text("On this device only")


def test_a_number_is_told_where_it_is_typed_and_never_kept(branch: Branch, handset: Handsets):
    """Pasted and confirmed at once, without signal: the sheet stays open, and says what it saw."""
    phone = handset("phone", branch.url, locale="en-GB")
    page = phone.open(f"/rounds/{ROUND_BEGUN}")
    phone.sign_in("inspector")
    phone.controlled()
    page.locator("#item-i_sign button.it").wait_for()
    phone.context.set_offline(True)
    page.locator("#item-i_sign button.it").click(force=True)
    page.get_by_label("Note").click()
    words = page.locator("dialog[open] textarea")
    words.fill(f"Two bicycles, owner {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}")
    page.get_by_role("button", name="Keep it").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("An ID or card number is here: **************8885.")
    expect(words).to_be_focused()
    page.get_by_role("button", name="Take the number out").click()
    expect(words).to_have_value("Two bicycles, owner ")
    words.fill(f"Two bicycles, owner {NUMBER}")
    expect(sheet).to_contain_text("An ID or card number")
    page.reload()
    page.locator("#item-i_sign button.it").click(force=True)
    page.get_by_label("Note").click()
    expect(words).to_have_value(re.compile("^Two bicycles, owner *$"))
    words.fill("Two bicycles, no owner")
    page.get_by_role("button", name="Keep it").click()
    expect(sheet).to_have_count(0)
    phone.context.set_offline(False)
    kept = "SELECT note FROM answer_register WHERE record = ?"
    branch.comes_to(
        page, lambda rows: {"note": "Two bicycles, no owner"} in rows, kept, ROUND_BEGUN
    )


def test_a_retaken_photo_takes_the_place_of_the_first(
    branch: Branch, handset: Handsets, tmp_path: Path
):
    """Both would be handed in, and a refused one would never let the round be whole."""
    phone = handset("phone", branch.url, locale="en-GB")
    page = phone.open(f"/rounds/{ROUND_BEGUN}")
    phone.sign_in("inspector")
    page.locator("#item-i_sign button.it").click(force=True)
    page.locator(".dock").get_by_label("Photo").click()
    shots = page.locator("#item-i_sign .strip figure")
    chooser = page.locator("dialog[open] input[type=file][capture]")
    chooser.set_input_files(photograph(tmp_path, 1, real=False))
    expect(shots).to_have_count(1)
    shots.locator("button").click()
    page.get_by_role("button", name="Take it again").click()
    second = photograph(tmp_path, 2, real=False)
    chooser.set_input_files(second)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(shots).to_have_count(1)
    kept = "SELECT sha256 FROM photo WHERE parent_id = ? AND item = 'i_sign'"
    only = [{"sha256": digest(second)}]
    branch.comes_to(page, lambda rows: rows == only, kept, ROUND_BEGUN)
    expect(page.locator("a.truth")).not_to_contain_text("On this device only", timeout=60_000)
