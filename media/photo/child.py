"""The child process that decodes: one photo per line on its input, one answer on its output.

Its limits are set before the first photo is opened. Answers go through the pipe, because the
child may not write a single byte to any file.
"""

import json
import resource
import struct
import sys
from dataclasses import asdict
from pathlib import Path

from media.photo.examine import examine
from media.photo.findings import RefusedPhoto

# A 64-megapixel PNG is 256 MB decoded and once more while it is converted.
MEMORY_BYTES = 1 << 30
CPU_SECONDS_PER_PHOTO = 10


def main() -> None:
    _limit()
    for line in sys.stdin.buffer:
        _allow_cpu()
        asked = json.loads(line)
        header, blobs = _answer(Path(asked["path"]), asked["type"])
        text = json.dumps(header).encode()
        sys.stdout.buffer.write(struct.pack(">I", len(text)) + text + b"".join(blobs))
        sys.stdout.buffer.flush()


def _answer(path: Path, declared_type: str) -> tuple[dict, list[bytes]]:
    try:
        found = examine(path, declared_type)
    except RefusedPhoto as refused:
        return {"refused": refused.reason, "facts": refused.facts}, []
    sizes = {size: len(blob) for size, blob in found.renditions.items()}
    header = asdict(found) | {"renditions": sizes}
    return header, list(found.renditions.values())


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def _allow_cpu() -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + CPU_SECONDS_PER_PHOTO
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main()
