"""PINs through the one gate: set, given on a colleague's phone, guessed, taken away."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.foundation.identity import pin_rules
from backend.foundation.identity.seal import SealKey
from backend.foundation.identity.tables import PINS
from backend.foundation.journal.carrying import ESCROWED
from backend.foundation.journal.envelope import Answer
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.sealed_text import MARK
from tests.foundation.identity.calls import CALL, MANIFEST
from tests.foundation.identity.house import MANIFESTS, House, furnish
from tests.kit.sealing import KEY, ec, sealed_pin, sealed_text
from tests.kit.world import Phone, journal_on, opened

PIN, OTHER = "407193", "730265"
ADMIN = Actor("root", "Root", (Grant("admin"),), "desk-of-root")
ANA = Actor("ana", "ana", (), "phone-of-ana")
BEN = Actor("ben", "ben", (), "phone-of-ben")
EVE = Actor("eve", "eve", (), "phone-of-eve")
OWN = ("pin", "ana")
ALL = (*MANIFESTS, MANIFEST)


@pytest.fixture
async def house(engine_url: str) -> AsyncIterator[House]:
    async with opened(engine_url, ALL) as database:
        house = await furnish(database)
        house.journal = journal_on(database, *ALL, clock=house.clock)
        for person in ("ana", "ben", "eve"):
            await house.person(person)
        yield house


@pytest.fixture
def ana(house: House) -> Phone:
    return Phone(house.journal, ANA)


@pytest.fixture
def ben(house: House) -> Phone:
    return Phone(house.journal, BEN)


async def set_pin(phone: Phone, pin: str = PIN, **change: Any) -> Answer:
    id = new_id()
    said = {"pin": pin, "person": phone.actor.id, "rec": OWN, "command": id} | change
    return await phone.do("identity.set_pin", OWN, {"sealed": sealed_pin(**said)}, id=id)


async def give(phone: Phone, pin: str = PIN, *, key: SealKey = KEY, **change: Any) -> Answer:
    """Ana's PIN, typed on this phone at the call."""
    id = new_id()
    said = {"pin": pin, "person": "ana", "rec": CALL, "command": id} | change
    args = {"person": "ana", "pin": sealed_pin(**said, key=key)}
    return await phone.do("calls.sign_in", CALL, args, id=id)


async def everything(house: House) -> str:
    """All that is kept of commands, facts, records and notices, as one text."""
    async with house.database.reading() as tx:
        rows = [
            *await tx.tuples("SELECT coalesce(payload, '') || answer FROM verdict"),
            *await tx.tuples("SELECT payload FROM fact"),
            *await tx.tuples("SELECT payload FROM fact_personal"),
            *await tx.tuples("SELECT body FROM record"),
            *await tx.tuples("SELECT params FROM notice"),
        ]
    return "\n".join(row[0] for row in rows)


async def body(house: House, rec: tuple[str, str]) -> dict[str, Any] | None:
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE id = ?", ":".join(rec))
    return msgspec.json.decode(rows[0][0]) if rows else None


async def test_a_pin_set_on_the_own_phone_signs_in_on_a_colleagues(
    house: House, ana: Phone, ben: Phone
):
    assert (await set_pin(ana)).s == "applied"
    assert (await give(ben)).s == "applied"
    assert (await body(house, CALL) or {})["signed"] == "ana"


async def test_the_own_phones_alone_learn_that_there_is_one(house: House, ana: Phone):
    await set_pin(ana)
    assert await body(house, OWN) == {"set_at": "2026-11-24T01:00:00.000Z"}
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT bucket FROM sync_row WHERE rec_key = 'pin:ana' AND NOT gone")
    assert [row[0] for row in rows] == ["user:ana"]


async def test_a_colleagues_phone_gets_ten_bits_and_gets_them_anew(house: House, ana: Phone):
    await set_pin(ana)
    first = (await body(house, CALL) or {})["check"]
    bits = pin_rules.check_bits(PIN, first["salt"], first["iterations"])
    assert first == {"salt": first["salt"], "iterations": 200_000, "check": bits}
    await set_pin(ana, OTHER)
    second = (await body(house, CALL) or {})["check"]
    assert second["salt"] != first["salt"]
    await Phone(house.journal, ADMIN).do("identity.reset_pin", OWN)
    assert (await body(house, CALL) or {})["check"] is None


async def test_neither_pin_nor_seal_is_kept_anywhere(house: House, ana: Phone, ben: Phone):
    await set_pin(ana)
    await give(ben)
    wrong = await give(ben, OTHER)
    assert wrong.code == "pin_wrong"
    unknown = {"person": "ana", "pin": sealed_pin(OTHER, "ana", CALL, new_id())}
    assert (await ben.do("calls.no_such", CALL, unknown)).code == "op_unknown"
    hidden = msgspec.json.encode(unknown).decode().replace(MARK, "\\u0078fs1.")
    assert (await ben.do(ESCROWED, CALL, {"raw": hidden})).code == "escrowed"
    kept = await everything(house)
    assert MARK not in kept
    assert PIN not in kept
    assert OTHER not in kept
    assert '"person":"ana"' in kept  # the rest of what was refused is there


async def test_a_wrong_pin_is_refused_with_the_name_and_changes_nothing(
    house: House, ana: Phone, ben: Phone
):
    await set_pin(ana)
    answer = await give(ben, OTHER)
    assert (answer.s, answer.code, answer.facts) == ("rejected", "pin_wrong", {"person": "ana"})
    assert (await body(house, CALL) or {})["signed"] == ""


