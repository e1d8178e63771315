"""A device is cut off: suspended, erased after everything was sent, erased at once. After a wipe
nothing that was recorded is in the browser's files, and nothing of it is left to a page."""

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.branch import ROUND_AT_MACHINES, Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import Handset
from tests.browser.paper import Finding, all_good
from tests.browser.round_page import RoundPage
from tests.kit.link import Link
from tests.kit.photographs import digest, photograph

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WORDS = "柜员机旁的灯柱裂了一道缝"
HEARD_MS = 60_000
MERGED_MS = 4_000  # the browser merges its files a moment after a deletion
# What every page of this place may read: databases and caches by name, and the cookie.
LEFT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const asked of await (await caches.open(name)).keys())
      found.push(new URL(asked.url).pathname);
  return {
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cached: found,
    stored: JSON.stringify(localStorage),
  };
}"""
# The same words and bytes as another app would keep them: in the clear, in the same profile.
IN_THE_CLEAR = """async ([words, bytes]) => {
  const asked = indexedDB.open('clear', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('rows');
  await new Promise((done, failed) => { asked.onsuccess = done; asked.onerror = failed; });
  const tx = asked.result.transaction('rows', 'readwrite', { durability: 'strict' });
  tx.objectStore('rows').put({ words, bytes: Uint8Array.from(bytes) }, 'one');
  await new Promise((done, failed) => { tx.oncomplete = done; tx.onerror = failed; });
  asked.result.close();
}"""

# Pieces of what the app keeps, as it lies in the files: to be gone from them as well.
SEALED = """async () => {
  const named = (await indexedDB.databases()).find(({ name }) => name.startsWith('xunfang-'));
  const answer = (asked) => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result); asked.onerror = failed;
  });
  const open = await answer(indexedDB.open(named.name));
  const tx = open.transaction(['bytes', 'outbox']);
  const [bytes, outbox] = await Promise.all(
    ['bytes', 'outbox'].map((name) => answer(tx.objectStore(name).getAll())));
  open.close();
  const piece = (data) => [...new Uint8Array(data).slice(0, 40)];
  return { photo: piece(bytes[0].sealed.data), command: piece(outbox.at(-1).args.sealed.data) };
}"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return photograph(tmp_path, 0)


@pytest.fixture
def phone(branch: Branch, line: Link, handset: Handsets, photo: Path) -> Handset:
    """The inspector's, without signal: a finding in words and its photo lie on it, unsent."""
    phone = handset("phone", line.url)
    phone.open()
    page = phone.sign_in("inspector")
    phone.ready()
    line.down()
    page.goto(f"{line.url}/rounds/{ROUND_AT_MACHINES}")
    steps = all_good("self_service")
    steps["s_light"].value, steps["s_light"].finding = "fail", Finding(WORDS, [photo])
    RoundPage(page).do(steps["s_light"])
    page.goto(f"{line.url}/device")
    page.locator("a.truth").first.wait_for()
    return phone


def ordered(branch: Branch, state: str) -> str:
    """The inspector's device is stopped, as the order of an administrator leaves it. Its id."""
    device = branch.rows(
        "SELECT c.device FROM device_contact c JOIN person p ON p.id = c.person "
        "WHERE p.username = 'inspector' ORDER BY c.last_contact_at DESC"
    )[0]["device"]
    with contextlib.closing(sqlite3.connect(branch.folder / "xunfang.db")) as database:
        database.execute("UPDATE device SET state = ? WHERE id = ?", [state, device])
        database.execute(
            "INSERT INTO access_version (id, version) VALUES ('access', 1) "
            "ON CONFLICT (id) DO UPDATE SET version = version + 1"
        )
        database.commit()
    return device


def found_in(profile: Path, wanted: dict[str, bytes]) -> set[str]:
    """Which of these lie in any file of the profile."""
    files = [path.read_bytes() for path in profile.rglob("*") if path.is_file()]
    return {name for name, data in wanted.items() if any(data in one for one in files)}


