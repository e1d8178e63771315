"""A phone in the street: asks through the proxy, from a thread that lives outside of the house."""

import base64
import hashlib
import itertools
import ssl
from typing import Any

import httpx

from backend.foundation.kernel.clock import SystemClock, wire
from backend.foundation.kernel.ids import new_id
from tests.bench import jpegs, rounds
from tests.deployment.land import Inside
from tests.deployment.listening import Listener

PHOTO_BYTES = 40_000


class Phone:
    """One person on one device, signed in over HTTPS. `began` is the answer to the sign-in."""

    def __init__(
        self, outside: Inside, host: str, context: ssl.SSLContext, username: str, password: str
    ) -> None:
        self._outside = outside
        self._host, self._context = host, context
        self.address = f"https://{host}"
        self._client = httpx.Client(base_url=self.address, verify=context, timeout=60)
        self.device, self.seq, self.token = new_id(), 0, ""
        device = {"id": self.device, "name": "street"}
        form = {"username": username, "password": password, "device": device}
        self.began = self._send("POST", "/v1/session", json=form)
        assert self.began.status_code == 201, self.began.text
        self.token, self.person = self.began.json()["token"], self.began.json()["person"]["id"]
        self.epoch = self.sync("hello", {})["epoch"]
        self._photos = jpegs.different(PHOTO_BYTES)

    def get(self, path: str) -> httpx.Response:
        return self._send("GET", path)

    def sync(self, call: str, body: dict[str, Any]) -> Any:
        answer = self._send("POST", f"/v1/sync/{call}", json={"req": new_id()} | body)
        assert answer.status_code == 200, (answer.status_code, answer.text[:500])
        return answer.json()

    def start_round(self) -> str:
        """A round of one's own on the longest checklist."""
        rows = self._everything()
        paper, doc = rounds.longest_paper(rows)
        self._items = itertools.cycle(rounds.answerable(doc))
        id = new_id()
        args = {"template": paper, "outlet": rows["outlet"][0][1]}
        self._push([self._command("inspections.start", id, args)])
        return id

    def answer(self, round_: str, count: int) -> None:
        """So many answers, each with a note that nobody gave before."""
        commands = []
        for item in itertools.islice(self._items, count):
            args = {"item": item["key"], "value": rounds.value_for(item), "note": new_id()}
            commands.append(self._command("inspections.set_answer", round_, args))
        self._push(commands)

    def attach_photo(self, round_: str) -> tuple[str, str]:
        """Attaches a new photo and uploads it; its digest, and the id of the uploading call."""
        data = next(self._photos)
        digest = hashlib.sha256(data).hexdigest()
        photo = {
            "id": new_id(),
            "sha256": digest,
            "size": len(data),
            "type": "image/jpeg",
            "source": "camera",
            "taken_at": wire(SystemClock().now()),
            "width": 320,
            "height": 240,
        }
        args = {"photo": photo, "purpose": "answer", "item": next(self._items)["key"]}
        self._push([self._command("inspections.attach", round_, args, [digest])])
        traced = f"upload-{digest[:8]}"
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(data)),
            "Upload-Metadata": f"sha256 {_coded(digest)},type {_coded('image/jpeg')}",
            "Content-Type": "application/offset+octet-stream",
            "X-Request-Id": traced,
        }
        stored = self._send("POST", "/v1/uploads", content=data, headers=headers)
        assert stored.status_code == 201, stored.text
        return digest, traced

    def listen(self) -> Listener:
        return self._outside(Listener, self._host, 443, self.token, self._context)

    def _push(self, commands: list[dict[str, Any]]) -> None:
        body = {"device": self.device, "epoch": self.epoch, "saw": 0, "commands": commands}
        for result in self.sync("push", body)["results"]:
            assert result["s"] == "applied", result

    def _command(self, op: str, round_: str, args: Any, blobs: Any = ()) -> dict[str, Any]:
        self.seq += 1
        return {
            "id": new_id(),
            "seq": self.seq,
            "op": op,
            "v": 1,
            "actor": self.person,
            "rec": ["round", round_],
            "base": None,
            "at": wire(SystemClock().now()),
            "clk": {"off": 12, "err": 40, "age": 30},
            "args": args,
            "blobs": list(blobs),
        }

    def _everything(self) -> dict[str, list[Any]]:
        cursors: dict[str, int] = {}
        rows: dict[str, list[Any]] = {}
        more = True
        while more:
            answer = self.sync("pull", {"scopes": cursors, "epoch": self.epoch})
            more = bool(answer["add"])
            cursors |= dict.fromkeys(answer["add"], 0)
            for bucket, page in answer["scopes"].items():
                cursors[bucket] = page["next"]
                more = more or page["more"]
                for row in page["rows"]:
                    rows.setdefault(row[0], []).append(row)
        return rows

    def _send(self, verb: str, path: str, **more: Any) -> httpx.Response:
        headers = more.pop("headers", {}) | {"Device-Id": self.device}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self._outside(self._client.request, verb, path, headers=headers, **more)


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
