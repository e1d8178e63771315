"""Places where unsent work would not be safe say so before anybody signs in."""

import pytest
from playwright.sync_api import expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import CAMERA

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2309A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701 NetType/4G"
)
# As Firefox shows a private window to a page: without a service worker.
NO_WORKER = "delete Navigator.prototype.serviceWorker"
AS_A_NAME = "--host-resolver-rules=MAP phone.example 127.0.0.1"


def test_wechat_is_told_to_open_the_browser_and_still_works(branch: Branch, handset: Handsets):
    """At sign-in and on Today, and with the way there."""
    phone = handset("phone", branch.url, user_agent=WECHAT)
    page = phone.open()
    expect(page.get_by_text("请在浏览器中打开")).to_be_visible()
    expect(page.get_by_text("选“在浏览器打开”")).to_be_visible()
    phone.sign_in("inspector")
    expect(page.get_by_text("请在浏览器中打开")).to_be_visible()


def test_a_private_window_is_told_that_it_forgets(branch: Branch, handset: Handsets):
    phone = handset("phone", branch.url)
    phone.open()
    phone.context.add_init_script(NO_WORKER)
    page = phone.page
    page.reload()
    expect(page.get_by_text("无痕窗口会丢失内容")).to_be_visible()
    phone.sign_in("inspector")
    expect(page.get_by_text("无痕窗口会丢失内容")).to_be_visible()


def test_an_address_without_tls_is_told_to_be_of_no_use(branch: Branch, handset: Handsets):
    """A phone in the same network that was given the http address: no crypto, no worker."""
    url = f"http://phone.example:{branch.port}"
    phone = handset("phone", url, flags=(*CAMERA, AS_A_NAME))
    page = phone.open()
    expect(page.get_by_text("这个地址不安全，用不了")).to_be_visible()
    expect(page.get_by_text("请用 https 开头的地址打开")).to_be_visible()


def test_an_ordinary_window_is_told_nothing(branch: Branch, handset: Handsets):
    page = handset("phone", branch.url).open()
    page.locator("input[name=username]").wait_for()
    assert page.locator(".note").count() == 0
