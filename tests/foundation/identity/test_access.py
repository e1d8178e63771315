"""Who is behind a token, and how soon a right that was taken is gone."""

import asyncio

import pytest

from backend.foundation.identity import devices, sessions
from backend.foundation.identity.access import CHECK_SECONDS, Access, Signed
from backend.foundation.identity.devices import Contact, Unsent
from backend.foundation.identity.directory import actor_at
from backend.foundation.journal.work import Work
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.calendar import business_day
from tests.foundation.identity.house import PHONE, House


async def signed_in(house: House, username: str = "ana", **kwargs: str) -> tuple[str, Signed]:
    opened = await house.sign_in(username, **kwargs)  # type: ignore[arg-type]
    return opened.token, await house.access.of_token(opened.token)


async def signed_out(house: House, token: str, code: str = "session_unknown") -> None:
    with pytest.raises(Problem) as caught:
        await house.access.of_token(token)
    assert caught.value.code == code


async def test_a_token_gives_the_person_with_the_rights_of_their_posts(house: House):
    await house.person("ana", role="manager", unit="west", line="service")
    _, signed = await signed_in(house)
    assert signed.actor.may("manager", "lake", "service")
    assert not signed.actor.may("manager", "lake", "retail")
    assert signed.actor.device_id == PHONE
    assert signed.device_state == "active"


async def test_a_token_of_nobody_is_refused(house: House):
    await signed_out(house, "made-up")


async def test_a_token_works_only_on_its_own_device(house: House):
    await house.person("ana")
    token, _ = await signed_in(house)
    assert await house.access.of_token(token, PHONE)
    with pytest.raises(Problem, match="device_mismatch"):
        await house.access.of_token(token, "device-of-mallory")


async def test_an_ended_session_is_over_at_once(house: House):
    await house.person("ana")
    token, signed = await signed_in(house)
    async with house.database.unit_of_work() as tx:
        await sessions.end(tx, signed.session_id)
    await house.access.settled()
    await signed_out(house, token)


async def test_what_one_process_ends_another_no_longer_honours(house: House):
    """Two API processes; the session is ended through the other one."""
    other = Access(house.database, house.clock)
    await house.person("ana")
    token, signed = await signed_in(house)
    await other.of_token(token)
    async with house.database.unit_of_work() as tx:
        await sessions.end(tx, signed.session_id)
    await house.access.settled()
    with pytest.raises(Problem, match="session_unknown"):
        await other.of_token(token)


async def test_a_new_post_counts_without_signing_in_again(house: House):
    await house.person("ana")
    token, signed = await signed_in(house)
    assert not signed.actor.grants
    await house.post("ana", role="line_lead", line="retail", unit="city")
    await house.access.settled()
    assert (await house.access.of_token(token)).actor.may("line_lead", "gate", "retail")


async def test_a_new_outlet_is_covered_by_the_posts_of_its_unit(house: House):
    await house.person("ana", role="manager", unit="west", line="service")
    token, _ = await signed_in(house)
    name = {"zh": "新网点", "en": "New outlet"}
    args = {"code": "new", "name": name, "unit": "west"}
    await house.do("organisation.add_outlet", ("outlet", "new"), **args)
    await house.access.settled()
    signed = await house.access.of_token(token)
    assert signed.actor.may("manager", "new", "service")
    assert "desk:new:service" in signed.buckets


async def test_a_post_ends_with_its_last_day_in_china(house: House):
    await house.person("ana", role="manager", unit="city", held_to="2026-11-24")
    token, signed = await signed_in(house)
    assert signed.actor.may("manager")
    house.clock.pass_(hours=14, minutes=59)  # 23:59 in Shanghai
    assert (await house.access.of_token(token)).actor.may("manager")
    house.clock.pass_(minutes=1)
    assert not (await house.access.of_token(token)).actor.may("manager")


