"""Signing in: what opens a session, what does not, and how guessing is slowed down."""

import asyncio
from typing import Any

import pytest

from backend.foundation.identity import accounts, passwords, sessions
from backend.foundation.identity.commands import HoldPost
from backend.foundation.identity.passwords import Passwords
from backend.foundation.identity.sign_in import Opened
from backend.foundation.identity.tables import CREDENTIALS
from backend.foundation.kernel.problem import Problem
from backend.foundation.organisation.model import Words
from tests.foundation.identity.house import CHEAP, PASSWORD, PHONE, House


async def refused(house: House, code: str, *args: Any, **kwargs: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        await house.sign_in(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


async def fail(house: House, times: int, username: str = "ana", **kwargs: Any) -> None:
    for _ in range(times):
        await refused(house, "sign_in_failed", username, "wrong", **kwargs)


async def test_the_right_password_opens_a_session_of_ninety_days(house: House):
    await house.person("ana", role="manager", unit="city")
    opened = await house.sign_in("ana")
    assert (opened.person.username, opened.device_id) == ("ana", PHONE)
    assert opened.device_state == "active"
    assert (opened.expires_at - house.clock.now()).days == 90


async def test_the_database_knows_a_token_only_by_its_hash(house: House):
    await house.person("ana")
    opened = await house.sign_in("ana")
    async with house.database.reading() as tx:
        rows = await tx.fetch("SELECT * FROM session")
    assert rows[0]["id"] == sessions.token_hash(opened.token)
    assert opened.token not in str(rows)


async def test_a_user_name_is_found_however_the_keyboard_capitalises_it(house: House):
    await house.person("ana")
    assert (await house.sign_in(" Ana ")).person.id == "ana"


async def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(house: House):
    await house.person("ana")
    wrong = await refused(house, "sign_in_failed", "ana", "wrong")
    unknown = await refused(house, "sign_in_failed", "nobody", "wrong")
    assert (wrong.detail, wrong.facts) == (unknown.detail, unknown.facts)


async def test_a_person_without_a_password_cannot_sign_in(house: House):
    await house.do("identity.add_person", ("person", "ana"), username="ana", name="Ana")
    await refused(house, "sign_in_failed", "ana", "")


async def test_a_suspended_person_is_told_so_only_after_the_right_password(house: House):
    await house.person("ana")
    await house.do("identity.suspend_person", ("person", "ana"), reason="left")
    await refused(house, "sign_in_failed", "ana", "wrong")
    await refused(house, "person_suspended", "ana")


async def test_the_sixth_guess_must_wait_and_then_may_come(house: House):
    await house.person("ana")
    await fail(house, 5)
    waiting = await refused(house, "too_many_tries", "ana")
    assert (waiting.status, waiting.facts) == (429, {"retry_after": 1})
    house.clock.pass_(seconds=1)
    assert (await house.sign_in("ana")).person.id == "ana"


async def test_asking_while_waiting_does_not_lengthen_the_wait(house: House):
    await house.person("ana")
    await fail(house, 5)
    for _ in range(3):
        await refused(house, "too_many_tries", "ana")
    house.clock.pass_(seconds=1)
    await house.sign_in("ana")


async def test_a_success_ends_the_count_of_the_name(house: House):
    await house.person("ana")
    await fail(house, 4)
    await house.sign_in("ana")
    await fail(house, 4)


async def test_strangers_who_guess_cannot_lock_the_owner_out_of_their_own_phone(house: House):
    await house.person("ana")
    await house.sign_in("ana")
    await fail(house, 5, device="device-of-mallory")
    await refused(house, "too_many_tries", "ana", device="device-of-mallory")
    assert (await house.sign_in("ana")).person.id == "ana"


async def test_guesses_at_many_names_from_one_address_are_slowed_as_well(house: House):
    await house.person("ana")
    for number in range(50):
        await refused(house, "sign_in_failed", f"name{number}", "wrong", address="203.0.113.9")
    await refused(house, "too_many_tries", "ana", address="203.0.113.9")
    assert (await house.sign_in("ana", address="10.0.0.7")).person.id == "ana"


async def test_a_good_account_does_not_wash_an_address_clean(house: House):
    await house.person("mallory")
    for number in range(49):
        await refused(house, "sign_in_failed", f"name{number}", "wrong", address="203.0.113.9")
    await house.sign_in("mallory", address="203.0.113.9", device="device-of-mallory")
    await refused(house, "sign_in_failed", "name50", "wrong", address="203.0.113.9")
    await refused(house, "too_many_tries", "name51", "wrong", address="203.0.113.9")


async def test_a_hundred_guesses_at_once_are_counted_before_they_are_judged(house: House):
    """A script sends all its guesses in the same moment; only the free ones are looked at."""
    await house.person("ana")
    tries = [house.sign_in("ana", "wrong") for _ in range(20)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    codes = [answer.code for answer in answers if isinstance(answer, Problem)]
    assert sorted(codes) == ["sign_in_failed"] * 5 + ["too_many_tries"] * 15


async def test_when_too_many_wait_the_rest_is_asked_to_come_back(house: House):
    await house.person("ana")
    house.passwords._waiting = passwords.WAITING_MAX
    busy = await refused(house, "sign_in_busy", "ana")
    assert (busy.status, busy.facts["retry_after"]) == (503, passwords.RETRY_SECONDS)


async def test_no_more_than_two_hashes_are_made_at_once():
    running, most = 0, 0

    class Watched:
        def hash(self, password: str) -> str:
            nonlocal running, most
            running += 1
            most = max(most, running)
            result = CHEAP.hash(password)
            running -= 1
            return result

    watched: Any = Watched()
    house_of_hashes = Passwords(watched)
    await asyncio.gather(*(house_of_hashes.hash("x") for _ in range(12)))
    assert most <= 2


async def test_a_hash_of_older_cost_is_renewed_at_the_next_sign_in(house: House):
    await house.person("ana")
    house.passwords = Passwords()  # production costs
    async with house.database.reading() as tx:
        before = (await CREDENTIALS.load(tx, ["ana"]))[0]
    await house.sign_in("ana")
    async with house.database.reading() as tx:
        after = (await CREDENTIALS.load(tx, ["ana"]))[0]
    assert "m=65536" in after.password_hash
    assert "m=65536" not in before.password_hash
    assert after.set_at == before.set_at
    await house.sign_in("ana")


async def test_a_password_reset_during_the_check_closes_the_door(house: House):
    """The old password was right when it was checked; by then a new one is in force."""
    await house.person("ana")
    matches = house.passwords.matches

    async def slow(password_hash: str | None, password: str) -> bool:
        answer = await matches(password_hash, password)
        await house.set_password("ana", "another one")
        return answer

    house.passwords.matches = slow  # type: ignore[method-assign]
    await refused(house, "sign_in_failed", "ana")


async def test_signing_in_again_on_the_same_device_ends_the_earlier_session(house: House):
    """The answer to the first sign-in was lost; the phone asks again."""
    await house.person("ana")
    first = await house.sign_in("ana")
    second = await house.sign_in("ana")
    assert (await house.access.of_token(second.token)).actor.id == "ana"
    with pytest.raises(Problem, match="session_unknown"):
        await house.access.of_token(first.token)


async def test_an_account_from_the_command_line_signs_in_with_the_printed_password(house: House):
    post = HoldPost("p1", "admin", Words("管理员", "Administrator"))
    account = await accounts.add(
        house.journal, house.passwords, username="root", name="Root", posts=(post,)
    )
    opened: Opened = await house.sign_in("root", account.password)
    assert (await house.access.of_token(opened.token)).actor.may("admin")
    again = await accounts.reset(house.journal, house.passwords, username="root")
    assert again.password != account.password
    await refused(house, "sign_in_failed", "root", account.password)
    await house.sign_in("root", again.password)
    await accounts.suspend(house.journal, username="root", reason="left")
    await refused(house, "person_suspended", "root", again.password)
    await accounts.restore(house.journal, username="root")
    await house.sign_in("root", again.password)


async def test_an_account_for_nobody_and_a_weak_password_are_refused(house: House):
    with pytest.raises(Problem, match="person_unknown"):
        await accounts.reset(house.journal, house.passwords, username="nobody")
    with pytest.raises(Problem, match="password_weak"):
        await accounts.add(
            house.journal, house.passwords, username="ana", name="Ana", password="short"
        )


def test_a_made_up_password_is_long_and_has_nothing_to_misread():
    made = passwords.random_password()
    assert len(made) == 19
    assert not set(made) & set("01ilo")
    assert made != passwords.random_password()
    assert made != PASSWORD
