"""Calls whose bodies are bytes: photos going up (tus) and coming down."""

from typing import Any

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_UNCHANGED = {"description": "The copy with this ETag is still good."}
_TYPES = ("image/jpeg", "image/png", "image/webp", "application/octet-stream")
_PIECE = {"application/offset+octet-stream": _BYTES}
_HEADERS = {
    "Tus-Resumable": "The protocol's version: 1.0.0.",
    "Upload-Length": "Bytes of the whole photo.",
    "Upload-Offset": "Bytes that both sides agree are there.",
    "Upload-Metadata": "`sha256` and `type`, each followed by a space and its value in base64.",
    "Upload-Checksum": "`sha256` and the digest of this piece in base64, if it is to be checked.",
}
_ASKED = {
    "CreateUpload": ("Tus-Resumable", "Upload-Length", "Upload-Metadata", "Upload-Checksum"),
    "ContinueUpload": ("Tus-Resumable", "Upload-Offset", "Upload-Checksum"),
    "OverriddenUpload": ("Tus-Resumable", "Upload-Offset", "Upload-Checksum"),
    "UploadStanding": ("Tus-Resumable",),
    "EndUpload": ("Tus-Resumable",),
}
_TOLD = {
    "CreateUpload": ("Tus-Resumable", "Upload-Offset"),
    "ContinueUpload": ("Tus-Resumable", "Upload-Offset"),
    "OverriddenUpload": ("Tus-Resumable",),
    "UploadStanding": ("Tus-Resumable", "Upload-Offset", "Upload-Length"),
}
_OPTIONAL = frozenset({"Upload-Checksum"})
_BRINGING = frozenset({"CreateUpload", "ContinueUpload", "OverriddenUpload"})


def describe_bytes(method: str, operation: dict[str, Any]) -> None:
    """Adds headers and bodies of the photo calls; takes bodies away where there are none."""
    name, responses = operation["operationId"], operation["responses"]
    if name in _ASKED:
        _describe_upload(name, operation)
    if name == "Blob":
        whole = {"description": "The photo.", "content": dict.fromkeys(_TYPES, _BYTES)}
        part = whole | {"description": "The part of it that `Range` asked for."}
        responses |= {"200": whole, "206": part, "304": _UNCHANGED}
    if name == "BlobStanding":
        responses |= {"304": _UNCHANGED}
    for status, response in responses.items():
        if status == "204" or (method == "head" and status < "400"):
            response.pop("content", None)


def _describe_upload(name: str, operation: dict[str, Any]) -> None:
    asked = [
        {
            "name": header,
            "in": "header",
            "required": header not in _OPTIONAL,
            "description": _HEADERS[header],
            "schema": {"type": "string"},
        }
        for header in _ASKED[name]
    ]
    operation["parameters"] = [*operation.get("parameters", []), *asked]
    operation["externalDocs"] = {"url": "https://tus.io/protocols/resumable-upload"}
    if name in _BRINGING:
        operation["requestBody"] = {"required": name != "CreateUpload", "content": _PIECE}
    for status, response in operation["responses"].items():
        if status < "400":
            response.pop("content", None)
            response["headers"] = {
                header: {"description": _HEADERS[header], "schema": {"type": "string"}}
                for header in _TOLD.get(name, ())
            }
