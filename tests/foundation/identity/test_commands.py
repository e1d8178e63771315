"""People and posts through the one gate, on both engines."""

from typing import Any

import msgspec
import pytest

from backend.foundation.identity.rules import mark_of
from backend.foundation.identity.tables import CREDENTIALS, PEOPLE, POSTS
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.problem import Problem
from tests.foundation.identity.house import CHEAP, TITLE, House
from tests.kit.world import Phone

ADMIN = Actor("root", "Root", (Grant("admin"),), "desk-of-root")
MANAGER = Actor("max", "Max", (Grant("manager"),), "phone-of-max")
HASH = CHEAP.hash("correct horse battery")


async def refused(house: House, code: str, op: str, person: str, **args: Any) -> None:
    with pytest.raises(Problem) as caught:
        await house.do(f"identity.{op}", ("person", person), **args)
    assert caught.value.code == code


async def body(house: House, person: str) -> dict[str, Any]:
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE id = ?", f"person:{person}")
    return msgspec.json.decode(rows[0][0])


async def test_a_person_with_a_post_stands_in_everybodys_name_directory(house: House):
    await house.person("ana", role="inspector", outlet="lake", line="service")
    assert await body(house, "ana") == {
        "name": "ana",
        "username": "ana",
        "active": True,
        "posts": [
            {
                "role": "inspector",
                "unit": None,
                "outlet": "lake",
                "line": "service",
                "title": TITLE,
                "held_from": "2026-11-24",
                "held_to": None,
            }
        ],
    }
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT bucket FROM sync_row WHERE rec_key = 'person:ana'")
    assert [row[0] for row in rows] == ["org"]


async def test_no_record_of_a_phone_ever_holds_a_password_hash(house: House):
    await house.person("ana", role="admin")
    async with house.database.reading() as tx:
        kept = await tx.tuples("SELECT body FROM record")
        facts = await tx.tuples("SELECT payload FROM fact")
        personal = await tx.tuples("SELECT payload FROM fact_personal")
        verdicts = await tx.tuples("SELECT coalesce(payload, '') || answer FROM verdict")
    assert not any("argon2" in row[0] for row in (*kept, *facts, *personal, *verdicts))


async def test_names_of_people_are_in_the_erasable_half_of_the_fact(house: House):
    await house.do("identity.add_person", ("person", "p1"), username="ana", name="安娜")
    async with house.database.reading() as tx:
        public = await tx.tuples("SELECT payload FROM fact WHERE type = 'identity.PersonAdded'")
    assert "安娜" not in public[0][0]
    assert "p1" in public[0][0]


async def test_two_people_cannot_share_a_user_name(house: House):
    await house.person("ana")
    await refused(house, "username_taken", "add_person", "other", username="ana", name="Ana")
    await house.person("ben")
    await refused(house, "username_taken", "change_person", "ben", username="ana")
    await house.do("identity.change_person", ("person", "ben"), username="ben", name="Benjamin")
    assert (await body(house, "ben"))["name"] == "Benjamin"


async def test_an_id_that_is_taken_is_not_taken_over(house: House):
    await house.person("ana", role="admin")
    await refused(house, "id_taken", "add_person", "ana", username="ann", name="Ann")
    again = {"post": "ana-post", "role": "admin", "title": TITLE}
    await refused(house, "id_taken", "hold_post", "ana", **again)


@pytest.mark.parametrize("username", ["Ana", "a", "ana lopez", "安娜", "-ana", "a" * 33])
async def test_a_user_name_can_be_typed_on_any_keyboard(house: House, username: str):
    await refused(house, "args_invalid", "add_person", "x", username=username, name="X")


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("unit_unknown", {"role": "manager", "unit": "nowhere"}),
        ("outlet_unknown", {"role": "outlet_head", "outlet": "nowhere"}),
        ("line_unknown", {"role": "line_lead", "line": "nowhere"}),
        ("post_scope", {"role": "line_lead"}),
        ("no_staff_here", {"role": "outlet_staff", "outlet": "atm"}),
        ("args_invalid", {"role": "president"}),
        ("args_invalid", {"role": "manager", "rank": 1}),
    ],
)
async def test_a_post_that_cannot_be_is_refused(house: House, code: str, scope: dict[str, Any]):
    await house.person("ana")
    await refused(house, code, "hold_post", "ana", post="p", title=TITLE, **scope)


async def test_nobody_holds_a_post_who_is_not_there(house: House):
    post = {"post": "p", "role": "admin", "title": TITLE}
    await refused(house, "not_found", "hold_post", "ghost", **post)


async def test_a_post_left_at_once_is_gone_and_a_later_end_is_written_down(house: House):
    await house.person("ana", role="manager", unit="city")
    await house.post("ana", "second", role="secretariat", unit="city")
    await house.do("identity.leave_post", ("person", "ana"), post="second", last_day="2026-12-31")
    await house.do("identity.leave_post", ("person", "ana"), post="ana-post")
    posts = (await body(house, "ana"))["posts"]
    assert [(post["role"], post["held_to"]) for post in posts] == [("secretariat", "2026-12-31")]


