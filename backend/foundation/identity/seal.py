"""The house's own key pair: phones seal exports and secrets to it, and only this server opens them.

ECDH on P-256, HKDF-SHA256, AES-256-GCM, because every browser engine has all three in WebCrypto.
A sealed file: "XFEX1\\n", one line of JSON {eph, salt, to}, then frames of four bytes length (big
endian, of the ciphertext) and ciphertext with tag. Frame n has nonce n (96 bits, big endian) and
the additional data "n", or "n last" for the last one, so that neither order nor end can be changed.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.foundation.kernel import sealed_text

MAGIC = b"XFEX1\n"
_INFO = b"xunfang-export-1"
_KEYED_INFO = b"xunfang-keyed-1"
_HEADER_BYTES_MAX = 1024


class SealKey:
    """The private half. `public_text` is what `hello` hands out as `seal_key`."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        point = private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.public_text = base64.b64encode(point).decode()
        self.fingerprint = hashlib.sha256(point).hexdigest()[:16]

    def frames(self, sealed: bytes) -> Iterator[bytes]:
        """The parts inside, in order. Raises ValueError when it was not sealed for this key, was
        changed, or is cut short."""
        header, rest = _split(sealed)
        key = self._derived(header)
        number = 0
        while True:
            frame, rest = _frame(rest)
            last = not rest
            yield _opened(key, number, frame, last)
            if last:
                return
            number += 1

    def opened(self, text: str) -> bytes:
        """The secret that a phone put into a command: a sealed file of one frame, as base64url
        behind its mark. Raises ValueError as `frames` does."""
        bare = text.removeprefix(sealed_text.MARK)
        frames = list(self.frames(base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))))
        if len(frames) != 1:
            raise ValueError("a secret is one frame")
        return frames[0]

    def keyed(self, text: bytes) -> bytes:
        """HMAC-SHA256 of the text under a key of this house alone: what is derived from it cannot
        be guessed by whoever has the database and not this key."""
        scalar = self._private.private_numbers().private_value.to_bytes(32, "big")
        key = HKDF(hashes.SHA256(), length=32, salt=None, info=_KEYED_INFO).derive(scalar)
        return hmac.digest(key, text, "sha256")

    def _derived(self, header: dict[str, str]) -> AESGCM:
        if header.get("to") != self.fingerprint:
            raise ValueError("sealed for another server")
        try:
            point = base64.b64decode(header["eph"], validate=True)
            salt = base64.b64decode(header["salt"], validate=True)
            sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except (KeyError, ValueError) as wrong:
            raise ValueError("the header cannot be read") from wrong
        shared = self._private.exchange(ec.ECDH(), sender)
        return AESGCM(HKDF(hashes.SHA256(), length=32, salt=salt, info=_INFO).derive(shared))


def seal_key_in(folder: Path) -> SealKey:
    """The key kept in the folder; made, readable by its owner only, when there is none yet."""
    path = folder / "seal.pem"
    if not path.exists():
        _make(path)
    private = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path} holds another kind of key")
    return SealKey(private)


def is_kept_in(folder: Path, key: SealKey) -> bool:
    """Whether the folder still holds this very key, readable. Makes none."""
    try:
        private = serialization.load_pem_private_key((folder / "seal.pem").read_bytes(), None)
    except (OSError, ValueError):
        return False
    return isinstance(private, ec.EllipticCurvePrivateKey) and (
        SealKey(private).fingerprint == key.fingerprint
    )


def _make(path: Path) -> None:
    """Whole and on the disk before it has its name, and never in place of another one: servers
    that start together must hand out one key, or an export sealed to the other is lost."""
    private = ec.generate_private_key(ec.SECP256R1())
    text = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="seal.") as file:  # 0600
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _split(sealed: bytes) -> tuple[dict[str, str], bytes]:
    if not sealed.startswith(MAGIC):
        raise ValueError("this is no sealed export")
    line, found, rest = sealed[len(MAGIC) :].partition(b"\n")
    if not found or len(line) > _HEADER_BYTES_MAX:
        raise ValueError("the header cannot be read")
    header = json.loads(line)
    if not isinstance(header, dict):
        raise ValueError("the header cannot be read")
    return header, rest


def _frame(rest: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(rest[:4], "big")
    if len(rest) < 4 + length or length < 16:
        raise ValueError("the file is cut short")
    return rest[4 : 4 + length], rest[4 + length :]


def _opened(key: AESGCM, number: int, frame: bytes, last: bool) -> bytes:
    mark = f"{number} last" if last else f"{number}"
    try:
        return key.decrypt(number.to_bytes(12, "big"), frame, mark.encode())
    except InvalidTag as changed:
        raise ValueError("the file was changed or is cut short") from changed