async def test_a_suspended_person_may_only_hand_over(house: House):
    await house.person("ana", role="manager", unit="city")
    token, _ = await signed_in(house)
    await house.do("identity.suspend_person", ("person", "ana"), reason="left")
    await house.access.settled()
    signed = await house.access.of_token(token)
    assert signed.device_state == "suspended"
    assert not signed.actor.grants
    async with house.database.reading() as tx:
        assert await house.access.buckets_of(tx, signed) == frozenset()


@pytest.mark.parametrize("state", ["suspended", "wipe_after_push", "wipe_now"])
async def test_a_stopped_device_receives_nothing(house: House, state: devices.DeviceState):
    await house.person("ana", role="manager", unit="city")
    token, _ = await signed_in(house)
    await house.stop(PHONE, state)
    await house.access.settled()
    signed = await house.access.of_token(token)
    assert signed.device_state == state
    async with house.database.reading() as tx:
        assert await house.access.buckets_of(tx, signed) == frozenset()


@pytest.mark.parametrize("state", ["suspended", "wipe_after_push", "wipe_now"])
async def test_a_stopped_device_decides_nothing_for_anybody(
    house: House, state: devices.DeviceState
):
    """A phone left in a taxi may hand over; it must not approve, whoever's work it holds."""
    await house.person("ana", role="manager", unit="city")
    await house.person("ben", role="manager", unit="city")
    await house.sign_in("ben")
    token, _ = await signed_in(house)
    await house.stop(PHONE, state)
    await house.access.settled()
    signed = await house.access.of_token(token)
    assert not signed.actor.grants
    left_behind = await house.access.delegated(signed, "ben")
    carried = await house.access.actor_of("ben", PHONE)
    elsewhere = await house.access.actor_of("ben", "desk-of-ben")
    told = [actor.grants for actor in (left_behind, carried) if actor]
    assert told == [(), ()]
    assert elsewhere.grants if elsewhere else False


async def test_a_new_password_ends_every_earlier_session(house: House):
    await house.person("ana")
    token, _ = await signed_in(house)
    house.clock.pass_(minutes=1)
    await house.set_password("ana", "another one")
    await house.access.settled()
    await signed_out(house, token)
    assert (await house.sign_in("ana", "another one")).token


async def test_a_session_slides_while_it_is_used_and_ends_when_it_is_not(house: House):
    await house.person("ana")
    token, _ = await signed_in(house)
    for _ in range(4):
        house.clock.pass_(days=60)
        await house.access.of_token(token)
    house.clock.pass_(days=90)
    await signed_out(house, token)


async def test_a_warm_request_reads_only_the_version(house: House, monkeypatch: pytest.MonkeyPatch):
    await house.person("ana", role="manager", unit="city")
    token, signed = await signed_in(house)

    async def never(*_: object) -> Signed:
        raise AssertionError("read again")

    monkeypatch.setattr(house.access, "_read", never)
    assert await house.access.of_token(token) is signed


async def test_what_was_read_before_a_change_is_not_remembered_after_it(house: House):
    """A slow read is overtaken by a change that another request has already learnt of."""
    await house.person("ana", role="manager", unit="city")
    token, signed = await signed_in(house)
    house.access._remember(signed, (-5, -5))
    house.access._signed.clear()
    house.access._remember(signed, (-5, -5))
    assert not house.access._signed
    assert await house.access.of_token(token) == signed


async def test_buckets_by_name_come_on_top_of_those_of_the_posts(house: House):
    await house.person("ana", role="line_lead", unit="city", line="service")
    _, signed = await signed_in(house)
    async with house.database.unit_of_work() as tx:
        await tx.run(
            "INSERT INTO bucket_member (id, bucket, person_id, from_ver, until_ver) VALUES "
            "('a', 'round:1', 'ana', 1, NULL), ('b', 'round:2', 'ana', 1, 5)"
        )
    async with house.database.reading() as tx:
        assert await house.access.buckets_of(tx, signed) == {
            "org",
            "user:ana",
            "line:service",
            "desk:lake:service",
            "desk:gate:service",
            "desk:atm:service",
            "round:1",
        }


