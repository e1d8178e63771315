"""The parts of visits and events as people use them: by finger, by keys, in a hurry, trembling."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser.eyes import enlarge, sideways
from tests.browser.handset import PHONE
from tests.kit.services.chromium import FLAGS

STEADY_MS = 700
VOICES = """
  class Utterance { constructor(text) { this.text = text; } }
  const read = [];
  window.read = read;
  window.SpeechSynthesisUtterance = Utterance;
  const synth = Object.assign(new EventTarget(), {
    getVoices: () => [{ lang: 'en-GB', localService: LOCAL }],
    cancel: () => { read.push('hush'); },
    speak: (said) => { read.push(said.text); setTimeout(() => said.onend?.(), 0); },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: synth });
"""
DOCK = """() => {
  window.confirmed = 0;
  const button = document.createElement('button');
  button.className = 'btn main';
  button.textContent = 'Report the fix';
  button.onclick = () => { window.confirmed += 1; };
  document.querySelector('.screen').append(button);
}"""


@pytest.fixture
def page(playwright: Playwright, chromium_path: str) -> Iterator[Page]:
    with playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS]) as browser:
        options: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "reduced_motion": "reduce"}
        page = browser.new_page(**options)
        page.clock.install()
        yield page


def steady(button: Locator) -> Locator:
    """The button once it is there and a hand that does not tremble would press it."""
    expect(button).to_be_visible()
    button.page.clock.fast_forward(STEADY_MS)
    return button


def told(page: Page, name: str) -> Any:
    return json.loads(page.locator(f"[data-{name}]").text_content() or "null")


def test_a_trembling_hand_answers_one_question_only(page: Page, gallery: str):
    """The second tap of a double tap meets the next question, and is no answer to it."""
    page.goto(f"{gallery}?lang=en&show=consent")
    yes = steady(page.get_by_role("button", name="Yes, I agree"))
    page.clock.pause_at(page.evaluate("Date.now()") + STEADY_MS)
    yes.dblclick()
    assert told(page, "answers")["answers"] == {"photo": "yes"}
    expect(page.get_by_role("heading", level=2)).to_contain_text("write down what you just said")


def test_no_is_told_what_follows_and_can_be_changed_before_it_counts(page: Page, gallery: str):
    """By keyboard alone: no, the alternative, the review, a change of mind, the confirmation."""
    page.goto(f"{gallery}?lang=en&show=consent")
    _press(page, "No")
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "That is fine. We serve you all the same"
    )
    expect(page.get_by_role("heading", level=2)).to_be_focused()
    expect(page.get_by_text("or the branch calls you to confirm")).to_be_visible()
    _press(page, "Go on")
    _press(page, "No")
    _press(page, "Go on")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Are they right?")
    assert told(page, "answers") == {
        "answers": {"photo": "no", "voice": "no"},
        "confirmed": 0,
        "left": 0,
    }
    _press(page, "Change: Mrs Zheng, may we take a photo of you holding the letter?")
    expect(page.get_by_text("You just said: No")).to_be_visible()
    _press(page, "Yes, I agree")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Are they right?")
    _press(page, "All right, confirm")
    assert told(page, "answers") == {
        "answers": {"photo": "yes", "voice": "no"},
        "confirmed": 1,
        "left": 0,
    }


def test_going_back_leads_through_every_page_and_out(page: Page, gallery: str):
    """From the review to the first question and out, with no answer lost."""
    page.goto(f"{gallery}?lang=en&show=review")
    heading = page.get_by_role("heading", level=2)
    for words in ("write down", "take a photo"):
        page.get_by_label("Back").click()
        expect(heading).to_contain_text(words)
    page.get_by_label("Back").click()
    after = told(page, "answers")
    assert after == {"answers": {"photo": "yes", "voice": "no"}, "confirmed": 0, "left": 1}


def test_yes_and_no_weigh_the_same(page: Page, gallery: str):
    """Same size, colour and type; none has the focus, none is pressed; words of 26 px."""
    page.goto(f"{gallery}?lang=en&show=consent")
    look = """e => {
      const { width, height } = e.getBoundingClientRect();
      const { color, backgroundColor, border, fontSize, fontWeight } = getComputedStyle(e);
      return { width, height, color, backgroundColor, border, fontSize, fontWeight };
    }"""
    no, yes = (page.get_by_role("button", name=name, exact=True) for name in ("No", "Yes, I agree"))
    assert no.evaluate(look) == yes.evaluate(look)
    assert no.evaluate("e => [e, document.activeElement === e, e.ariaPressed]")[1:] == [False, None]
    assert page.evaluate("document.activeElement === document.body")
    for text in ("h2", "main li p"):
        sizes = page.locator(text).evaluate_all(
            "e => e.map(x => parseFloat(getComputedStyle(x).fontSize))"
        )
        assert min(sizes) >= 26


def test_the_screen_is_turned_for_the_customer_and_stays_usable(page: Page, gallery: str):
    """Upside down, upright or on its side; the answers can be tapped and nothing is lost."""
    page.goto(f"{gallery}?lang=en&show=consent")
    page.get_by_role("button", name="Turn the screen to the customer").click()
    no = page.get_by_role("button", name="No", exact=True)
    assert _middle(no) < PHONE["height"] / 2
    steady(no).click()
    page.set_viewport_size({"width": 844, "height": 390})
    expect(page.get_by_text("or the branch calls you to confirm")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    assert told(page, "answers")["answers"] == {"photo": "no"}


def test_on_its_side_and_at_twice_the_text_size_everything_is_in_reach(page: Page, gallery: str):
    """The hardest page: little height and large words."""
    enlarge(page)
    page.set_viewport_size({"width": 844, "height": 390})
    page.goto(f"{gallery}?lang=en&show=consent")
    assert sideways(page) <= 0
    steady(page.get_by_role("button", name="Yes, I agree")).click()
    assert told(page, "answers")["answers"] == {"photo": "yes"}


@pytest.mark.parametrize("local", [True, False])
def test_it_reads_aloud_only_by_a_voice_of_the_device(page: Page, gallery: str, local: bool):
    """A voice of somebody's server would hear what is asked: then there is no button."""
    page.add_init_script(VOICES.replace("LOCAL", str(local).lower()))
    page.goto(f"{gallery}?lang=en&show=consent")
    button = page.get_by_role("button", name="Read aloud")
    if not local:
        expect(page.get_by_role("button", name="Turn the screen")).to_be_visible()
        expect(button).to_have_count(0)
        return
    button.click()
    page.clock.run_for(STEADY_MS)
    read = page.evaluate("window.read.filter((line) => line !== 'hush')")
    assert read[0] == "Mrs Zheng, may we take a photo of you holding the letter?"
    assert read[-1] == "You can say no and still be served. You can take it back at any time."
    assert len(read) == 4


