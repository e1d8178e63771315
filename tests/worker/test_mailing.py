"""E-mail reaches whoever wants it; an address that is wrong or full holds up nobody else."""

import pytest

from backend.foundation.notices import rules
from backend.worker.mailing import Mailing, MailServer, mail_server
from tests.features.stage import Stage, fixed
from tests.features.stage import stage as either
from tests.worker.outside import Outside, outside, stage
from tests.worker.receivers import mail_taken, receiving

__all__ = ["either", "stage"]
LI_NA = "li.na@bank.example"
ANA = "ana@bank.example"
HALF_HOUR = {"seconds": rules.BACKOFF_SECONDS_MAX}


async def choose(stage: Stage, **args: object) -> None:
    usual = {"muted": [], "quiet": None, "language": "zh"}
    await stage.li_na.must("notices.choose", ("inbox", stage.li_na.id), usual | args)


def rested(out: Outside) -> None:
    """As if the pause after a server that was away were over: it is one of real seconds."""
    out.sending._mail_rests_until = 0.0


async def test_a_notice_goes_out_by_mail_and_names_nobody(either: Stage) -> None:
    with mail_taken() as post:
        async with outside(either, post) as out:
            await out.address("li_na", LI_NA)
            rec = await either.round()
            await out.turn()
            assert (await out.mail_of("li_na")).last_sent_at is not None
    (letter,) = post.arrived
    assert letter["To"] == LI_NA
    assert letter["Subject"] == "巡访: 检查已安排 · Riverside"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert f"https://xunfang.bank.example/open/round/{rec[1]}" in text
    assert "chen_jie" not in text
    assert letter["Message-ID"].endswith("@bank.example>")


async def test_only_who_has_an_address_and_wants_it_is_mailed(stage: Stage) -> None:
    with mail_taken() as post:
        async with outside(stage, post) as out:
            await stage.round()
            await out.address("li_na", LI_NA)
            await choose(stage, muted=["inspections"])
            await stage.round()
            await out.turn()
            assert post.arrived == []
            await choose(stage, language="en")
            await stage.round()
            await out.turn()
    assert [letter["Subject"] for letter in post.arrived] == ["Xunfang: Round assigned · Riverside"]


async def test_what_was_read_before_it_went_out_is_not_mailed(stage: Stage) -> None:
    with mail_taken() as post:
        async with outside(stage, post) as out:
            await out.address("li_na", LI_NA)
            await stage.round()
            unread = [key[1] for key in await stage.li_na.sees() if key[0] == "notice"]
            rec = ("inbox", stage.li_na.id)
            await stage.li_na.must("notices.mark_read", rec, {"notices": unread})
            await out.turn()
    assert post.arrived == []


async def test_quiet_hours_are_waited_for(stage: Stage) -> None:
    """It is nine in the morning; she sleeps after the night."""
    with mail_taken() as post:
        async with outside(stage, post) as out:
            await out.address("li_na", LI_NA)
            await choose(stage, quiet={"since": "22:00", "until": "12:30"})
            await stage.round()
            await out.turn()
            await out.turn(hours=3)
            assert post.arrived == []
            await out.turn(minutes=30)
            assert len(post.arrived) == 1


async def test_a_full_mailbox_is_tried_again_and_said_and_nobody_else_waits(
    either: Stage,
) -> None:
    with mail_taken() as post:
        post.says[LI_NA] = "452 4.2.2 The recipient's inbox is out of space"
        async with outside(either, post) as out:
            await out.address("li_na", LI_NA)
            await out.address("ana", ANA)
            await either.round()
            await either.round("ana")
            await out.turn()
            assert [letter["To"] for letter in post.arrived] == [ANA]
            stands = await out.mail_of("li_na")
            assert (stands.state, stands.code, stands.queued) == ("failing", "mailbox_full", 1)
            post.says.clear()
            await out.turn(**HALF_HOUR)
            assert (await out.mail_of("li_na")).state == "well"
    assert post.arrived[1]["To"] == LI_NA