def recorded(photo: Path) -> dict[str, bytes]:
    """As Chromium writes strings, and a piece from the middle of the photo."""
    whole = photo.read_bytes()
    middle = whole[len(whole) // 2 :][:48]
    return {
        "words": WORDS.encode(),
        "words of a database": WORDS.encode("utf-16-le"),
        "bytes of the photo": middle,
    }


def is_erased(page: Page) -> None:
    """The page after the order: somebody may sign in, and nothing of anybody is here."""
    page.locator("input[name=username]").wait_for(timeout=HEARD_MS)
    page.get_by_text("这部设备的内容已清除").wait_for()
    left = page.evaluate(LEFT)
    assert set(left["databases"]) <= {"xunfang", "xunfang.scrub"}
    assert not [path for path in left["cached"] if path.startswith("/v1/")]
    assert set(json.loads(left["stored"])) <= {"xunfang.erased", "xunfang.tongue", "xunfang.fails"}


def test_a_suspended_device_says_so_and_still_hands_over(
    branch: Branch, line: Link, phone: Handset, photo: Path
):
    """What it did is kept with the server; what is here stays."""
    device = ordered(branch, "suspended")
    line.up()
    page = phone.page
    page.get_by_role("button", name="现在发送").click()
    expect(page.get_by_text("这部设备已停用，不再收到新内容")).to_be_visible(timeout=HEARD_MS)
    expect(page.get_by_text("您做的仍会发送")).to_be_visible()
    assert violations(page) == []
    assert sideways(page) <= 0
    branch.comes_to(
        page,
        lambda rows: len(rows) >= 4,
        "SELECT id FROM verdict WHERE device_id = ?",
        device,
    )
    assert page.evaluate(LEFT)["databases"] != []


def test_after_everything_was_sent_nothing_is_left(
    branch: Branch, line: Link, phone: Handset, photo: Path
):
    """Findable in the clear before, so that its absence afterwards means something."""
    page = phone.page
    assert {"xunfang"} < {*page.evaluate(LEFT)["databases"]}
    page.evaluate(IN_THE_CLEAR, [WORDS, list(recorded(photo)["bytes of the photo"])])
    phone.close()
    assert {"words of a database", "bytes of the photo"} <= found_in(phone.profile, recorded(photo))
    page = phone.open("/device", offline=True)
    page.locator("a.truth").first.wait_for()
    page.evaluate(
        "() => new Promise((done) => "
        "{ indexedDB.deleteDatabase('clear').onsuccess = () => done(null); })"
    )
    sealed = {name: bytes(cut) for name, cut in page.evaluate(SEALED).items()}
    assert found_in(phone.profile, sealed) == {*sealed}
    ordered(branch, "wipe_after_push")
    line.up()
    phone.context.set_offline(False)  # which the drive hears by itself
    is_erased(page)
    assert digest(photo) in branch.objects()
    assert WORDS.encode() in b"".join(
        path.read_bytes() for path in branch.folder.glob("xunfang.db*")
    )
    page.wait_for_timeout(MERGED_MS)
    phone.close()
    assert found_in(phone.profile, sealed) == set()
    assert found_in(phone.profile, recorded(photo)) == set()


def test_a_stolen_phone_is_erased_at_once_and_tells_what_went_with_it(
    branch: Branch, line: Link, phone: Handset, photo: Path
):
    phone.context.set_offline(True)
    ordered(branch, "wipe_now")
    line.up()
    page = phone.page
    phone.context.set_offline(False)  # which the drive hears by itself
    is_erased(page)
    expect(page.get_by_text("没有发出，一起清除了")).to_be_visible()
    assert violations(page) == []
    assert digest(photo) not in branch.objects()
    branch.comes_to(page, lambda rows: bool(rows), "SELECT 1 FROM fact WHERE type LIKE '%Erased'")
    page.wait_for_timeout(MERGED_MS)
    assert phone.context.cookies() == []
    phone.close()
    assert found_in(phone.profile, recorded(photo)) == set()