def test_a_notice_is_read_when_its_end_was_on_screen(page: Page, gallery: str):
    """A long one only after scrolling; read to the end by the voice counts as well."""
    page.add_init_script(VOICES.replace("LOCAL", "true"))
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{gallery}?lang=en&show=notice")
    end = page.get_by_text("Read to the end")
    page.wait_for_timeout(300)
    expect(end).to_have_count(0)
    page.get_by_role("button", name="Read aloud").click()
    expect(end).to_have_count(1)
    page.reload()
    expect(end).to_have_count(0)
    page.mouse.move(200, 300)
    page.mouse.wheel(0, 5000)
    expect(end).to_have_count(1)


def test_boxes_are_drawn_moved_and_resized_by_hand_and_by_keys(page: Page, gallery: str):
    """What is reported is whole ten-thousandths, and the preview hides what lies below."""
    page.goto(f"{gallery}?lang=en&show=redact")
    area = page.locator(".area")
    space = area.bounding_box()
    assert space is not None
    corner = (space["x"] + space["width"] * 0.1, space["y"] + space["height"] * 0.1)
    page.mouse.move(*corner)
    page.mouse.down()
    page.mouse.move(corner[0] + space["width"] * 0.2, corner[1] + space["height"] * 0.2, steps=5)
    page.mouse.up()
    drawn = told(page, "boxes")
    assert len(drawn) == 2
    assert drawn[1] == pytest.approx({"x": 1000, "y": 1000, "w": 2000, "h": 2000}, abs=60)
    page.get_by_role("button", name="Box 2").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    moved = told(page, "boxes")[1]
    assert (moved["x"], moved["h"]) == (drawn[1]["x"] + 100, drawn[1]["h"] + 100)
    assert all(isinstance(n, int) for box in told(page, "boxes") for n in box.values())
    area.tap(position={"x": 4, "y": space["height"] - 4})
    assert len(told(page, "boxes")) == 2
    page.get_by_role("button", name="Preview").click()
    solid = "e => getComputedStyle(e).backgroundColor"
    assert page.get_by_role("button", name="Box 1").evaluate(solid) == "rgb(0, 0, 0)"
    page.get_by_role("button", name="Go on editing").click()
    page.get_by_role("button", name="Box 1").focus()
    page.keyboard.press("Delete")
    assert told(page, "boxes") == [moved]


