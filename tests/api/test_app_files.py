"""Files of the app as they are served: the right type, packed where it pays, a strict policy."""

from pathlib import Path

from backend.api.spa import CONTENT_POLICY, Spa


def test_the_scanners_binary_is_sent_packed_and_as_what_it_is(tmp_path: Path) -> None:
    """Of another type a browser cannot compile it as it arrives; unpacked it is twice as long."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (assets / "zxing_reader-Bb9Mx2Pu.wasm").write_bytes(b"\0asm" + bytes(4000))
    found = Spa(tmp_path).find("assets/zxing_reader-Bb9Mx2Pu.wasm")
    assert found is not None
    assert found.type == "application/wasm"
    assert found.packed is not None
    assert len(found.packed) < len(found.body)
    assert "immutable" in found.cache


def test_the_policy_lets_webassembly_run_and_no_script_from_text() -> None:
    script = next(rule for rule in CONTENT_POLICY.split("; ") if rule.startswith("script-src"))
    assert script.split() == ["script-src", "'self'", "'wasm-unsafe-eval'"]