async def test_one_persons_post_cannot_be_left_by_another(house: House):
    await house.person("ana", role="manager", unit="city")
    await house.person("ben")
    await refused(house, "post_unknown", "leave_post", "ben", post="ana-post")
    await refused(house, "post_unknown", "leave_post", "ana", post="nowhere")
    backwards = {"post": "ana-post", "last_day": "2026-01-01"}
    await refused(house, "post_dates", "leave_post", "ana", **backwards)


async def test_a_suspended_person_is_shown_as_inactive_until_restored(house: House):
    await house.person("ana", role="admin")
    await house.do("identity.suspend_person", ("person", "ana"), reason="left the bank")
    assert not (await body(house, "ana"))["active"]
    await refused(house, "bad_transition", "suspend_person", "ana", reason="again")
    await house.do("identity.restore_person", ("person", "ana"))
    assert (await body(house, "ana"))["active"]
    await refused(house, "bad_transition", "restore_person", "ana")


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("add_person", {"username": "eve", "name": "Eve"}),
        ("change_person", {"name": "Eve"}),
        ("hold_post", {"post": "p", "role": "admin", "title": TITLE}),
        ("leave_post", {"post": "ana-post"}),
        ("suspend_person", {"reason": "because"}),
        ("restore_person", {}),
        ("set_password", {"password_hash": HASH}),
    ],
)
async def test_a_manager_cannot_keep_people_from_a_phone(
    house: House, op: str, args: dict[str, Any]
):
    await house.person("ana", role="admin")
    answer = await Phone(house.journal, MANAGER).do(f"identity.{op}", ("person", "ana"), args)
    assert (answer.s, answer.code) == ("rejected", "forbidden")


async def test_an_administrator_cannot_suspend_the_own_account(house: House):
    await house.person("root", role="admin")
    phone = Phone(house.journal, ADMIN)
    answer = await phone.do("identity.suspend_person", ("person", "root"), {"reason": "holiday"})
    assert answer.code == "own_account"


async def test_a_person_may_set_the_own_password_and_only_as_a_proper_hash(house: House):
    await house.person("max", role="manager", unit="city")
    phone = Phone(house.journal, MANAGER)
    own = ("person", "max")
    answer = await phone.do("identity.set_password", own, {"password_hash": "x" * 80})
    assert answer.code == "password_form"
    async with house.database.reading() as tx:
        (before,) = await CREDENTIALS.load(tx, ["max"])
    args = {"password_hash": HASH, "replaces": mark_of(before)}
    answer = await phone.do("identity.set_password", own, args)
    assert answer.s == "applied"
    async with house.database.reading() as tx:
        (credential,) = await CREDENTIALS.load(tx, ["max"])
    assert (credential.password_hash, credential.one_time_until) == (HASH, None)
    # Whoever set it in between did so with the password that counted then.
    answer = await phone.do("identity.set_password", own, args)
    assert answer.code == "password_old_wrong"


async def test_an_unlocked_phone_alone_sets_no_new_password(house: House):
    await house.person("max", role="manager", unit="city")
    answer = await Phone(house.journal, MANAGER).do(
        "identity.set_password", ("person", "max"), {"password_hash": HASH}
    )
    assert answer.code == "password_old_wrong"
    assert (await house.sign_in("max")).person.id == "max"


async def test_nobody_holds_the_same_post_twice_at_once(house: House):
    await house.person("ana", role="manager", unit="west")
    again = {"post": "again", "title": TITLE, "role": "manager", "unit": "west"}
    await refused(house, "post_overlaps", "hold_post", "ana", **again)
    await house.do("identity.hold_post", ("person", "ana"), **again | {"unit": "city"})
    await house.do("identity.leave_post", ("person", "ana"), post="ana-post")
    await house.do("identity.hold_post", ("person", "ana"), **again | {"post": "third"})
    held = [(post["role"], post["unit"]) for post in (await body(house, "ana"))["posts"]]
    assert sorted(held) == [("manager", "city"), ("manager", "west")]


async def test_an_administrator_cannot_give_up_their_own_administration(house: House):
    await house.person("root", role="admin")
    phone = Phone(house.journal, ADMIN)
    answer = await phone.do("identity.leave_post", ("person", "root"), {"post": "root-post"})
    assert answer.code == "own_post"


@pytest.mark.parametrize("op", ["add_person", "set_password"])
async def test_a_command_about_people_names_a_person(house: House, op: str):
    args = {"username": "eve", "name": "Eve"} if op == "add_person" else {"password_hash": HASH}
    with pytest.raises(Problem) as caught:
        await house.do(f"identity.{op}", ("outlet", "lake"), **args)
    assert caught.value.code == "args_invalid"


async def test_a_refused_command_changes_no_row(house: House):
    await house.person("ana", role="manager", unit="city")
    async with house.database.reading() as tx:
        before = (await PEOPLE.where(tx, "1 = 1"), await POSTS.where(tx, "1 = 1"))
    await refused(house, "username_taken", "add_person", "x", username="ana", name="Ana")
    async with house.database.reading() as tx:
        assert (await PEOPLE.where(tx, "1 = 1"), await POSTS.where(tx, "1 = 1")) == before
