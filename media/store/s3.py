"""Any S3-compatible server, through boto3 in a few threads with one shared client.

Servers differ, so as little as possible is relied on: If-None-Match on a plain PUT (create-only),
Content-MD5 (bytes broken on the way are refused), own metadata for the SHA-256. Checksum headers
stay off unless demanded: with botocore's default, a put over TLS becomes a chunked upload that
radosgw refuses. A retried put may meet its own first success as 412; then size and digest are
compared and equal is success. Not relied on: If-Match, multipart, server-side SHA-256.
"""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from media.store.protocol import Conflict, Missing, Put, Stored, StoreUnreachable, checked_key

Result = TypeVar("Result")

# Six overlap the waiting; with sixteen the event loop beside them was up to 28 ms late.
THREADS = 6
_CONNECT_SECONDS = 5
_READ_SECONDS = 30
_PAGE = 1000


class S3Store:
    def __init__(self, bucket: str, *, endpoint: str | None, region: str, prefix: str = "") -> None:
        self.bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="s3-store")
        elsewhere = endpoint is None and region != "us-east-1"  # AWS wants to be told, others not
        constraint = {"LocationConstraint": region}
        self._place = {"CreateBucketConfiguration": constraint} if elsewhere else {}
        self._client: Any = Session().client(
            "s3", endpoint_url=endpoint, region_name=region, config=_config(endpoint)
        )

    async def put(self, key: str, source: Path | bytes, *, sha256: str) -> Put:
        return await self._run(key, lambda: self._put(key, source, sha256))

    async def get(self, key: str, first: int = 0, last: int | None = None) -> bytes:
        if last is not None and last < first:
            return b""
        return await self._run(key, lambda: self._get(key, first, last))

    async def head(self, key: str) -> Stored:
        return await self._run(key, lambda: self._head(key))

    async def exists(self, key: str) -> bool:
        try:
            await self.head(key)
        except Missing:
            return False
        return True

    async def delete(self, key: str) -> None:
        await self._run(
            key, lambda: self._client.delete_object(Bucket=self.bucket, Key=self._name(key))
        )

    async def erase(self, prefix: str) -> None:
        await self._run(prefix, lambda: self._erase(prefix))

    async def remains(self, prefix: str) -> bool:
        return await self._run(prefix, lambda: next(self._versions(prefix), None) is not None)

    async def list(self, prefix: str = "") -> AsyncIterator[Stored]:
        token: str | None = None
        while True:
            page = await self._run(prefix, lambda after=token: self._page(prefix, after))
            for entry in page.get("Contents", ()):
                yield Stored(entry["Key"].removeprefix(self._prefix), entry["Size"])
            token = page.get("NextContinuationToken")
            if not token:
                return

    async def look(self) -> None:
        try:
            await self._run(self.bucket, lambda: self._client.head_bucket(Bucket=self.bucket))
        except Missing:
            raise StoreUnreachable(f"there is no bucket {self.bucket}") from None

    async def make(self) -> bool:
        return await self._run(self.bucket, self._make)

    async def close(self) -> None:
        self._threads.shutdown(wait=True)
        self._client.close()

    def _make(self) -> bool:
        try:
            self._client.head_bucket(Bucket=self.bucket)
        except ClientError as error:
            if _status(error) != 404:
                raise
            self._client.create_bucket(Bucket=self.bucket, **self._place)
            return True
        return False

    def _put(self, key: str, source: Path | bytes, sha256: str) -> Put:
        body = source.read_bytes() if isinstance(source, Path) else source
        md5 = base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()
        try:
            self._client.put_object(
                Bucket=self.bucket,
                Key=self._name(key),
                Body=body,
                ContentMD5=md5,
                IfNoneMatch="*",
                Metadata={"sha256": sha256},
            )
        except ClientError as error:
            if _status(error) != 412:
                raise
            return self._compare(key, len(body), sha256)
        return "stored"

    def _compare(self, key: str, size: int, sha256: str) -> Put:
        there = self._head(key)
        if there.size != size:
            raise Conflict(key)
        known = there.sha256 or hashlib.sha256(self._get(key, 0, None)).hexdigest()
        if known != sha256:
            raise Conflict(key)
        return "already_there"

    def _get(self, key: str, first: int, last: int | None) -> bytes:
        whole = first == 0 and last is None
        ranged = {} if whole else {"Range": f"bytes={first}-{'' if last is None else last}"}
        try:
            answer = self._client.get_object(Bucket=self.bucket, Key=self._name(key), **ranged)
        except ClientError as error:
            if _status(error) == 416:
                return b""
            raise
        return answer["Body"].read()

    def _head(self, key: str) -> Stored:
        answer = self._client.head_object(Bucket=self.bucket, Key=self._name(key))
        return Stored(key, answer["ContentLength"], answer["Metadata"].get("sha256"))

    def _page(self, prefix: str, after: str | None) -> dict[str, Any]:
        continued = {"ContinuationToken": after} if after else {}
        return self._client.list_objects_v2(
            Bucket=self.bucket, Prefix=self._prefix + prefix, MaxKeys=_PAGE, **continued
        )

    def _erase(self, prefix: str) -> None:
        # One by one: the request that deletes many needs a checksum that servers disagree about.
        for name, version in list(self._versions(prefix)):
            versioned = {"VersionId": version} if version else {}
            self._client.delete_object(Bucket=self.bucket, Key=name, **versioned)

    def _versions(self, prefix: str) -> Iterator[tuple[str, str | None]]:
        """Name and version of all there is, marks of deletion included: on a bucket that keeps
        versions a plain delete only hides the bytes. A server that knows no versions has none."""
        asked: dict[str, Any] = {"Bucket": self.bucket, "Prefix": self._name(prefix)}
        try:
            while True:
                page = self._client.list_object_versions(**asked, MaxKeys=_PAGE)
                for found in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    yield found["Key"], found["VersionId"]
                if not page.get("IsTruncated"):
                    return
                asked["KeyMarker"] = page["NextKeyMarker"]
                asked["VersionIdMarker"] = page["NextVersionIdMarker"]
        except ClientError as error:
            if _status(error) not in (405, 501):
                raise
        for found in self._page(prefix, None).get("Contents", ()):
            yield found["Key"], None

    def _name(self, key: str) -> str:
        return self._prefix + checked_key(key)

    async def _run(self, key: str, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except ClientError as error:
            if _status(error) == 404 and error.response["Error"]["Code"] != "NoSuchBucket":
                raise Missing(key) from None
            raise StoreUnreachable(str(error)) from error
        except BotoCoreError as error:
            raise StoreUnreachable(str(error)) from error


def _config(endpoint: str | None) -> Config:
    return Config(
        max_pool_connections=THREADS,
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 3},
        s3={"addressing_style": "path" if endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