def test_a_count_is_told_to_a_reader_once_the_tapping_has_paused(page: Page, gallery: str):
    """Nine quick taps are nine heads and one sentence; the last one can be taken back."""
    page.goto(f"{gallery}?lang=en&show=outreach")
    plus = page.get_by_role("button", name="Adults, add 1")
    expect(plus).to_be_visible()
    page.clock.pause_at(page.evaluate("Date.now()") + STEADY_MS)
    for _ in range(9):
        plus.tap()
    expect(page.locator("output").first).to_have_text("43")
    said = page.locator(".tally [aria-live]")
    expect(said).to_have_text("")
    page.clock.resume()
    expect(said).to_have_text("Adults 43")
    page.get_by_role("button", name="Undo: Adults +1").click()
    expect(page.locator("output").first).to_have_text("42")
    expect(page.get_by_role("button", name="Children, take 1 away")).to_be_disabled()
    assert page.evaluate("visualViewport.scale") == 1


def test_a_name_or_code_is_found_among_five_hundred(page: Page, gallery: str):
    """Rows out of sight are not laid out, and searching narrows the list with every letter."""
    page.goto(f"{gallery}?lang=en&show=roster")
    search = page.get_by_label("Find a name or code")
    expect(page.get_by_text("500 people")).to_be_visible()
    search.fill("wtl４４７")
    expect(page.get_by_text("of 500 people")).to_be_visible()
    search.fill("WTL-18057")
    row = page.locator(".list button")
    expect(row).to_have_count(1)
    row.click()
    assert page.locator("[data-picked]").text_content() == "何敏 461"
    search.fill("zzz")
    expect(page.get_by_text("Nobody by that name")).to_be_visible()


def test_a_pin_leaves_no_trace_in_the_page(page: Page, gallery: str):
    """By keys and by taps; handed on once complete, and gone from the pad."""
    page.goto(f"{gallery}?lang=en&show=pin")
    page.get_by_role("button", name="1", exact=True).click()
    page.keyboard.press("2")
    page.keyboard.press("Backspace")
    page.keyboard.type("2345")
    assert page.get_by_role("img", name="5 of 6 digits").count() == 1
    assert "12345" not in page.content()
    assert page.locator("[data-pin]").text_content() == ""
    page.keyboard.press("6")
    assert page.locator("[data-pin]").text_content() == "123456"
    assert page.get_by_role("img", name="0 of 6 digits").count() == 1
    expect(page.get_by_role("alert")).to_have_text("Wrong PIN, 4 tries left")
    assert page.locator("input").count() == 0


def test_the_sixth_place_is_behind_more_and_marked_there(page: Page, gallery: str):
    """Five contributed places between Today and Device: three in the bar, three behind one word."""
    page.goto(f"{gallery}?lang=en&show=more")
    bar = page.get_by_role("navigation")
    expect(bar.get_by_role("link")).to_have_text(["Today", "Findings", "Outreach", "Device"])
    bar.get_by_role("button", name="More").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("link")).to_have_text(["Visits", "Events", "Gifts"])
    sheet.get_by_role("link", name="Events").click()
    expect(sheet).to_have_count(0)
    assert page.url.endswith("#events")


def test_a_dock_confirms_nothing_beside_a_persons_number(page: Page, gallery: str):
    """The button lies outside the text of its screen, and is held back all the same."""
    page.goto(f"{gallery}?lang=en&show=all")
    page.locator("[data-ready]").wait_for(state="attached")
    page.evaluate(DOCK)
    words = page.get_by_label("What was done")
    words.fill("Boxes moved, owner 930106 19960228 8885")
    page.get_by_role("button", name="Report the fix").click()
    expect(words).to_be_focused()
    assert page.evaluate("window.confirmed") == 0
    page.get_by_role("button", name="Take the number out").click()
    page.get_by_role("button", name="Report the fix").click()
    assert page.evaluate("window.confirmed") == 1
    expect(words).to_have_value("Boxes moved, owner ")


def _press(page: Page, name: str) -> None:
    """By keyboard, as soon as a steady hand would."""
    steady(page.get_by_role("button", name=name, exact=True)).focus()
    page.keyboard.press("Enter")


def _middle(one: Locator) -> float:
    box = one.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2
