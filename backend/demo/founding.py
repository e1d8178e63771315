"""The first day: branches, outlets, people, calendars, checklists, notices."""

from datetime import timedelta
from typing import Any

from backend.demo import papers
from backend.demo.stage import Asked, Stage
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.clock import Moment
from backend.foundation.organisation.official import official_year

AGE_DAYS = 400  # how long the branch has been at it, so that posts cover the whole history


async def found(stage: Stage, password_hash: str) -> None:
    """Everything that has to be there before anybody can do anything."""
    at = stage.now - timedelta(days=AGE_DAYS)
    organisation = papers.organisation()
    await stage.ask_all(None, _places(stage, organisation, at))
    await stage.ask_all(None, _people(stage, organisation, password_hash, at))
    await stage.ask_all(None, _calendars(stage, at))
    for name in papers.TEMPLATES:
        await _publish(stage, papers.paper(name), at + timedelta(days=1))
    for name in papers.NOTICES:
        doc = papers.notice(name)
        rec = ("privacy_notice", digest(doc))
        told = {"doc": doc}
        await stage.ask("dpo", "privacy.publish_notice", rec, told, at + timedelta(days=2))


def _places(stage: Stage, organisation: dict[str, Any], at: Moment) -> list[Asked]:
    asked: list[Asked] = []
    for unit in organisation["units"]:
        parent = unit["parent"] and stage.id("unit", unit["parent"])
        rec = ("unit", stage.id("unit", unit["code"]))
        asked.append(("organisation.add_unit", rec, {**unit, "parent": parent}, at))
    for line in organisation["lines"]:
        rec = ("line", line["code"])
        asked.append(("organisation.add_line", rec, {"name": line["name"]}, at))
    for listed in organisation["code_lists"]:
        rec = ("code_list", listed["key"])
        told = {name: value for name, value in listed.items() if name != "key"}
        asked.append(("organisation.add_code_list", rec, told, at))
    for outlet in organisation["outlets"]:
        rec = ("outlet", stage.id("outlet", outlet["code"]))
        unit = stage.id("unit", outlet["unit"])
        asked.append(("organisation.add_outlet", rec, {**outlet, "unit": unit}, at))
    return asked


def _people(
    stage: Stage, organisation: dict[str, Any], password_hash: str, at: Moment
) -> list[Asked]:
    asked: list[Asked] = []
    for person in organisation["people"]:
        username = person["username"]
        rec = ("person", stage.id("person", username))
        name = person["name"] if stage.language == "zh" else person["name_en"]
        told = {"username": username, "name": name}
        asked.append(("identity.add_person", rec, told, at))
        for number, post in enumerate(person["posts"]):
            asked.append(("identity.hold_post", rec, _post(stage, username, number, post), at))
        secret = {"password_hash": password_hash}
        asked.append(("identity.set_password", rec, secret, at))
    return asked


def _post(stage: Stage, username: str, number: int, post: dict[str, Any]) -> dict[str, Any]:
    held = {**post, "post": stage.id("post", f"{username}:{number}")}
    for kind in ("unit", "outlet"):
        if kind in held:
            held[kind] = stage.id(kind, held[kind])
    return held


def _calendars(stage: Stage, at: Moment) -> list[Asked]:
    asked: list[Asked] = []
    for year in range(stage.today.year - 1, stage.today.year + 2):
        rec = ("calendar", str(year))
        if official_year(year) is not None:
            asked.append(("organisation.import_calendar_year", rec, {}, at))
        else:
            asked.append(("organisation.set_calendar_days", rec, {"published": False}, at))
    return asked


async def _publish(stage: Stage, paper: papers.Paper, at: Moment) -> None:
    publisher = "admin"
    for name in paper.pictures:
        await stage.bring(publisher, papers.picture(name), at)
    asked = {
        "code": paper.code,
        "edition": paper.edition,
        "line": paper.line,
        "rhythm": paper.rhythm,
        "doc": paper.doc,
    }
    rec = ("template", digest(paper.doc))
    await stage.ask(publisher, "checklists.publish_template", rec, asked, at)
