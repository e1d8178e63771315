"""Photos sent as a phone sends them: one creation request each, bytes inside, four at a time."""

import asyncio
import base64
import hashlib
import os

AT_ONCE = 4


async def send_all(port: int, path: str, photos: list[bytes], headers: dict[str, str]) -> None:
    """Returns when every photo was answered with 201. Raises AssertionError otherwise."""
    lanes = [photos[lane::AT_ONCE] for lane in range(min(AT_ONCE, len(photos)))]
    await asyncio.gather(*(_lane(port, path, lane, headers) for lane in lanes))


def photos(count: int, size: int) -> list[bytes]:
    """Bytes that no server has seen before."""
    return [os.urandom(size) for _ in range(count)]


async def _lane(port: int, path: str, photos: list[bytes], headers: dict[str, str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for data in photos:
        writer.write(_request(path, data, headers) + data)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert head.startswith(b"http/1.1 201"), head
        if b"transfer-encoding: chunked" in head:
            await reader.readuntil(b"0\r\n\r\n")
        elif b"content-length: " in head:
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
    writer.close()
    await writer.wait_closed()


def _request(path: str, data: bytes, headers: dict[str, str]) -> bytes:
    digest = base64.b64encode(hashlib.sha256(data).hexdigest().encode()).decode()
    kind = base64.b64encode(b"image/jpeg").decode()
    lines = {
        "Host": "127.0.0.1",
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(data)),
        "Upload-Metadata": f"sha256 {digest},type {kind}",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(data)),
        **headers,
    }
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{text}\r\n".encode()