async def test_the_next_person_on_a_tablet_may_hand_over_what_the_first_one_left(house: House):
    await house.person("ana", role="inspector", outlet="lake", line="service")
    await house.person("ben")
    await house.sign_in("ana", device="shared-tablet")
    _, ben = await signed_in(house, "ben", device="shared-tablet")
    ana = await house.access.delegated(ben, "ana")
    assert ana is not None
    assert ana.may("inspector", "lake", "service")
    assert ana.device_id == "shared-tablet"


async def test_handing_over_is_only_allowed_where_the_other_signed_in_and_agreed(house: House):
    await house.person("ana")
    await house.person("ben")
    await house.person("cat")
    await house.sign_in("ana", device="phone-of-ana")
    await house.sign_in("cat", device="shared-tablet", delegate_upload=False)
    _, ben = await signed_in(house, "ben", device="shared-tablet")
    assert await house.access.delegated(ben, "ana") is None
    assert await house.access.delegated(ben, "cat") is None
    assert await house.access.delegated(ben, "nobody") is None


async def test_the_right_to_hand_over_ends_after_ninety_days(house: House):
    await house.person("ana")
    await house.person("ben")
    await house.sign_in("ana", device="shared-tablet")
    house.clock.pass_(days=90)
    _, ben = await signed_in(house, "ben", device="shared-tablet")
    assert await house.access.delegated(ben, "ana") is None


async def test_a_device_shows_what_it_said_it_still_holds(house: House):
    await house.person("ana")
    await house.sign_in("ana")
    house.clock.pass_(minutes=5)
    contact = Contact(
        unsent=Unsent(14, 41, 12_582_912, "2026-11-24T00:50:00.000Z"),
        build=312,
        persisted=True,
        installed=True,
        free_bytes=8_123_456_789,
    )
    async with house.database.unit_of_work() as tx:
        await devices.note_contact(tx, PHONE, "ana", contact, house.clock.now())
        await devices.note_contact(tx, "unknown-device", "ana", contact, house.clock.now())
    async with house.database.reading() as tx:
        mine = await devices.of_person(tx, "ana", house.clock.now())
        everybody = await devices.of_everybody(tx, house.clock.now())
    assert [(person, device) for person, device in everybody] == [("ana", mine[0])]
    assert mine[0].unsent == contact.unsent
    assert mine[0].last_contact_at == "2026-11-24T01:05:00.000Z"
    assert (mine[0].name, mine[0].state, mine[0].signed_in) == ("Phone", "active", True)
    assert (mine[0].persisted, mine[0].installed) == (True, True)


async def test_a_neighbour_can_ask_what_another_person_may_do_at_an_outlet(house: House):
    await house.person("ana", role="inspector", unit="west", line="service")
    today = business_day(house.clock.now())
    async with house.database.reading() as tx:
        work = Work(tx)
        assert (await actor_at(work, "ana", "lake", "service", today)).may(
            "inspector", "lake", "service"
        )
        assert not (await actor_at(work, "ana", "lake", "retail", today)).grants
        with pytest.raises(Problem, match="person_unknown"):
            await actor_at(work, "ghost", "lake", "service", today)
        with pytest.raises(Problem, match="outlet_unknown"):
            await actor_at(work, "ana", "nowhere", "service", today)


async def test_nobody_acts_for_a_person_who_does_not_exist(house: House):
    assert await house.access.actor_of("ghost") is None


async def test_many_requests_at_once_check_the_version_together(house: House):
    await house.person("ana")
    token, _ = await signed_in(house)
    found = await asyncio.gather(*(house.access.of_token(token) for _ in range(50)))
    assert {signed.actor.id for signed in found} == {"ana"}
    assert CHECK_SECONDS <= 0.5
