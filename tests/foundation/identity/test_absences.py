"""What a deputy's session holds: the desks of whoever is away, for as long as they are."""

from backend.foundation.identity.access import Signed
from tests.foundation.identity.house import PHONE, House

DESK = "desk:lake:service"


async def away(house: House, first: str = "2026-11-24", last: str = "2026-11-25") -> str:
    """Min leads and administers; Qian inspects elsewhere and stands in. Qian's token."""
    await house.person("min", role="manager", unit="west", line="service")
    await house.post("min", "min-admin", role="admin")
    await house.post("min", "min-inspects", role="inspector", line="service")
    await house.person("qian", role="inspector", line="retail")
    asked = {"person": "min", "deputy": "qian", "reason": "leave"}
    rec = ("deputy", "one")
    await house.do("identity.appoint_deputy", rec, **asked, first_day=first, last_day=last)
    return (await house.sign_in("qian")).token


async def now(house: House, token: str) -> Signed:
    await house.access.settled()
    return await house.access.of_token(token)


async def test_the_desk_is_there_from_the_first_day_to_the_last(house: House):
    token = await away(house, "2026-11-25", "2026-11-26")
    assert DESK not in (await now(house, token)).buckets
    house.clock.pass_(hours=15)  # midnight in Shanghai
    for _ in range(2):
        signed = await now(house, token)
        assert DESK in signed.buckets
        assert signed.actor.may("manager", "lake", "service")
        house.clock.pass_(hours=24)
    signed = await now(house, token)
    assert DESK not in signed.buckets
    assert not signed.actor.may("manager")


async def test_only_posts_that_decide_are_lent_and_they_decide_nothing_by_themselves(house: House):
    """What a command may do is asked of one's own posts first: lent ones show a desk."""
    signed = await now(house, await away(house))
    assert signed.actor.roles() == {"inspector", "manager"}
    assert not signed.actor.may("inspector", "lake", "service")
    alone = signed.actor.alone()
    assert (alone.roles(), alone.for_person) == (frozenset({"inspector"}), None)
    acting = alone.standing_in(signed.actor.stands_in[0])
    assert acting.may("manager", "lake", "service")
    assert (acting.id, acting.for_person) == ("qian", "min")


async def test_it_ends_at_once_when_it_is_ended(house: House):
    token = await away(house)
    assert DESK in (await now(house, token)).buckets
    await house.do("identity.end_deputy", ("deputy", "one"))
    assert DESK not in (await now(house, token)).buckets


async def test_a_post_that_the_absent_person_loses_is_lost_to_the_deputy(house: House):
    token = await away(house)
    await house.do("identity.leave_post", ("person", "min"), post="min-post")
    signed = await now(house, token)
    assert DESK not in signed.buckets
    assert not signed.actor.may("manager")


async def test_a_stopped_phone_stands_in_for_nobody(house: House):
    token = await away(house)
    await house.stop(PHONE, "suspended")
    signed = await now(house, token)
    assert (signed.actor.grants, signed.actor.stands_in) == ((), ())
    handed_over = await house.access.actor_of("qian", PHONE)
    assert handed_over is not None
    assert handed_over.stands_in == ()
