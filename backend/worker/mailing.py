"""E-mail by SMTP, in a thread: smtplib waits while it talks."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from backend.foundation.notices import outcomes
from backend.foundation.notices.outcomes import SENT, Outcome

SECONDS_MAX = 15


class MailServer(msgspec.Struct, frozen=True):
    """Where e-mail is handed in. `tls` is `whole`, `started` or `none`."""

    host: str
    port: int
    tls: str
    user: str | None
    password: str | None


def mail_server(url: str) -> MailServer:
    """`smtps://user:password@host`, or `smtp://…` with STARTTLS; `?tls=none` for a relay in the
    same house. Raises ValueError."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query).get("tls", ["started"])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("smtp://host or smtps://host is needed")
    if asked not in ("started", "none"):
        raise ValueError("tls is either started or none")
    whole = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if whole else 587),
        tls="whole" if whole else asked,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


class Mailing:
    """One per process."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._context = context or ssl.create_default_context()

    async def send(self, message: EmailMessage) -> Outcome:
        """Hands one message in. Everything that can go wrong outside is an outcome."""
        return await asyncio.to_thread(self._send, message)

    def _send(self, message: EmailMessage) -> Outcome:
        try:
            with self._connected() as smtp:
                smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            status, said = next(iter(refused.recipients.values()))
            return outcomes.of_mail(status, _text(said))
        except smtplib.SMTPDataError as refused:
            return outcomes.of_mail(refused.smtp_code, _text(refused.smtp_error))
        except smtplib.SMTPResponseException as refused:  # who we are, or how we greet
            return Outcome("later", "mail_server_refuses", refused.smtp_code, server=True)
        except (smtplib.SMTPException, OSError):
            return Outcome("later", "mail_server_away", server=True)
        return SENT

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.tls == "whole":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=SECONDS_MAX, context=self._context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS_MAX)
        try:
            if server.tls == "started":
                smtp.starttls(context=self._context)
            if server.user is not None:
                smtp.login(server.user, server.password or "")
        except BaseException:
            smtp.close()
            raise
        return smtp


def _text(said: bytes | str) -> str:
    return said.decode("ascii", "replace") if isinstance(said, bytes) else said
