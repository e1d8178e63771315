"""Day one of a real branch: an empty house, and nobody who programs.

The first administrator comes from the command line, as the README says; everything after that is
done in the browser. Units, a line, forty outlets, people and a checklist come in, most of it in
the very sheets that the console hands out; a manager plans forty rounds in one go; three phones
make ready, work without signal, and send. Then it is counted on the server, past our own code.
SQLite and a folder: the same commands on the other pair are the main job's.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.branch import Branch
from tests.browser.conftest import Handsets
from tests.browser.eyes import sideways, violations
from tests.browser.handset import DESK, HELD, Handset
from tests.browser.round_page import RoundPage
from tests.browser.sheets import filled, taken
from tests.journeys import monday
from tests.journeys.monday import Put
from tests.kit.link import Link, link_to

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KEPT_MS = 60_000
ROUNDS_EACH = 3
OWN = "four plain words for {}"
FORM = "Take an empty sheet"


@pytest.fixture
def branch(dist: Path, tmp_path: Path) -> Iterator[Branch]:
    """A house in which nothing ever was."""
    one = Branch(tmp_path / "branch")
    one.run("migrate")
    yield one
    one.stop()
    one.stays_without_numbers()


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_an_empty_house_is_a_working_branch_on_monday(
    branch: Branch, handset: Handsets, tmp_path: Path
):
    first = branch.run("user", "add", "admin", "管理员", "--role", "admin")
    branch.start()
    desk = handset("admin", branch.url, locale="en-GB", viewport=DESK)
    page = _the_founder_enters(desk, first.split()[-1])
    _places(branch, page, tmp_path / "outlets.xlsx")
    _people(branch, page, tmp_path / "people.xlsx")
    passwords = _passwords(page, tmp_path / "passwords.csv")
    _checklist(branch, page, tmp_path / "checklist.xlsx")
    page.goto(branch.url)
    expect(page.get_by_role("heading", name="First steps")).to_have_count(0)
    desk.close()

    manager = handset("manager", branch.url, viewport=DESK)
    _forty_rounds(branch, _enters(manager, monday.MANAGER, passwords))
    put = Put()
    with link_to(branch.port) as line:
        phones = {name: handset(name, line.url) for name in monday.WORKING}
        for name, phone in phones.items():
            _enters(phone, name, passwords)
            _makes_ready(phone)
        _work_without_signal(branch, line, phones, put, tmp_path)
        for name, phone in phones.items():
            _sends(branch, phone, name)
    _counted(branch, put)
    _the_manager_sees_it(manager, put)


def _the_founder_enters(desk: Handset, password: str) -> Page:
    """With the password that the command line told, which is changed before anything else."""
    page = desk.open()
    desk.sign_in("admin", password)
    expect(page.get_by_role("heading", name="First steps")).to_be_visible(timeout=KEPT_MS)
    expect(page.locator("#main .tag", has_text="To do")).to_have_count(6)
    looks_right(page)
    page.goto(f"{desk.url}/device")
    page.get_by_role("button", name=re.compile("^Password")).click()
    sheet = page.get_by_role("dialog", name="Change the password")
    sheet.get_by_label("Present password").fill(password)
    sheet.get_by_label("New password", exact=True).fill(OWN.format("admin"))
    sheet.get_by_label("once more").fill(OWN.format("admin"))
    sheet.get_by_role("button", name="Change the password").click()
    expect(sheet).to_have_count(0)
    return page


def _places(branch: Branch, page: Page, file: Path) -> None:
    """A branch, two below it and a line by hand; forty outlets from the sheet."""
    page.goto(branch.url)
    page.get_by_role("link", name="Units").click()
    for code, name, level, above in (
        ("FH", "柳溪分行", "Branch", None),
        ("CQ", "城区支行", "Sub-branch", "柳溪分行"),
        ("JK", "江口支行", "Sub-branch", "柳溪分行"),
    ):
        page.get_by_role("button", name="Add a unit").click()
        sheet = page.get_by_role("dialog", name="Add a unit")
        sheet.get_by_label("Code", exact=True).fill(code)
        sheet.get_by_role("button", name=level, exact=True).click()
        sheet.get_by_label("Name in Chinese").fill(name)
        if above:
            sheet.get_by_label("Below").select_option(label=above)
        sheet.get_by_role("button", name="Add a unit").click()
        expect(page.locator(".list").get_by_text(name)).to_be_visible(timeout=KEPT_MS)
    page.get_by_role("button", name="Lines", exact=True).click()
    page.get_by_role("button", name="Add a line").click()
    sheet = page.get_by_role("dialog", name="Add a line")
    sheet.get_by_label("Code").fill("operations")
    sheet.get_by_label("Name in Chinese").fill("运营")
    sheet.get_by_role("button", name="Add a line").click()
    expect(page.locator(".list").get_by_text("运营")).to_be_visible(timeout=KEPT_MS)
    page.get_by_role("button", name="Import", exact=True).click()
    looks_right(page)
    page.locator("input[type=file]").set_input_files(
        filled(taken(page, FORM, file), Outlets=monday.OUTLETS)
    )
    expect(page.get_by_text("40 new, 0 changed")).to_be_visible(timeout=KEPT_MS)
    page.get_by_role("button", name="Take these 40 outlets").click()
    branch.comes_to(page, lambda rows: len(rows) == 40, "SELECT id FROM outlet")


def _people(branch: Branch, page: Page, file: Path) -> None:
    page.goto(f"{branch.url}/people/import")
    page.locator("input[type=file]").set_input_files(
        filled(taken(page, FORM, file), People=monday.PEOPLE)
    )
    count = len(monday.PEOPLE)
    good = f"Can be added: {count} people, {count} posts"
    expect(page.get_by_text(good)).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    page.get_by_role("button", name=f"Add these {count} people").click()
    branch.comes_to(page, lambda rows: len(rows) == count + 1, "SELECT id FROM post")


def _passwords(page: Page, file: Path) -> dict[str, str]:
    """One for each of them in one act; the list is the only place where they stand."""
    count = len(monday.PEOPLE)
    page.get_by_role("button", name="People", exact=True).click()
    page.get_by_role("button", name="Passwords for newcomers").click()
    sheet = page.get_by_role("dialog", name="Passwords for newcomers")
    sheet.get_by_role("button", name=f"Give these {count} people passwords").click()
    save = sheet.get_by_role("button", name="Save the list")
    expect(save).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="The list is not saved").get_by_role(
        "button", name="Back"
    ).click()
    with page.expect_download() as download:
        save.click()
    download.value.save_as(file)
    sheet.get_by_role("button", name="The list is saved").click()
    expect(sheet).to_have_count(0)
    with file.open(encoding="utf-8-sig", newline="") as text:
        told = {row["User name"]: row["One-time password"] for row in csv.DictReader(text)}
    assert told.keys() == {str(one["User name"]) for one in monday.PEOPLE}
    return told


def _checklist(branch: Branch, page: Page, file: Path) -> None:
    """From the empty workbook; tried in the preview as a phone shows it, then published."""
    page.goto(f"{branch.url}/templates")
    looks_right(page)
    page.get_by_role("button", name="Import a file").click()
    sheet = page.get_by_role("dialog", name="Import a checklist from Excel")
    taken(page, "Get an empty workbook", file)
    sheet.get_by_label("Choose a file").set_input_files(filled(file, **monday.CHECKLIST))
    expect(page.get_by_text("Ready to publish")).to_be_visible(timeout=KEPT_MS)
    preview = page.locator(".phone")
    preview.get_by_role("button", name="Fail").first.click()
    expect(preview.get_by_text("The entrance is free")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    published = "SELECT code FROM template_version"
    branch.comes_to(page, lambda rows: rows == [{"code": monday.CODE}], published)


def _enters(held: Handset, username: str, passwords: dict[str, str]) -> Page:
    """For the first time, so the one-time password is exchanged for one of their own."""
    page = held.open()
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(passwords[username])
    page.keyboard.press("Enter")
    for name in ("new-password", "new-password-again"):
        page.locator(f"input[name={name}]").fill(OWN.format(username))
    page.keyboard.press("Enter")
    page.locator("a.truth").first.wait_for(timeout=KEPT_MS)
    return page


def _forty_rounds(branch: Branch, page: Page) -> None:
    page.get_by_role("link", name="检查", exact=True).click()
    expect(page.get_by_text("还没有检查").first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="安排多轮").click()
    page.get_by_label("检查表", exact=True).select_option(label=monday.TITLE_ZH)
    page.get_by_role("button", name="全选这 40 个").click()
    for number in range(1, len(monday.INSPECTORS) + 1):
        page.get_by_role("checkbox", name=f"督导{number}").check()
    looks_right(page)
    page.get_by_role("button", name="看看怎么分").click()
    expect(page.get_by_text("40 轮，5 人")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="安排这 40 轮").click()
    expect(page.get_by_text("40 轮检查已记录在本机")).to_be_visible(timeout=KEPT_MS)
    branch.comes_to(page, lambda rows: len(rows) == 40, "SELECT id FROM round")
    shares = branch.rows("SELECT assignee, count(*) AS n FROM round GROUP BY assignee")
    assert [row["n"] for row in shares] == [8] * 5
    assert len(branch.rows("SELECT DISTINCT outlet FROM round")) == 40


def _makes_ready(phone: Handset) -> None:
    """All rounds of this person lie on the phone, with the checklist and every page of the app."""
    phone.page.locator(HELD).first.wait_for(timeout=KEPT_MS)
    expect(phone.page.locator("#main ol a[href^='/rounds/']")).to_have_count(8, timeout=KEPT_MS)
    expect(phone.page.locator("[data-lacks*='inspections.']")).to_have_count(0, timeout=KEPT_MS)
    phone.controlled()


def _work_without_signal(
    branch: Branch, line: Link, phones: dict[str, Handset], put: Put, folder: Path
) -> None:
    line.down()
    for name, phone in phones.items():
        phone.context.set_offline(True)
        links = phone.page.locator("#main ol a[href^='/rounds/']")
        hrefs = [link.get_attribute("href") or "" for link in links.all()[:ROUNDS_EACH]]
        for number, href in enumerate(hrefs):
            phone.page.goto(line.url + href)
            for step in put.steps(folder, name, number):
                RoundPage(phone.page).do(step)
            RoundPage(phone.page).sign_and_submit(line.url + href)
            put.rounds.add(href.rsplit("/", 1)[-1])
        expect(phone.page.locator("a.truth")).to_contain_text("仅在本机")
    assert not branch.rows("SELECT id FROM round WHERE state <> 'assigned'")
    assert not branch.objects()
    line.up()


def _sends(branch: Branch, phone: Handset, name: str) -> None:
    """Until the server has looked at the last picture. The truth line alone does not say so: in the
    moment after the signal is back it still tells of the time before."""
    phone.context.set_offline(False)
    branch.comes_to(
        phone.page,
        lambda rows: rows == [{"state": "accepted"}] * (2 * ROUNDS_EACH + 1),
        "SELECT p.state FROM photo p JOIN round r ON r.id = p.parent_id "
        "JOIN person q ON q.id = r.assignee WHERE q.username = ?",
        name,
    )
    expect(phone.page.locator("a.truth")).not_to_contain_text("仅在本机", timeout=KEPT_MS)
    phone.close()


def _counted(branch: Branch, put: Put) -> None:
    """Nothing lost, nothing doubled, every digest equal to the file that was put in."""
    rounds = branch.rows("SELECT id, state, hash_equal, assignee FROM round")
    handed = [row for row in rounds if row["state"] == "submitted"]
    assert {row["id"] for row in handed} == put.rounds
    assert all(row["hash_equal"] for row in handed)
    assert Counter(row["state"] for row in rounds) == {
        "submitted": ROUNDS_EACH * 3,
        "assigned": 40 - ROUNDS_EACH * 3,
    }
    assert set(Counter(row["assignee"] for row in handed).values()) == {ROUNDS_EACH}
    answers = branch.rows("SELECT record, item FROM answer_register")
    assert len({(row["record"], row["item"]) for row in answers}) == len(answers)
    assert Counter(row["record"] for row in answers) == dict.fromkeys(put.rounds, monday.ANSWERS)
    cases = branch.rows("SELECT text FROM rectification")
    assert sorted(row["text"] for row in cases) == sorted(put.findings)
    photos = branch.rows("SELECT sha256, purpose FROM photo")
    signed = [row["sha256"] for row in photos if row["purpose"] == "signature"]
    taken_ = [row["sha256"] for row in photos if row["purpose"] != "signature"]
    assert len(signed) == len(put.rounds)
    assert sorted(taken_) == sorted(put.files)
    stored = branch.objects()
    assert {name: stored.get(name) for name in taken_ + signed} == {
        name: name for name in taken_ + signed
    }
    said = branch.run("check")
    assert "BAD" not in said, said


def _the_manager_sees_it(manager: Handset, put: Put) -> None:
    """In the list of rounds, on the overview, and among the results of the whole house."""
    page = manager.page
    page.goto(f"{manager.url}/rounds?show=handed")
    rows = page.locator(".inbox .list a")
    expect(rows).to_have_count(len(put.rounds), timeout=KEPT_MS)
    expect(rows.filter(has_text="已核验")).to_have_count(len(put.rounds), timeout=2 * KEPT_MS)
    looks_right(page)
    page.goto(f"{manager.url}/overview")
    expect(page.get_by_text(f"40 个网点，本月已查 {len(put.rounds)} 个")).to_be_visible()
    page.goto(f"{manager.url}/results")
    expect(page.get_by_role("heading", name="各网点每周完成")).to_be_visible(timeout=KEPT_MS)
    looks_right(page)
    page.goto(f"{manager.url}/results/rounds?state=submitted")
    expect(page.locator(".list").last.locator("a")).to_have_count(len(put.rounds), timeout=KEPT_MS)
