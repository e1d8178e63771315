"""Uploads on their way: resumable, durable before acknowledged, independent of any protocol."""

from media.staging.append import Append, Checksum
from media.staging.area import StagingArea
from media.staging.declared import Declared
from media.staging.failpoints import Failpoint, killing, passing
from media.staging.problems import (
    ChunkMismatch,
    DigestMismatch,
    Expired,
    Locked,
    OffsetMoved,
    StagingProblem,
    TooLong,
    TooMany,
    Unknown,
    UnknownAlgorithm,
    Unwanted,
)
from media.staging.sweep import Leftovers, sweep
from media.staging.upload import Finished, Upload

__all__ = [
    "Append",
    "Checksum",
    "ChunkMismatch",
    "Declared",
    "DigestMismatch",
    "Expired",
    "Failpoint",
    "Finished",
    "Leftovers",
    "Locked",
    "OffsetMoved",
    "StagingArea",
    "StagingProblem",
    "TooLong",
    "TooMany",
    "Unknown",
    "UnknownAlgorithm",
    "Unwanted",
    "Upload",
    "killing",
    "passing",
    "sweep",
]
