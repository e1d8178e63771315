"""From an address to a store: `file:///srv/objects` or `s3://bucket?endpoint=…&region=…`."""

from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from media.store.folder import FolderStore
from media.store.protocol import ObjectStore

_S3_OPTIONS = {"endpoint", "region", "prefix"}


def open_store(url: str) -> ObjectStore:
    """The store behind an address; a ValueError says what is wrong with the address.

    S3 credentials come by the usual AWS variables, and AWS_CA_BUNDLE names a private authority.
    """
    parts = urlsplit(url)
    opener = {"file": _open_folder, "s3": _open_s3}.get(parts.scheme)
    if opener is None:
        raise ValueError(f"store address must begin with file:// or s3://, not {url!r}")
    return opener(parts)


def _open_folder(parts: SplitResult) -> ObjectStore:
    if parts.netloc or not parts.path:
        raise ValueError("a folder store is written file:///absolute/path")
    return FolderStore(Path(unquote(parts.path)))


def _open_s3(parts: SplitResult) -> ObjectStore:
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = sorted(set(options) - _S3_OPTIONS)
    if unknown or not parts.netloc or parts.path not in ("", "/"):
        raise ValueError(f"s3://bucket?endpoint=…&region=…&prefix=…; not understood: {unknown}")
    # The one import inside a function: boto3 costs 26 MB and a tenth of a second, and an
    # installation with a local folder must not pay for it.
    from media.store.s3 import S3Store  # noqa: PLC0415

    return S3Store(
        parts.netloc,
        endpoint=options.get("endpoint"),
        region=options.get("region", "us-east-1"),
        prefix=options.get("prefix", ""),
    )