async def test_a_mailbox_that_stays_full_ends_by_age_and_says_why(either: Stage) -> None:
    with mail_taken() as post:
        post.says[LI_NA] = "552 5.2.2 mailbox full"
        async with outside(either, post) as out:
            await out.address("li_na", LI_NA)
            await either.round()
            for _ in range(4):
                await out.turn(hours=19)
            stands = await out.mail_of("li_na")
            assert (stands.queued, stands.lost, stands.code) == (0, 1, "mailbox_full")


async def test_an_unknown_address_is_told_and_never_asked_again_until_it_changes(
    either: Stage,
) -> None:
    with mail_taken() as post:
        post.says[LI_NA] = "550 5.1.1 no such user here"
        async with outside(either, post) as out:
            await out.address("li_na", LI_NA)
            await either.round()
            await either.round()
            await out.turn()
            stands = await out.mail_of("li_na")
            assert (stands.state, stands.code, stands.status) == ("dead", "address_unknown", 550)
            await out.turn(hours=5)
            assert post.tries == [LI_NA]
            await out.address("li_na", ANA)
            await out.turn()
            assert [letter["To"] for letter in post.arrived] == [ANA]
            assert (await out.mail_of("li_na")).state == "well"


async def test_a_server_that_is_away_is_nobodys_address_and_is_not_knocked_at_for_everybody(
    stage: Stage,
) -> None:
    with receiving() as hook:
        async with outside(stage) as out:
            out.sending.mailing = Mailing(MailServer("127.0.0.1", 9, "none", None, None))
            target = await out.target(hook)
            await out.address("li_na", LI_NA)
            await out.address("ana", ANA)
            await stage.round()
            await stage.round("ana")
            await out.turn()
            assert await out.states(target) == ["sent", "sent"]
            stands = await out.mail_of("li_na")
            assert (stands.state, stands.code) == ("failing", "mail_server_away")
            assert not out.sending._may("mail")
            with mail_taken() as post:
                out.sending.mailing = Mailing(
                    MailServer("127.0.0.1", post.port, "none", None, None)
                )
                rested(out)
                await out.turn(**HALF_HOUR)
                assert sorted(letter["To"] for letter in post.arrived) == [ANA, LI_NA]


async def test_a_server_that_does_not_want_us_is_told_as_that(stage: Stage) -> None:
    with mail_taken() as post:
        post.greeting = "554 5.7.1 go away"
        async with outside(stage, post) as out:
            await out.address("li_na", LI_NA)
            await stage.round()
            await out.turn()
            stands = await out.mail_of("li_na")
            assert (stands.code, stands.status) == ("mail_server_refuses", 554)


async def test_a_second_sending_has_the_same_message_id(stage: Stage) -> None:
    """The server took it, and the worker died before it noted that."""
    with mail_taken() as post:
        async with outside(stage, post) as out:
            await out.address("li_na", LI_NA)
            await stage.round()
            await out.turn()
            async with stage.database.unit_of_work() as tx:
                await tx.run("UPDATE delivery SET state = 'queued', ended_at = NULL")
            await out.turn(seconds=1)
    assert post.ids[0] == post.ids[1]


async def test_a_suspended_person_is_not_mailed(stage: Stage) -> None:
    with mail_taken() as post:
        async with outside(stage, post) as out:
            await out.address("li_na", LI_NA)
            await stage.round()
            await stage.house(
                ("identity.suspend_person", ("person", fixed("li_na")), {"reason": "left"})
            )
            await out.turn()
    assert post.arrived == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.bank.example", MailServer("mail.bank.example", 587, "started", None, None)),
        ("smtps://u:p%40ss@m.example", MailServer("m.example", 465, "whole", "u", "p@ss")),
        ("smtp://relay:25?tls=none", MailServer("relay", 25, "none", None, None)),
    ],
)
def test_where_mail_is_handed_in(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "smtp://mail?tls=maybe"])
def test_what_is_no_mail_server_is_said_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match=r"needed|started"):
        mail_server(url)
