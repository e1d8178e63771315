"""What leaves the house: what happened, where, in which line, and a link. Nobody's name, nothing
that people wrote. Pure.

The webhook's headers and signature follow the Standard Webhooks specification (webhook-id,
webhook-timestamp, webhook-signature: `v1,` and base64 of HMAC-SHA-256 over "id.timestamp.body"),
so that a receiver can check them with a library that exists. The robots' bodies and DingTalk's sign
are as their makers publish them.
"""

import base64
import binascii
import hashlib
import hmac
import json
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote_plus

import msgspec

from backend.foundation.kernel.clock import ZONE, Moment, epoch_ms, parse
from backend.foundation.notices.model import Language, TargetKind
from backend.foundation.organisation.model import Words

PRODUCT = {"zh": "巡访", "en": "Xunfang"}
_MARKUP = str.maketrans({sign: " " for sign in "[]()<>*_`#>\\\r\n"})
_LABELS = {
    "zh": {"outlet": "网点", "line": "条线", "at": "时间", "open": "打开"},
    "en": {"outlet": "Outlet", "line": "Line", "at": "When", "open": "Open"},
}


class Event(msgspec.Struct, frozen=True):
    """One fact, ready to be told. `link` None: the installation has no address of its own."""

    id: str
    type: str
    words: Words
    at: str
    outlet_id: str | None
    outlet: Words | None
    line_id: str | None
    line: Words | None
    record: tuple[str, str] | None
    link: str | None


class Request(msgspec.Struct, frozen=True):
    """What is posted: body, headers, and what is added to the address's query."""

    body: bytes
    headers: dict[str, str]
    query: str = ""


def request_for(
    kind: TargetKind, event: Event, secret: str, language: Language, now: Moment
) -> Request:
    """The message in the words of this kind of target."""
    if kind == "webhook":
        return _webhook(event, secret, now)
    if kind == "wecom":
        said = {"msgtype": "markdown", "markdown": {"content": _marked(event, language, "\n> ")}}
        return _robot(said)
    title = f"{PRODUCT[language]} {_word(event.words, language)}"
    text = _marked(event, language, "\n\n> ")
    said = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
    return _robot(said, _sign(secret, now) if secret else "")


def _webhook(event: Event, secret: str, now: Moment) -> Request:
    body = json.dumps(_told(event), ensure_ascii=False, separators=(",", ":")).encode()
    stamp = str(epoch_ms(now) // 1000)
    signed = f"{event.id}.{stamp}.".encode() + body
    mark = base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": event.id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{mark}",
    }
    return Request(body, headers)


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            pass  # it only looks like one of theirs
    return secret.encode()


def _told(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "at": event.at,
        "words": msgspec.to_builtins(event.words),
        "outlet": _named(event.outlet_id, event.outlet),
        "line": _named(event.line_id, event.line),
        "record": {"kind": event.record[0], "id": event.record[1]} if event.record else None,
        "link": event.link,
    }


def _named(id: str | None, words: Words | None) -> dict[str, Any] | None:
    return None if id is None else {"id": id, "name": msgspec.to_builtins(words)}


def _robot(said: dict[str, Any], query: str = "") -> Request:
    body = json.dumps(said, ensure_ascii=False).encode()
    return Request(body, {"Content-Type": "application/json"}, query)


def _sign(secret: str, now: Moment) -> str:
    stamp = str(epoch_ms(now))
    digest = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
    return f"timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def _marked(event: Event, language: Language, turn: str) -> str:
    head = f"**{PRODUCT[language]} {_plain(_word(event.words, language))}**"
    lines = [f"{label}: {_plain(text)}" for label, text in _details(event, language)]
    if event.link:
        lines.append(f"[{_LABELS[language]['open']}]({event.link})")
    return turn.join([head, *lines])


def _details(event: Event, language: Language) -> list[tuple[str, str]]:
    labels = _LABELS[language]
    found = []
    if event.outlet:
        found.append((labels["outlet"], _word(event.outlet, language)))
    if event.line:
        found.append((labels["line"], _word(event.line, language)))
    found.append((labels["at"], f"{parse(event.at).astimezone(ZONE):%Y-%m-%d %H:%M}"))
    return found


def _word(words: Words, language: Language) -> str:
    return words.zh if language == "zh" else words.en


def _plain(text: str) -> str:
    """Without signs that a robot's markup would take for its own."""
    return text.translate(_MARKUP)


def mail_for(event: Event, to: str, sender: str, language: Language, now: Moment) -> EmailMessage:
    """One e-mail. Its Message-ID follows from the delivery, so that a second sending is known for
    what it is."""
    message = EmailMessage()
    place = f" · {_word(event.outlet, language)}" if event.outlet else ""
    subject = f"{PRODUCT[language]}: {_word(event.words, language)}{place}"
    message["Subject"] = " ".join(subject.split())
    message["From"] = sender
    message["To"] = to
    message["Date"] = now
    message["Message-ID"] = f"<{event.id}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = [_word(event.words, language), ""]
    lines += [f"{label}: {text}" for label, text in _details(event, language)]
    lines += ["", event.link] if event.link else []
    message.set_content("\n".join(lines) + "\n")
    return message
