"""An open app hears at once what others did, and finds its way back when a server goes."""

from playwright.sync_api import Page

from tests.bench import rounds
from tests.bench.caller import Caller
from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.handset import DESK, PASSWORD

# The waits after which the app asks by itself never end here: what it asks for, it was told of.
NO_ASKING = """
const usual = window.setTimeout;
window.setTimeout = (run, ms, ...more) =>
  [3000, 30000, 60000, 300000].includes(ms) ? 0 : usual(run, ms, ...more);
"""
QUIET_MS = 4_000  # longer than what one commit of its own is waited for


def test_what_a_colleague_does_is_asked_for_at_once_also_after_the_server_went(
    branch: Branch, handset: Handsets
):
    desk = handset("desk", branch.url, viewport=DESK, locale="en-GB")
    page = desk.open()
    page.add_init_script(NO_ASKING)
    desk.sign_in("manager")
    with page.expect_response(is_stream):
        page.goto(f"{branch.url}/rounds?show=living")
    page.locator(".inbox .list a").first.wait_for()
    colleague = Caller(branch.port, "inspector", PASSWORD)
    rows = colleague.pull_all()
    paper, _ = rounds.longest_paper(rows)
    outlet = rows["outlet"][0][1]
    until_quiet(page)
    with page.expect_request("**/v1/sync/pull"):
        rounds.start_round(colleague, paper, outlet)
    until_quiet(page)
    # The page comes back by itself, and asks because it may have missed something.
    with page.expect_response(is_stream), page.expect_request("**/v1/sync/pull"):
        branch.stop()
        branch.start()


def is_stream(answer: object) -> bool:
    return answer.url.endswith("/v1/sync/poke") and answer.status == 200  # type: ignore[attr-defined]


def until_quiet(page: Page) -> None:
    """Nothing is on its way: what is asked for from here on has a new reason."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    while True:
        before = len(asked)
        page.wait_for_timeout(QUIET_MS)
        if len(asked) == before:
            return
