"""What an installation is told about the ways out, and what is said at once when it is wrong."""

import pytest

from backend.settings import read


def test_without_any_nothing_leaves_the_house() -> None:
    told = read({})
    assert (told.smtp_url, told.public_url, told.webhook_hosts) == (None, None, ())


def test_all_of_them() -> None:
    told = read(
        {
            "XUNFANG_PUBLIC_URL": "https://xunfang.bank.example/",
            "XUNFANG_SMTP_URL": "smtps://xunfang:p%40ss@mail.bank.example",
            "XUNFANG_MAIL_FROM": "巡访 <xunfang@bank.example>",
            "XUNFANG_WEBHOOK_HOSTS": "robots.bank, Inner.bank:8080",
        }
    )
    assert told.public_url == "https://xunfang.bank.example"
    assert told.mail_from == "巡访 <xunfang@bank.example>"
    assert told.webhook_hosts == ("robots.bank", "inner.bank:8080")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XUNFANG_PUBLIC_URL", "xunfang.bank.example"),
        ("XUNFANG_PUBLIC_URL", "https://xunfang.bank.example/app"),
        ("XUNFANG_SMTP_URL", "mail.bank.example"),
        ("XUNFANG_SMTP_URL", "smtp://mail.bank.example?tls=maybe"),
        ("XUNFANG_MAIL_FROM", "nobody"),
        ("XUNFANG_WEBHOOK_HOSTS", "https://robots.bank/"),
    ],
)
def test_a_wrong_one_is_named(name: str, value: str) -> None:
    told = {"XUNFANG_MAIL_FROM": "xunfang@bank.example"} | {name: value}
    with pytest.raises(ValueError, match=name):
        read(told)


def test_a_mail_server_needs_an_address_to_send_from() -> None:
    with pytest.raises(ValueError, match="XUNFANG_MAIL_FROM"):
        read({"XUNFANG_SMTP_URL": "smtp://mail.bank.example"})
