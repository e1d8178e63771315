"""A phone's live stream: lines as they come, over a plain socket or over TLS."""

import contextlib
import queue
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Event:
    """One event of the stream, and when it came."""

    name: str
    data: str
    at: float


@dataclass
class Listener:
    """Opens the stream in the thread that makes it; hears in one of its own until it ends."""

    host: str
    port: int
    token: str
    tls: ssl.SSLContext | None = None
    heard: "queue.Queue[Event]" = field(default_factory=queue.Queue)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        line = socket.create_connection((self.host, self.port), timeout=60)
        if self.tls is not None:
            line = self.tls.wrap_socket(line, server_hostname=self.host)
        self._line = line
        asked = f"GET /v1/sync/poke HTTP/1.1\r\nHost: {self.host}\r\nAccept: text/event-stream\r\n"
        line.sendall(f"{asked}Authorization: Bearer {self.token}\r\n\r\n".encode())
        self._lines = line.makefile("rb")
        self.status = int(self._lines.readline().split()[1])
        while (header := self._lines.readline().strip()) != b"":
            name, _, value = header.decode().partition(":")
            self.headers[name.lower()] = value.strip()
        self.ended = threading.Event()
        threading.Thread(target=self._hear, daemon=True).start()

    def next(self, seconds: float = 10) -> Event:
        """The next event that is no beat. Raises queue.Empty."""
        return self.heard.get(timeout=seconds)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()

    def _hear(self) -> None:
        name, data = "message", ""
        try:
            for raw in self._lines:
                text = raw.decode().strip()
                if text == "0":
                    return  # the last chunk
                if text.startswith("event:"):
                    name = text[6:].strip()
                elif text.startswith("data:"):
                    data = text[5:].strip()
                elif not text and data:
                    self.heard.put(Event(name, data, time.monotonic()))
                    name, data = "message", ""
        except (OSError, ValueError):
            pass  # closed from this side
        finally:
            self.ended.set()
