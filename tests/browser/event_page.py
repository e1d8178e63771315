"""An event on a phone, as the staff at its door use it."""

from playwright.sync_api import Page, expect

from tests.browser.event_ground import Guest


class EventPage:
    """The screens of one event on one phone, in Chinese."""

    def __init__(self, page: Page, url: str, event: str) -> None:
        self.page = page
        self.url = f"{url}/events/{event}"

    def door(self) -> "EventPage":
        """The screen with the figure and the two ways in."""
        self.page.goto(self.url)
        self.page.get_by_role("button", name="扫码签到").wait_for()
        return self

    @property
    def people(self) -> int:
        """The one large figure."""
        return int(self.page.locator("section.three .big").inner_text())

    @property
    def loose(self) -> int:
        """Those who were only counted."""
        return int(self.page.locator("b.fig").first.inner_text())

    def counts(self, heads: int) -> None:
        """So many were only counted, sooner or later."""
        expect(self.page.locator("b.fig").first).to_have_text(str(heads), timeout=60_000)

    def shows(self, people: int) -> None:
        expect(self.page.locator("section.three .big")).to_have_text(str(people), timeout=60_000)

    def by_code(self, guests: list[Guest]) -> None:
        """Types the code of each slip; goes on when the phone says that it has it."""
        self.page.get_by_role("button", name="扫码签到").click()
        field, told = self.page.get_by_label("手工输入"), self.page.locator(".told")
        for guest in guests:
            field.fill(guest.code)
            field.press("Enter")
            expect(told).to_have_text(f"尾号 {guest.code[-4:]} 已签到")
        self.page.get_by_role("button", name="关闭").click()

    def roster(self) -> "EventPage":
        """The list of names."""
        self.page.goto(f"{self.url}/roster")
        self.page.get_by_label("找姓名或编号").wait_for()
        return self

    def by_name(self, guest: Guest) -> None:
        """A tap on the name; goes on when the phone says that they are here."""
        row = self.page.get_by_role("button", name=guest.name)
        row.click()
        expect(row).to_contain_text("已到")

    def take_back(self, guest: Guest) -> None:
        """On the list of names: what this phone saw of this person."""
        row = self.page.get_by_role("button", name=guest.name)
        row.click()
        self.page.get_by_role("button", name="撤销这一次").click()
        expect(row).not_to_contain_text("已到")

    def walk_in(self, number: str) -> None:
        """A guest on no list, who gives a number so as to be counted once."""
        self.page.get_by_role("button", name="更多").click()
        self.page.get_by_role("dialog").get_by_role("button", name="现场来宾").click()
        self.page.get_by_role("button", name="60 岁以上", exact=True).click()
        self.page.get_by_label("手机号（可不填）").fill(number)
        self.page.get_by_role("button", name="登记", exact=True).click()
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def count_heads(self, n: int) -> None:
        """The small button, so many times; each tap is there before the next."""
        before = self.loose
        for more in range(1, n + 1):
            self.page.get_by_role("button", name="计 1 人").click()
            expect(self.page.locator("b.fig").first).to_have_text(str(before + more))

    def close(self) -> None:
        """The event is over: asked twice, because it is told to everybody."""
        self.page.get_by_role("button", name="更多").click()
        self.page.get_by_role("button", name="结束活动").click()
        self.page.get_by_role("dialog", name="结束这场活动？").get_by_role(
            "button", name="结束活动"
        ).click()
        self.page.locator(".figures").wait_for()
