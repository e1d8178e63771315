"""The phone in WebKitGTK, by WebDriver, which waits for nothing: every step looks until it sees.

Knows of the screens what round_page.py knows, for the types of item that the paper of the
self-service points has. Each step may be broken off by a kill and begun again there too.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.handset import PASSWORD
from tests.browser.paper import Finding, Step
from tests.browser.round_page import KEPT_MS, TAP_MS

CHOOSER = "dialog[open] input[type=file][capture]"
SHEET = "dialog[open]"

RESTS = """
const [element, done] = arguments;
const place = () => JSON.stringify(element.getBoundingClientRect());
const before = place();
requestAnimationFrame(() => requestAnimationFrame(() => done(place() === before)));
"""

Seen = TypeVar("Seen")


class WebKitPage:
    """The one page of the window, in Chinese."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver

    def until(self, what: str, look: Callable[[], Seen | None]) -> Seen:
        """The first answer that is not empty; what is looked at may be drawn anew meanwhile."""
        end, trouble = time.monotonic() + KEPT_MS / 1000, ""
        while time.monotonic() < end:
            try:
                if seen := look():
                    return seen
            except WebDriverException as error:
                trouble = str(error)
            time.sleep(0.05)
        raise AssertionError(f"not seen: {what}\n{trouble}\n{self.text()[:2000]}")

    def text(self, css: str = "body") -> str:
        words = "return document.querySelector(arguments[0])?.innerText ?? ''"
        return self.driver.execute_script(words, css)

    def count(self, css: str) -> int:
        return len(self.driver.find_elements(By.CSS_SELECTOR, css))

    def see(self, words: str, css: str = "body") -> None:
        self.until(words, lambda: re.search(words, self.text(css)))

    def tap(self, css: str, words: str = "") -> None:
        """The first that can be seen and, if given, bears the words or is labelled so."""
        self.until(f"tap on {css} {words}", lambda: self._tapped(css, words))

    def _tapped(self, css: str, words: str) -> bool:
        for element in self.driver.find_elements(By.CSS_SELECTOR, css):
            named = (element.text, element.get_attribute("aria-label") or "")
            if element.is_displayed() and any(re.search(words, one) for one in named):
                self._center(element)
                if not self._rests(element):
                    return False
                element.click()
                return True
        return False

    def _center(self, element: WebElement) -> None:
        """As the thumb would: the heads of the sections lie over the list's edge."""
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)

    def _rests(self, element: WebElement) -> bool:
        """Lists slide and sheets come up: what is aimed at a moving thing hits another."""
        return self.driver.execute_async_script(RESTS, element)

    def write(self, css: str, text: str) -> None:
        field = self.until(css, lambda: self.driver.find_element(By.CSS_SELECTOR, css))
        self._center(field)
        if field.get_attribute("value") != text:
            field.clear()
            field.send_keys(text)
        self.driver.execute_script("arguments[0].blur()", field)

    def sign_in(self, username: str) -> None:
        self.write("input[name=username]", username)
        self.write("input[name=password]", PASSWORD)
        self.driver.find_element(By.NAME, "password").send_keys(Keys.ENTER)
        self.until("the truth line", lambda: self.count("a.truth"))


class WebKitRound(WebKitPage):
    """The open screen of a round."""

    def __init__(self, driver: WebKitGTK) -> None:
        super().__init__(driver)
        self.until("the item in hand", lambda: self.count("li[aria-current=step]"))

    @property
    def answered(self) -> int:
        found = self.until("the count", lambda: re.search(r"已答 (\d+) / ", self.text("header")))
        return int(found[1])

    def do(self, step: Step) -> None:
        """Whatever of this step is not on the screen yet."""
        row = f"#item-{step.key}"
        is_done = self._is_in_list(step) and "未答" not in self.text(row)
        if is_done and not (step.photos or step.finding):
            return
        self.take(step)
        for number, photo in enumerate(step.photos):
            self._choose(f"{row} .strip", number, photo)
        if not is_done and step.type != "photo":
            self._answer(step, row)
        if step.finding and not step.is_found:
            self._find(step, step.finding)

    def take(self, step: Step) -> None:
        if self._is_in_list(step):
            self.tap(f"#item-{step.key} button.it")
            self.until(f"{step.key} in hand", lambda: not self._is_in_list(step))

    def hand_over(self, strip: str, photo: Path) -> None:
        """A photo through the file input; it is being kept when this returns."""
        if self.count(strip):
            self.tap(f"{strip} button.shoot")
        else:
            self.tap(".dock button", "拍照")
        chooser = self.until(
            "the camera", lambda: self.driver.find_element("css selector", CHOOSER)
        )
        chooser.send_keys(str(photo))

    def _is_in_list(self, step: Step) -> bool:
        row = self.driver.find_element(By.ID, f"item-{step.key}")
        return row.get_attribute("aria-current") != "step"

    def _answer(self, step: Step, row: str) -> None:
        before = self.answered
        if step.type == "pass_fail":
            time.sleep(TAP_MS / 1000)
            self.tap(f".ans .{step.value}")
        elif step.type == "score":
            self.tap(".pick .main")
        elif step.type == "number":
            self.write(f"{row} input", step.value)
        elif step.type == "text":
            self.write(f"{row} textarea", step.value)
        else:
            self.tap(f"{row} button", f"^{step.value}")
        if step.value == "fail":
            self.until("the finding", lambda: self.count(SHEET))
        else:
            self.until(f"{row} kept", lambda: self.answered > before)

    def _find(self, step: Step, finding: Finding) -> None:
        if not self.count(SHEET):
            self.tap(".dock button", "看问题")
        self.write(f"{SHEET} textarea", finding.text)
        for number, photo in enumerate(finding.before):
            self._choose(f"{SHEET} .strip", number, photo)
        self.tap(f"{SHEET} button", "^记为问题")
        self.until("the finding recorded", lambda: not self.count(SHEET))
        step.is_found = True

    def _choose(self, strip: str, number: int, photo: Path) -> None:
        if self.count(f"{strip} figure") <= number:
            self.hand_over(strip, photo)
            self.until("the photo kept", lambda: self.count(f"{strip} figure") > number)

    def sign_and_submit(self, round_url: str) -> None:
        """The signature, drawn on the glass, and the hand-in."""
        self.driver.get(f"{round_url}/submit")
        self.see("都齐了")
        self.tap("button", "^签名$")
        glass = self.until("the glass at rest", self._glass)
        pen = ActionChains(self.driver).move_to_element_with_offset(glass, -120, -20)
        pen.click_and_hold()
        for step in range(1, 12):
            pen.move_by_offset(18, 12 if step % 2 else -12)
        pen.release().perform()
        self.tap(f"{SHEET} button", "用这个签名")
        self.until("the signature", lambda: self.count(".signed"))
        self.tap("button.main", "^提交$")
        self.until("the way out", lambda: self.driver.current_url.endswith("/"))

    def _glass(self) -> WebElement | None:
        glass = self.driver.find_element(By.CSS_SELECTOR, f"{SHEET} canvas")
        return glass if self._rests(glass) else None