@pytest.mark.parametrize(
    "change", [{"rec": ("call", "c2")}, {"person": "ben"}, {"command": new_id()}]
)
async def test_a_pin_sealed_for_something_else_does_not_count(
    ana: Phone, ben: Phone, change: dict[str, Any]
):
    await set_pin(ana)
    assert (await give(ben, **change)).code == "pin_elsewhere"


async def test_a_pin_sealed_for_another_house_cannot_be_read(ana: Phone, ben: Phone):
    await set_pin(ana)
    stranger = SealKey(ec.generate_private_key(ec.SECP256R1()))
    assert (await give(ben, key=stranger)).code == "pin_unreadable"
    for text in (MARK + "AAAA", MARK + "x", "407193", sealed_text(b"407193")):
        answer = await ben.do("calls.sign_in", CALL, {"person": "ana", "pin": text})
        assert answer.code == "pin_unreadable"


async def test_who_has_none_or_is_nobody_signs_nothing(ana: Phone, ben: Phone):
    answer = await give(ben)
    assert (answer.code, answer.facts) == ("pin_not_set", {"person": "ana"})
    nobody = {"person": "ghost", "pin": sealed_pin(PIN, "ghost", CALL, new_id())}
    assert (await ben.do("calls.sign_in", CALL, nobody)).code == "person_unknown"


async def test_five_wrong_ones_lock_out_who_sent_them_and_nobody_else(
    house: House, ana: Phone, ben: Phone
):
    await set_pin(ana)
    tries = [(await give(ben, f"73026{n}")).code for n in range(5)]
    assert tries == ["pin_wrong"] * 5
    locked = await give(ben)
    assert (locked.code, locked.facts) == ("pin_locked", {"person": "ana", "retry_after": 1})
    assert (await give(Phone(house.journal, EVE))).s == "applied"
    house.clock.pass_(seconds=2)
    assert (await give(ben)).s == "applied"
    assert (await give(ben, OTHER)).code == "pin_wrong"  # counted from the beginning again


async def test_guesses_in_one_batch_are_counted_one_by_one(ana: Phone, ben: Phone):
    await set_pin(ana)
    asked = []
    for n in range(7):
        id = new_id()
        pin = sealed_pin(f"73026{n}", "ana", CALL, id)
        asked.append(ben.ask("calls.sign_in", CALL, {"person": "ana", "pin": pin}, id=id))
    codes = [answer.code for answer in (await ben.push(*asked)).answers]
    assert codes == ["pin_wrong"] * 5 + ["pin_locked"] * 2


async def test_the_one_before_counts_for_a_week_on_phones_that_were_away(
    house: House, ana: Phone, ben: Phone
):
    await set_pin(ana)
    await set_pin(ana, OTHER)
    assert (await give(ben)).s == "applied"
    assert (await give(ben, OTHER)).s == "applied"
    house.clock.pass_(days=7)
    assert (await give(ben)).code == "pin_wrong"
    assert (await give(ben, OTHER)).s == "applied"


async def test_a_suspended_persons_pin_signs_nothing(house: House, ana: Phone, ben: Phone):
    await set_pin(ana)
    await house.do("identity.suspend_person", ("person", "ana"), reason="left the bank")
    assert (await give(ben)).code == "pin_suspended"
    await house.do("identity.restore_person", ("person", "ana"))
    assert (await give(ben)).s == "applied"


async def test_an_administrator_takes_a_pin_away_and_sets_none(
    house: House, ana: Phone, ben: Phone
):
    admin = Phone(house.journal, ADMIN)
    assert (await admin.do("identity.reset_pin", OWN)).code == "pin_not_set"
    await set_pin(ana)
    assert (await ana.do("identity.reset_pin", OWN)).code == "forbidden"
    assert (await set_pin(admin)).code == "forbidden"
    assert (await admin.do("identity.reset_pin", OWN)).s == "applied"
    assert (await give(ben)).code == "pin_not_set"
    assert (await ana.do("identity.reset_pin", ("person", "ana"))).code == "forbidden"
    assert (await admin.do("identity.reset_pin", ("person", "ana"))).code == "args_invalid"
    await set_pin(ana, OTHER)
    assert (await give(ben)).code == "pin_wrong"  # what was taken away counts for no week


async def test_the_person_hears_of_every_change(house: House, ana: Phone):
    await set_pin(ana)
    await Phone(house.journal, ADMIN).do("identity.reset_pin", OWN)
    async with house.database.reading() as tx:
        rows = await tx.tuples("SELECT person_id, type FROM notice ORDER BY type")
    assert rows == [("ana", "pin_reset"), ("ana", "pin_set")]


@pytest.mark.parametrize(
    ("pin", "code"), [("111111", "pin_easy"), ("123456", "pin_easy"), ("40719", "pin_unreadable")]
)
async def test_an_easy_pin_is_refused(ana: Phone, pin: str, code: str):
    assert (await set_pin(ana, pin)).code == code


async def test_a_sealed_new_pin_cannot_be_set_twice(ana: Phone):
    await set_pin(ana)
    assert (await set_pin(ana, command=new_id())).code == "pin_elsewhere"


async def test_the_table_alone_does_not_tell_a_pin(house: House, ana: Phone):
    """Whoever has the database and not the house's key guesses in vain."""
    await set_pin(ana)
    async with house.database.reading() as tx:
        kept = (await PINS.load(tx, ["ana"]))[0]
    assert kept.pin_hash.startswith("$argon2id$")
    assert PIN not in str(kept)
    other = journal_on(house.database, *ALL, clock=house.clock)
    other.key = SealKey(ec.generate_private_key(ec.SECP256R1()))
    assert (await give(Phone(other, EVE), key=other.key)).code == "pin_wrong"
