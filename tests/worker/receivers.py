"""Receivers that stand where the outside is: a webhook that checks the signature as the Standard
Webhooks specification has it, WeCom's and DingTalk's robots as their makers publish them, and a
mail server that says what a test wants it to say."""

import base64
import hashlib
import hmac
import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "a secret of the receiver"
ROBOT_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


class Receiver:
    """What came, and what is answered: `answers` first, then always `usual`. `delay` in seconds."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.got: list[dict[str, Any]] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, Any, dict[str, str]]] = []
        self.usual: tuple[int, Any, dict[str, str]] = (200, {"errcode": 0, "errmsg": "ok"}, {})
        self.delay = 0.0
        self.clock: float | None = None  # what DingTalk's own clock says, in milliseconds
        self.port = 0

    @property
    def url(self) -> str:
        paths = {
            "webhook": "/hooks/xunfang",
            "wecom": f"/cgi-bin/webhook/send?key={ROBOT_KEY}",
            "dingtalk": "/robot/send?access_token=566cc69da782ec33e42541b09b08551f",
        }
        return f"http://127.0.0.1:{self.port}{paths[self.kind]}"

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.got]

    def take(
        self, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        """The answer; what was taken is in `got`."""
        self.asked.append((path, headers, body))
        if self.answers:
            return self.answers.pop(0)
        if self.usual[0] != 200:
            return self.usual
        wrong = getattr(self, f"_{self.kind}")(path, headers, body)
        if wrong is not None:
            return wrong
        self.got.append(json.loads(body))
        return self.usual

    def _webhook(self, path: str, headers: dict[str, str], body: bytes) -> Any:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mark = base64.b64encode(hmac.digest(SECRET.encode(), signed, hashlib.sha256)).decode()
        if headers["webhook-signature"] != f"v1,{mark}":
            return 401, {"error": "signature"}, {}
        return None

    def _wecom(self, path: str, headers: dict[str, str], body: bytes) -> Any:
        if parse_qs(urlsplit(path).query).get("key") != [ROBOT_KEY]:
            return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, {}
        said = json.loads(body)
        if said.get("msgtype") != "markdown" or not said.get("markdown", {}).get("content"):
            return 200, {"errcode": 40008, "errmsg": "invalid message type"}, {}
        if len(said["markdown"]["content"].encode()) > 4096:
            return 200, {"errcode": 40058, "errmsg": "exceed max length 4096"}, {}
        return None

    def _dingtalk(self, path: str, headers: dict[str, str], body: bytes) -> Any:
        query = parse_qs(urlsplit(path).query)
        stamp, sign = query.get("timestamp", ["0"])[0], query.get("sign", [""])[0]
        digest = hmac.digest(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256)
        late = self.clock is not None and abs(self.clock - int(stamp)) > 3_600_000
        if sign != base64.b64encode(digest).decode() or late:
            return 200, {"errcode": 310000, "errmsg": "sign not match"}, {}
        said = json.loads(body)["markdown"]
        if not said["title"] or not said["text"]:
            return 200, {"errcode": 400105, "errmsg": "unsupported"}, {}
        return None


@contextmanager
def receiving(kind: str = "webhook") -> Iterator[Receiver]:
    """A receiver on a free port of this machine."""
    receiver = Receiver(kind)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, said, more = receiver.take(self.path, headers, body)
            time.sleep(receiver.delay)
            text = json.dumps(said).encode()
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return "Tue, 24 Nov 2026 01:00:00 GMT"

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield receiver
        server.shutdown()


class Post:
    """A mail server's other side: what arrived; what it says to a recipient, by address, and to
    what they are handed."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.says: dict[str, str] = {}
        self.after_data = "250 2.0.0 taken"
        self.greeting = "220 mail.bank.example"
        self.tries: list[str] = []
        self.port = 0

    @property
    def ids(self) -> list[str]:
        return [str(one["Message-ID"]) for one in self.arrived]


@contextmanager
def mail_taken() -> Iterator[Post]:
    """A mail server on a free port of this machine."""
    post = Post()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def handle(self) -> None:
            self.say(post.greeting)
            for raw in self.rfile:
                line = raw.decode().strip()
                word = line[:4].upper()
                if word in ("EHLO", "HELO", "MAIL", "RSET"):
                    self.say("250 fine")
                elif word == "RCPT":
                    address = line.partition("<")[2].rstrip(">").split(">")[0]
                    post.tries.append(address)
                    self.say(post.says.get(address, "250 2.1.5 fine"))
                elif word == "DATA":
                    self.say("354 go on")
                    self._message()
                elif word == "QUIT":
                    self.say("221 bye")
                    return

        def _message(self) -> None:
            lines = []
            for raw in self.rfile:
                if raw == b".\r\n":
                    break
                lines.append(raw)
            if post.after_data.startswith("2"):
                said = message_from_bytes(b"".join(lines), policy=policy.default)
                assert isinstance(said, EmailMessage)
                post.arrived.append(said)
            self.say(post.after_data)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield post
        server.shutdown()
