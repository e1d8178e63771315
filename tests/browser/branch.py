"""One bank branch on a real server, and what can be counted there."""

import asyncio
import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import boto3
import httpx
from playwright.sync_api import Page

from backend.demo.stage import NAMESPACE
from backend.foundation.database.engine import database_for
from backend.foundation.kernel.ids import derived_id, new_id
from tests.browser.handset import PASSWORD
from tests.kit import numbers
from tests.kit.served import ROOT, Served
from tests.kit.services.radosgw import Bucket

ROUND_TO_FILL = derived_id(NAMESPACE, "round:t02")  # the inspector's, at the outlet of `outlet`
ROUND_BEGUN = derived_id(NAMESPACE, "round:t01")
ROUND_HANDED_IN = derived_id(NAMESPACE, "round:r11")  # the inspector's, three days ago
ROUND_AT_MACHINES = derived_id(NAMESPACE, "round:t03")  # fourteen items, of the inspector

ARRIVED_SECONDS = 240
Rows = list[dict[str, Any]]


class Branch(Served):
    """The server, and on PostgreSQL its worker beside it."""

    def __init__(self, folder: Path, bucket: Bucket | None = None, **environment: str) -> None:
        super().__init__(folder, XUNFANG_DEMO_PASSWORD=PASSWORD, **environment)
        self.bucket = bucket
        self.since = time.time()
        self._worker: subprocess.Popen[bytes] | None = None

    @property
    def postgres_url(self) -> str | None:
        return self.environment.get("XUNFANG_DATABASE_URL")

    def start(self, *words: str, **environment: str) -> "Branch":
        super().start(*words, **environment)
        if self.postgres_url:
            with (self.folder / "worker.log").open("ab") as log:
                self._worker = subprocess.Popen(
                    [sys.executable, "-m", "backend", "worker"],
                    cwd=ROOT,
                    env=os.environ | self.environment,
                    stdout=log,
                    stderr=log,
                )
        return self

    def stop(self) -> None:
        super().stop()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.terminate()
            worker.wait(20)

    def rows(self, sql: str, *values: str) -> Rows:
        """What the database itself says, past all our own code. `?` on both engines."""
        if self.postgres_url is None:
            with contextlib.closing(sqlite3.connect(self.folder / "xunfang.db")) as database:
                database.row_factory = sqlite3.Row
                return [dict(row) for row in database.execute(sql, values)]
        url = self.postgres_url
        for number in range(1, len(values) + 1):
            sql = sql.replace("?", f"${number}", 1)

        async def ask() -> Rows:
            connection = await asyncpg.connect(url)
            try:
                return [dict(row) for row in await connection.fetch(sql, *values)]
            finally:
                await connection.close()

        return _aside(ask())

    def stays_without_numbers(self) -> None:
        """Fails where a full identity or card number is in the database, in a log, or in what the
        store was given since the start. To be asked when the server has stopped."""
        url = self.postgres_url or f"sqlite:///{self.folder / 'xunfang.db'}"

        async def ask() -> list[numbers.Found]:
            database = database_for(url)
            await database.open()
            try:
                return await numbers.in_database(database)
            finally:
                await database.close()

        found = _aside(ask())
        if self.bucket is not None:
            found += numbers.in_bucket(self._s3(self.bucket), self.bucket.name)
        for file in self.folder.rglob("*"):
            if file.suffix != ".db" and file.is_file() and file.stat().st_mtime > self.since:
                found += numbers.in_bytes(file.read_bytes(), str(file.relative_to(self.folder)))
        assert not found, found

    def comes_to(
        self, page: Page, is_there: Callable[[Rows], bool], sql: str, *values: str
    ) -> None:
        """Waits, while the page goes on, until the rows are as wanted. No word on a screen can be
        waited for instead: what a person did is shown before it is sent."""
        until = time.monotonic() + ARRIVED_SECONDS
        while not is_there(rows := self.rows(sql, *values)):
            assert time.monotonic() < until, f"after {ARRIVED_SECONDS} s: {rows}"
            page.wait_for_timeout(250)

    def objects(self) -> dict[str, str]:
        """What the store itself holds of originals: digest as named, digest of the bytes."""
        if self.bucket is None:
            files = (self.folder / "objects" / "objects").rglob("*")
            return {path.name: _digest(path.read_bytes()) for path in files if path.is_file()}
        s3 = self._s3(self.bucket)
        found = {}
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket.name):
            for entry in page.get("Contents", ()):
                key = entry["Key"]
                if "renditions" not in key:
                    body = s3.get_object(Bucket=self.bucket.name, Key=key)["Body"].read()
                    found[key.rsplit("/", 1)[-1]] = _digest(body)
        return found

    def _s3(self, bucket: Bucket) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=bucket.endpoint,
            aws_access_key_id=bucket.access_key,
            aws_secret_access_key=bucket.secret_key,
            region_name=bucket.region,
        )

    def client(self, username: str) -> httpx.Client:
        """An API client of this person with a device of its own."""
        client = httpx.Client(base_url=self.url, timeout=30)
        device = {"id": new_id(), "name": "a test"}
        body = {"username": username, "password": PASSWORD, "device": device}
        token = client.post("/v1/session", json=body).raise_for_status().json()["token"]
        client.headers.update({"Authorization": f"Bearer {token}", "Device-Id": device["id"]})
        return client


def _aside(asked: Coroutine[Any, Any, Any]) -> Any:
    # Playwright's loop runs in this thread already.
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, asked).result()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
