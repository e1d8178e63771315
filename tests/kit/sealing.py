"""Seals as the phone does, so that a test can put anything into an export or a command."""

import base64
import json
import secrets

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.foundation.identity.seal import SealKey
from backend.foundation.kernel.sealed_text import MARK


def sealed(key: SealKey, parts: list[bytes]) -> bytes:
    """The parts as one export file for this server."""
    point = base64.b64decode(key.public_text)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    mine = ec.generate_private_key(ec.SECP256R1())
    salt = secrets.token_bytes(16)
    shared = mine.exchange(ec.ECDH(), theirs)
    box = AESGCM(HKDF(hashes.SHA256(), 32, salt, b"xunfang-export-1").derive(shared))
    own = mine.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    header = {
        "eph": base64.b64encode(own).decode(),
        "salt": base64.b64encode(salt).decode(),
        "to": key.fingerprint,
    }
    file = b"XFEX1\n" + json.dumps(header).encode() + b"\n"
    for number, part in enumerate(parts):
        mark = f"{number} last" if number == len(parts) - 1 else f"{number}"
        frame = box.encrypt(number.to_bytes(12, "big"), part, mark.encode())
        file += len(frame).to_bytes(4, "big") + frame
    return file


KEY = SealKey(ec.generate_private_key(ec.SECP256R1()))  # of every house that a test builds by hand


def sealed_text(plain: bytes, key: SealKey = KEY) -> str:
    """A secret as it travels in a command's arguments."""
    return MARK + base64.urlsafe_b64encode(sealed(key, [plain])).decode().rstrip("=")


def sealed_pin(
    pin: str, person: str, rec: tuple[str, str], command: str, key: SealKey = KEY
) -> str:
    """Six digits of this person for this one command about this record."""
    said = {"pin": pin, "person": person, "rec": rec, "command": command}
    return sealed_text(json.dumps(said).encode(), key)
