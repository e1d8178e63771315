"""A round on the phone, answered as a thumb would: looks first what is there, then does the rest.

Every step may be broken off by a kill and begun again: it never does twice what the screen shows
as done.
"""

import re
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.paper import Finding, Step

KEPT_MS = 30_000
TAP_MS = 260  # two taps on the same answer within 250 ms count as one trembling thumb


class RoundPage:
    """The open screen of a round, in Chinese."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.locator("li[aria-current=step]").wait_for()

    @property
    def answered(self) -> tuple[int, int]:
        """As the head of the screen says it: so many answered, of so many."""
        said = self.page.locator("header").first.inner_text()
        found = re.search(r"已答 (\d+) / (\d+)", said)
        assert found, said
        return int(found[1]), int(found[2])

    def has(self, step: Step) -> bool:
        return self._row(step).count() > 0

    def do(self, step: Step) -> None:
        """Whatever of this step is not on the screen yet."""
        if step.type == "signature":
            return
        is_done = self._is_in_list(step) and "未答" not in self._row(step).inner_text()
        if is_done and not (step.photos or step.shots or step.finding):
            return
        self._take(step)
        if step.photos or step.shots:
            self._shoot(step)
        if not is_done and step.type != "photo":
            self._answer(step)
        if step.finding and not step.is_found:
            self._find(step, step.finding)

    def _row(self, step: Step) -> Locator:
        return self.page.locator(f"#item-{step.key}")

    def _is_in_list(self, step: Step) -> bool:
        return self._row(step).get_attribute("aria-current") != "step"

    def _take(self, step: Step) -> None:
        """An answer from elsewhere may move the list under the thumb, which taps again."""
        until = time.monotonic() + KEPT_MS / 1000
        while self._is_in_list(step):
            assert time.monotonic() < until, f"{step.key} is not taken in hand"
            # Scrolled there by the thumb: the heads of the sections lie over the list's edge.
            self._row(step).evaluate("row => row.scrollIntoView({ block: 'center' })")
            self._row(step).locator("button.it").click(force=True)
            with suppress(AssertionError):
                expect(self._row(step)).to_have_attribute("aria-current", "step", timeout=2000)

    def _answer(self, step: Step) -> None:
        row, dock = self._row(step), self.page.locator(".pick")
        before = self.answered[0]
        if step.type == "pass_fail":
            self.page.wait_for_timeout(TAP_MS)
            self.page.locator(f".ans .{step.value}").click()
        elif step.type == "score":
            dock.locator(".main").click()
        elif step.type == "number":
            row.locator("input").fill(step.value)
        elif step.type == "text":
            row.locator("textarea").fill(step.value)
            row.locator("textarea").blur()
        elif step.type == "location":
            row.locator(".place button").click()
            row.locator(".place p").wait_for()
        else:
            row.get_by_role("button", name=step.value, exact=True).click()
        self._wait_kept(step, before)

    def _wait_kept(self, step: Step, before: int) -> None:
        """The screen shows what the database holds: an answer shown is an answer kept."""
        row = self._row(step)
        if step.value == "fail":
            self.page.locator("dialog").wait_for()
        elif step.type in ("pass_fail", "score", "single"):
            expect(row).not_to_have_attribute("aria-current", "step", timeout=KEPT_MS)
            expect(row).not_to_contain_text("未答", timeout=KEPT_MS)
        else:
            more = re.compile(f"已答 {before + 1} / ")
            expect(self.page.locator("header").first).to_contain_text(more, timeout=KEPT_MS)

    def _find(self, step: Step, finding: Finding) -> None:
        sheet = self.page.locator("dialog[open]").filter(has_text="看到了什么")
        if not sheet.count():
            known = self.page.get_by_label("看问题")
            (known if known.count() else self.page.locator(".ans .fail")).first.click()
        sheet.wait_for()
        text = sheet.locator("textarea").first
        if text.input_value() != finding.text:
            text.fill(finding.text)
            text.blur()
        if finding.after:
            sheet.get_by_role("button", name="现在就改").click()
        self._choose_files(sheet.locator(".strip").first, finding.before)
        if finding.after:
            self._choose_files(sheet.locator(".strip").nth(1), finding.after)
        sheet.get_by_role("button", name=re.compile("^记为问题")).click()
        expect(sheet).to_have_count(0, timeout=KEPT_MS)
        step.is_found = True

    def _shoot(self, step: Step) -> None:
        """Photos of the item itself: files first, then the page's own camera."""
        strip = self._row(step).locator(".strip")
        wanted = len(step.photos) + step.shots
        while (have := strip.locator("figure").count()) < wanted:
            if strip.count():
                strip.locator("button.shoot").click()
            else:
                self.page.locator(".dock").get_by_label("拍照").or_(
                    self.page.locator(".pick .main").filter(has_text="拍照")
                ).first.click()
            if have < len(step.photos):
                self._chooser().set_input_files(str(step.photos[have]))
            else:
                self._press_shutter()
            expect(strip.locator("figure")).to_have_count(have + 1, timeout=KEPT_MS)

    def _choose_files(self, strip: Locator, photos: list[Path]) -> None:
        for number, photo in enumerate(photos):
            if strip.locator("figure").count() > number:
                continue
            strip.locator("button.shoot").click()
            self._chooser().set_input_files(str(photo))
            expect(strip.locator("figure")).to_have_count(number + 1, timeout=KEPT_MS)

    def _chooser(self) -> Locator:
        chooser = self.page.locator("dialog[open] input[type=file][capture]")
        chooser.wait_for(state="attached")
        return chooser

    def _press_shutter(self) -> None:
        self.page.wait_for_function("() => document.querySelector('dialog video')?.videoWidth > 0")
        self.page.locator("button.shutter").click()

    def sign_and_submit(self, round_url: str) -> None:
        """The signature, drawn on the glass, and the hand-in."""
        page = self.page
        page.goto(f"{round_url}/submit")
        signed = page.locator(".signed")
        page.get_by_role("button", name=re.compile("^(签名|重签)$")).wait_for()
        if not signed.count():
            page.get_by_role("button", name="签名", exact=True).click()
            glass = page.locator("dialog canvas")
            glass.hover()  # waits until the sheet stands still: a pen would draw beside it
            box = glass.bounding_box()
            assert box
            page.mouse.move(box["x"] + 40, box["y"] + 60)
            page.mouse.down()
            for step in range(1, 12):
                page.mouse.move(box["x"] + 40 + step * 18, box["y"] + 60 + (step % 3) * 22)
            page.mouse.up()
            page.get_by_role("button", name="用这个签名").click()
            signed.wait_for()
        expect(page.get_by_text("都齐了")).to_be_visible()
        page.get_by_role("button", name="提交", exact=True).click()
        page.wait_for_url(re.compile(r"/$"))
