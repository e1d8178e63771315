"""Where finished bytes live: one small protocol, a local folder and any S3-compatible server.

Everything is written once under a name that holds its SHA-256; nothing is ever overwritten.
"""

from media.store.observed import ObservedStore
from media.store.opening import open_store
from media.store.protocol import (
    Conflict,
    Missing,
    ObjectStore,
    Put,
    Stored,
    StoreUnreachable,
    every_prefix,
    original_key,
    quarantine_key,
    rendition_key,
)

__all__ = [
    "Conflict",
    "Missing",
    "ObjectStore",
    "ObservedStore",
    "Put",
    "StoreUnreachable",
    "Stored",
    "every_prefix",
    "open_store",
    "original_key",
    "quarantine_key",
    "rendition_key",
]
