"""A visit on the phone, done as two members of staff would do it, in Chinese."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.handset import Handset

STEADY_MS = 700  # a tap sooner than this after a new question is not taken
WANTED = {
    "想办的业务": "password_reset",
    "为什么不能到网点": "bedridden",
    "当面怎么称呼": "auntie",
    "与客户的关系": "child",
}
NAME, AGENT, ADDRESS = "吴桂英", "吴小兰", "湖滨路 8 号 3 单元"
WORDS = "我腿不好，想让女儿替我改密码"


def request(handset: Handset) -> str:
    """Takes a verification for today down on this phone; the id of the visit."""
    page = handset.page
    page.goto(f"{handset.url}/visits/new")
    page.get_by_label("姓名", exact=True).first.fill(NAME)
    page.get_by_label("住址", exact=True).fill(ADDRESS)
    page.get_by_label("代办人姓名", exact=True).fill(AGENT)
    for label, code in WANTED.items():
        page.get_by_label(label, exact=True).select_option(code)
    day = page.get_by_label("日期", exact=True)
    day.fill(str(day.get_attribute("min")))
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    return page.url.rsplit("/", 1)[-1]


def schedule(page: Page, *staff: str) -> None:
    """On the open screen of a visit: to these two."""
    page.get_by_role("button", name="安排", exact=True).click()
    sheet = page.locator("dialog[open]")
    for label, name in zip(("第一位", "第二位"), staff, strict=True):
        box = sheet.get_by_label(label, exact=True)
        option = box.locator("option").filter(has_text=name).first
        box.select_option(str(option.get_attribute("value")))
    sheet.get_by_role("button", name="安排", exact=True).click()
    expect(sheet).to_have_count(0)


class VisitPage:
    """The screens of one visit on one phone."""

    def __init__(self, handset: Handset, visit: str) -> None:
        self.handset = handset
        self.page = handset.page
        self.visit = visit

    def go(self, step: str = "") -> Page:
        self.page.goto(f"{self.handset.url}/visits/{self.visit}{'/' + step if step else ''}")
        return self.page

    def arrives(self) -> None:
        """The visit and whom it is for are on this phone."""
        self.go()
        expect(self.page.get_by_role("heading", name=NAME)).to_be_visible(timeout=60_000)

    def sign_in(self) -> None:
        self.go("presence")
        own = self.page.locator("main li").first
        own.get_by_role("button", name="签到").click()
        expect(own.get_by_text("在这部手机上")).to_be_visible()

    def agree(self, *refused: str, answers: str = "客户本人") -> None:
        """Reads the notice, answers each question, signs on glass."""
        self.go("consent")
        self._main("读告知书").click()
        end = self.page.locator("article .xs")
        end.scroll_into_view_if_needed()
        self._main("逐项征求同意").click()
        while not self._button("都对，确认").is_visible():
            title = self.page.locator("main h2").inner_text()
            no = any(word in title for word in refused)
            self.page.wait_for_timeout(STEADY_MS)
            self._button("不同意" if no else "同意").click()
            if no:
                self.page.wait_for_timeout(STEADY_MS)
                self._button("继续").click()
            expect(self.page.locator("main h2")).not_to_have_text(title)
        self.page.wait_for_timeout(STEADY_MS)
        self._button("都对，确认").click()
        self._button(answers).click()
        self.sign()

    def sign(self) -> None:
        glass = self.page.locator("canvas")
        box = glass.bounding_box()
        assert box is not None
        left, top = box["x"] + 40, box["y"] + 50
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        for step in range(1, 8):
            self.page.mouse.move(left + step * 20, top + (step % 3) * 12)
        self.page.mouse.up()
        self._button("用这个签名").click()
        expect(self.page.locator("canvas")).to_have_count(0)

    def sight(self) -> None:
        self.go("sight")
        for _ in ("principal", "agent"):
            self._button("相符").click()
            self._keep()

    def note_agent(self) -> None:
        self.go("agent")
        self._choose("代办人在场吗", "是")
        self._keep()

    def observe(self, *, doubt: bool = False) -> None:
        self.go("observe")
        self._choose("叫名字有回应吗", "有")
        self._choose("说得出要办什么吗", "有")
        self._choose("有疑问，请主管决定", "有疑问" if doubt else "没有疑问")
        self._keep()

    def intend(self, words: str = WORDS) -> None:
        self.go("intention")
        self.page.get_by_label("客户的原话", exact=True).fill(words)
        self._keep()

    def authorise(self) -> None:
        self.go("authorise")
        self._keep()

    def photograph(self, photo: Path) -> None:
        self.go("photos")
        self.page.get_by_role("button", name="拍照", exact=True).click()
        self.page.locator("input[type=file][capture]").set_input_files(photo)
        expect(self.page.locator("main figure")).to_have_count(1, timeout=30_000)

    def verified(self, photo: Path | None = None) -> None:
        """Everything that a verification asks for after both have signed in."""
        self.agree()
        self.sight()
        self.note_agent()
        self.observe()
        self.intend()
        self.authorise()
        if photo:
            self.photograph(photo)

    def submit(self) -> None:
        self.go()
        self._main("提交复核").click()
        expect(self.page.get_by_text("待复核").first).to_be_visible()

    def _keep(self) -> None:
        """Down it goes, and the screen moves on by itself or asks for the next."""
        self._main("记下").click()
        self.page.wait_for_timeout(300)

    def _choose(self, label: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=label, exact=True)
        group.get_by_role("button", name=answer, exact=True).click()

    def _button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def _main(self, name: str) -> Locator:
        return self.page.locator(".btn.main").filter(has_text=name)
